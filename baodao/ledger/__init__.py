"""The ledger: who served where, when and how long, written once and proving itself."""
