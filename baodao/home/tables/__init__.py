"""What pages show that are composed of several slices: what waits, and a person."""
