"""Writing rosters and what they tell."""
