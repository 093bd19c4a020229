"""How many files there are, as it is told above the community.

Nobody may learn from it that a household has a file, not from the figures of two days or of two
places either. So each community is told as the next lower multiple of five, as of the end of a
quarter, and a place above is the sum of what is told of its communities: every figure follows from
those of communities, and what two of them differ by is nothing or at least five. Files are in no
catalogue of metrics, whose figures open to their rows.
"""

BASE = 5


def told_count(count: int) -> int:
    """What is told of so many files in a community: at least so many."""
    return count - count % BASE
