"""Pages of accounts: signing in, one's own choices, members' accounts, administrators' work."""
