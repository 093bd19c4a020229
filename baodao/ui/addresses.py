"""Addresses that stand on every page or in every row; worked out once, for they do not change while
the server runs."""

from functools import lru_cache
from uuid import UUID

from django.urls import reverse

_SOME = UUID(int=0)


@lru_cache(maxsize=256)
def page_url(name: str) -> str:
    """The address `name`, which asks for nothing more."""
    return reverse(name)


def row_url(name: str, key: UUID) -> str:
    """The address `name` of the row with this key."""
    before, after = _around(name)
    return f"{before}{key}{after}"


@lru_cache(maxsize=256)
def _around(name: str) -> tuple[str, str]:
    """What stands before and after the key."""
    before, _, after = reverse(name, args=[_SOME]).partition(str(_SOME))
    return before, after
