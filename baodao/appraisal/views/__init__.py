"""Pages of feedback cards: the community's desk, one card, the unit's, one's own."""
