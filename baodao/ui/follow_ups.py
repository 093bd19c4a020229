"""What a slice above made of a row: the row's own page shows it and leads there."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from baodao.kernel.authz import Actor


@dataclass(frozen=True)
class FollowUp:
    """What was made of a row: what it is about, how it stands, both in the reader's language, and
    its page."""

    words: str
    state: str
    url: str


FollowUpSource = Callable[[Actor, Iterable[UUID]], Mapping[UUID, FollowUp]]
"""By the ids of rows what was made of them, as far as the actor reads it."""

_SOURCES: dict[str, FollowUpSource] = {}


def register_follow_ups(noun: str, source: FollowUpSource) -> None:
    """Let the pages of rows of this noun show what was made of them; called by the slice that makes
    it when it starts."""
    _SOURCES[noun] = source


def follow_ups_of(actor: Actor, noun: str, ids: Iterable[UUID]) -> Mapping[UUID, FollowUp]:
    """What was made of these rows; nothing where no slice makes anything of them."""
    keys = list(ids)
    return _SOURCES[noun](actor, keys) if keys and noun in _SOURCES else {}
