"""Template tags of the slice registration."""
