"""The lists of needs and offers, and the words of their codes."""
