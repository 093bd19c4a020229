"""Reading rosters."""
