"""Division tables: read, compared with the tree, taken over, undone."""
