"""What records say about a year of service: the feedback cards to the units."""
