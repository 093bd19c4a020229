"""Claims of offers, and their seats."""
