"""Lists of rosters and what they tell."""
