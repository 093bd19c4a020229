"""What is found from the header: each slice declares what of it can be searched, and by whom."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from baodao.ui.requests import ActorRequest

MOST_HITS = 8
"""Shown of one kind; the list that has all of them is a link."""


@dataclass(frozen=True)
class Hit:
    """Something that was found: its name, what is said beside it, its page, and what the reader may
    do with it at once, as words and addresses: `acts` are pages, `sends` only take a form."""

    name: str
    about: str
    url: str
    acts: tuple[tuple[str, str], ...] = ()
    sends: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class SearchSource:
    """One kind of thing that can be found.

    `rows` gives the rows that words mean and the request may read, and None where this kind is
    nothing for who asks; `hit` shows one. `listing` is the name of the list that has all of them.
    """

    heading: str
    rows: Callable[[ActorRequest, str], Sequence[Any] | Any | None]
    hit: Callable[[ActorRequest, Any], Hit]
    listing: str = ""


@dataclass(frozen=True)
class HitGroup:
    """What was found of one kind, whether there is `more`, and the address of the list of all."""

    heading: str
    hits: list[Hit]
    more: bool
    url: str


_sources: list[SearchSource] = []


def register_search(*sources: SearchSource) -> None:
    """Let what these declare be found, after what was registered before."""
    _sources.extend(sources)


def hit_groups(request: ActorRequest, words: str) -> list[HitGroup]:
    """What the words find for this reader, kind by kind; kinds without a hit are left out."""
    groups = (_group(source, request, words) for source in _sources)
    return [group for group in groups if group is not None]


def _group(source: SearchSource, request: ActorRequest, words: str) -> HitGroup | None:
    rows = source.rows(request, words)
    page = [] if rows is None else list(rows[: MOST_HITS + 1])
    if not page:
        return None
    more, url = len(page) > MOST_HITS, ""
    if more and source.listing:
        url = f"{reverse(source.listing)}?{urlencode({'q': words})}"
    hits = [source.hit(request, row) for row in page[:MOST_HITS]]
    return HitGroup(source.heading, hits, more, url)
