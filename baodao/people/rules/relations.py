"""What hangs on a person in the slices above: each registers its rows, and what a merge hands over
in another way."""

from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from baodao.kernel.authz import Actor

Json = dict[str, Any]


@dataclass(frozen=True)
class PersonRelation:
    """The rows of one model that name a person in `column`; `words` is what pages call several of
    them, as a message id. When two persons are merged the rows name the other one from then on,
    unless they never change (`moves` is False) and their slice hands them over in its own way."""

    model: str
    words: str
    column: str = "person"
    moves: bool = True


RELATIONS: list[PersonRelation] = []
"""Every relation, as the slices have registered them."""


def register_relations(*relations: PersonRelation) -> None:
    """Add what hangs on persons in a slice."""
    RELATIONS.extend(relations)


class MergeStep(Protocol):
    """What a slice hands over otherwise than by renaming the person of its rows.

    `hand_over` returns what `hand_back` needs, as plain JSON under `key`.
    """

    key: str

    def hand_over(self, actor: Actor, kept: UUID, gone: UUID) -> Json: ...

    def hand_back(self, actor: Actor, kept: UUID, gone: UUID, notes: Json) -> None: ...


STEPS: list[MergeStep] = []
"""Every step, as the slices have registered them."""


def register_merges(step: MergeStep) -> None:
    """Add what a slice hands over in its own way."""
    STEPS.append(step)
