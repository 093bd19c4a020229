"""The pages of a unit for who has not reported: the list, and letters for who has none."""
