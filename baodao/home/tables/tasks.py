"""What waits, as first pages show it: how much, in words, and the one act that does it."""

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse


@dataclass(frozen=True)
class NextAct:
    """The one useful thing: a button and where it leads."""

    label: str
    url: str


@dataclass(frozen=True)
class Task:
    """Something that waits: how much of it, in words, in detail, and the act that does it.

    `pressing` ones may be the red button of the page.
    """

    number: int
    words: str
    detail: str
    act: NextAct
    pressing: bool = True


def sole_url(several: str, page: str, *ids: UUID | None) -> str:
    """Where a line leads: to the page of the only one, to the list of several."""
    return reverse(page, args=ids) if len(ids) == 1 and ids[0] else several
