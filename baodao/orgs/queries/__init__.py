"""Reading the tree."""
