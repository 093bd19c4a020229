"""The pages of offers: for communities, units, members and residents."""
