"""The lists of offers and claims, and the words of their codes."""
