"""Pure rules about what the sheets of a roster say of whom."""
