"""Which needs may ask the same, by the pairs of neighbouring characters that texts share."""

import re
from collections.abc import Mapping
from typing import TypeVar

_PLAIN = re.compile(r"[\W_]+")
ALIKE = 0.35
MOST_ALIKE = 5

K = TypeVar("K")


def bigrams(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters, without space and punctuation."""
    plain = _PLAIN.sub("", text).lower()
    return frozenset(plain[at : at + 2] for at in range(len(plain) - 1))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """From 0 to 1: the share of their pairs of characters that two texts have in common."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def alike(text: frozenset[str], others: Mapping[K, frozenset[str]]) -> list[K]:
    """Those of `others` that may ask the same, the likeliest first, at most five; of each its
    `bigrams`."""
    rated = [(likeness(text, other), key) for key, other in others.items()]
    likely = sorted((pair for pair in rated if pair[0] >= ALIKE), key=lambda pair: -pair[0])
    return [key for _, key in likely[:MOST_ALIKE]]
