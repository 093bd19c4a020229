"""Reading persons and memberships."""
