"""Template tags of the slice notices."""
