"""The first page of each role, composed of what the slices below tell."""
