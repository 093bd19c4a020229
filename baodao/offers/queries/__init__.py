"""Reading needs, what residents see, offers and claims, each as far as the actor may see."""
