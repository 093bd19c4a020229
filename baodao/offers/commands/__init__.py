"""Writing offers and which needs they answer."""
