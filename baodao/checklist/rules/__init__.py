"""The decisions of the check list, pure: who is missing and why."""
