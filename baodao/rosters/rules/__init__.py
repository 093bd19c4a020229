"""Pure rules about rosters."""
