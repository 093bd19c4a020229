"""The lists of needs, offers and claims: columns, filters, order, export."""
