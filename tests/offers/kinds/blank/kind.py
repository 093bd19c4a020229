"""A folder whose kind was forgotten."""
