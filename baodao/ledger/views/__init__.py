"""The pages of the ledger: for communities, members, units, and whoever has a code."""
