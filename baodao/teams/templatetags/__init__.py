"""Template tags of the slice teams."""
