"""Template tags of the slice offers."""
