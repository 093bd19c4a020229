"""Reading offers, which needs they answer, and claims, each as far as the actor may see."""
