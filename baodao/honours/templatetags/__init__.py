"""Words of opinions in templates."""
