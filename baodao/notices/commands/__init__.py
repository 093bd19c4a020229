"""Writing notices, and complaints with their answers."""
