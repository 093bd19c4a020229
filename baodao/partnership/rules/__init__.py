"""The decisions of partnership, pure: the life of a unit's registration, its paper, its notices."""
