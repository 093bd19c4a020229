"""Lists and pages of people."""
