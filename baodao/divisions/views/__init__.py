"""Pages of the division table: its differences, its columns, what was taken over."""
