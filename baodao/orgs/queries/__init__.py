"""Reading the tree, and the national division table."""
