"""Reading persons, memberships and rosters."""
