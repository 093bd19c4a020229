"""Writing persons and memberships."""
