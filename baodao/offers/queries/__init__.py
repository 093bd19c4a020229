"""Reading offers and which needs they answer, each as far as the actor may see."""
