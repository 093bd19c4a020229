"""Writing offers and which needs they answer, claims, rolls and themes."""
