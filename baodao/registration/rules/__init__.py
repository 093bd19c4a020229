"""The decisions of registration, pure: states, stories, papers, notices."""
