"""Lists and pages of people and rosters."""
