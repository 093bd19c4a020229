"""Writes to the tree: organisations, their settings, and the national division table."""
