"""Pages of the tree and of the division table."""
