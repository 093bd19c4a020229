"""Pages of offers and claims."""
