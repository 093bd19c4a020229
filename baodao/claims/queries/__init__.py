"""Reading claims and seats, each as far as the actor may see."""
