"""Taking division tables over into the tree, and undoing that."""
