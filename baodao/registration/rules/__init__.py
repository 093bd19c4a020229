"""The decisions of registration, pure: states, exemptions, who is missing and why, stories."""
