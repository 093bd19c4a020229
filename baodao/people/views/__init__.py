"""Pages of people: the roster as a list, one person's facts, and the import of rosters."""
