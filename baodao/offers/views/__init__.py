"""Pages of offers: the needs board, residents' pages, offers and claims."""
