"""What home hands out as files: own copies, the account for inspectors."""
