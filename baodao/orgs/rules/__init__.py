"""Pure rules of the organisation tree; `divisions` compares it with the national table."""
