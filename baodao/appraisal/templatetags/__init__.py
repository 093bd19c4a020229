"""Template tags of the slice appraisal."""
