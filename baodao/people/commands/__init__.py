"""Writing persons, memberships and rosters."""
