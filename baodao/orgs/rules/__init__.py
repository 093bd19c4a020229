"""Pure rules of the organisation tree and its settings."""
