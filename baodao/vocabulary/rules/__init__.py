"""Pure rules about the words of tables."""
