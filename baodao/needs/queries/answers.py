"""What answers needs, as the slice above that keeps the answers registers it here.

Needs know no offers; their pages show what answers them all the same, and an answer must not
outlive the need's being opened again or merged.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar
from uuid import UUID

from django.db.models import QuerySet

from baodao.kernel.authz import Actor
from baodao.needs.models import Need
from baodao.orgs.models import Organisation


@dataclass(frozen=True)
class PublicOffer:
    """What is offered in a community for all to see: its start or the words that say when."""

    title: str
    starts_at: datetime | None
    schedule: str
    place: str


class AnswersChanged(Exception):
    """Something else began to answer a need while what answered it was locked."""


class Answers(Protocol):
    """What that slice shows of its answers, and does when a need's end ends them."""

    buttons: str
    """Template of the buttons that make something answer `need`, which waits; `small` in a list."""

    def beside(self, rows: QuerySet[Need]) -> QuerySet[Need]:
        """The rows with their `answer_id`, `answer_title`, `answer_draft` (only the community sees
        it), `answer_starts_at` and `answer_schedule`; empty where nothing answers."""

    def taken_on(self, need: Need) -> bool:
        """Whether somebody has taken on what answers a need and is for its asker alone."""

    def announced(self, community: Organisation) -> Sequence[PublicOffer]:
        """What is offered in a community at present, the soonest first."""

    def lock_for(self, need_id: UUID) -> Collection[UUID]:
        """Lock what answers a need, before the need itself is locked."""

    def conclude(self, actor: Actor, need: Need, locked: Collection[UUID]) -> None:
        """A locked need was closed: what is offered for its asker alone, and for nobody else who
        waits, is over with it, and who claimed it is told. Refused where it was met and who took
        it on is not recorded yet. Raises `AnswersChanged` where that is not `locked`."""

    def end(self, need: Need, at: datetime) -> None:
        """Nothing answers a locked need any more."""

    def carry(self, need: Need, into: Need, at: datetime) -> None:
        """A locked need was merged into another one: what answered it answers that one, unless
        something does already."""


A = TypeVar("A", bound=Answers)
_registered: list[Answers] = []


def register(kind: type[A]) -> type[A]:
    """Decorate the class whose one instance tells of answers and keeps them."""
    _registered[:] = [kind()]
    return kind


def answers() -> Answers:
    """What was registered."""
    return _registered[0]


VisitSource = Callable[[UUID], UUID | None]

_visits: list[VisitSource] = []


def register_visits(source: VisitSource) -> None:
    """Show beside a need the visit of which it was made; called by the slice above that knows
    visits when it starts."""
    _visits.append(source)


def visit_of_need(need_id: UUID) -> UUID | None:
    """The visit of which a need was made; None where it was none."""
    return next(filter(None, (source(need_id) for source in _visits)), None)
