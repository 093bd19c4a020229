"""Pages of people: the roster as a list, and one person's facts."""
