"""Pages of the import of rosters."""
