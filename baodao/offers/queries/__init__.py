"""Reading needs, offers and claims, each as far as the actor may see."""
