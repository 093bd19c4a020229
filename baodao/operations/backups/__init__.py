"""A backup: the rows of the whole database, of one instant, in one file, and the way back."""
