"""Template tags of the slice ledger."""
