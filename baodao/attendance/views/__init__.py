"""Pages of who came."""
