"""Reading the check list: who is missing and why, and the figures of the branches."""
