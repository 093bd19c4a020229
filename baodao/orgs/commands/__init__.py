"""Writes to the tree: organisations, and their settings."""
