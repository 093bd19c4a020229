"""What lists show: their columns, filters and searches, and the steps of a member's way."""
