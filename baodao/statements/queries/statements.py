"""What members have stated: what waits for a community, one's own, and where one may state."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet, Sum

from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.prepared import Prepared
from baodao.kernel.questions import Question
from baodao.kernel.scope import own, within
from baodao.ledger.models import ServiceRecord
from baodao.ledger.queries.categories import Kinds
from baodao.ledger.queries.places import own_records_on_shards
from baodao.ledger.queries.records import records, standing
from baodao.orgs.models import Organisation
from baodao.orgs.queries.communities import standing_communities
from baodao.orgs.queries.tree import ids_below, standing_of
from baodao.registration.models import Registration
from baodao.registration.queries.registrations import own_registrations
from baodao.statements.models import Statement
from baodao.statements.rules.statements import StatementState
from baodao.ui.wording import time_words


def numbers_of(statement_ids: Collection[UUID]) -> dict[UUID, str]:
    """The volunteer numbers of who made these statements, for the journal."""
    rows = Statement.objects.filter(pk__in=statement_ids)
    return dict(rows.values_list("pk", "person__number"))


def statements(
    actor: Actor, permission: Permission = Permission.RECORD_CONFIRM
) -> QuerySet[Statement]:
    """Statements to communities on which the actor holds `permission`."""
    rows = Statement.objects.select_related("person", "community")
    return within(rows, actor, permission, "community__path")


def waiting_statements(actor: Actor, community: Organisation) -> QuerySet[Statement]:
    """What waits to be confirmed in a community, the longest first."""
    rows = statements(actor).filter(
        community__in=ids_below(community.path), state=StatementState.WAITING
    )
    return rows.order_by("stated_at", "pk")


Doubt = Callable[[Collection[Statement]], Mapping[UUID, str]]
"""Of statements that wait, what speaks against each, in the reader's words; the others are left
out."""

DOUBTS: list[Doubt] = []


def register_doubt(doubt: Doubt) -> None:
    """Add what a slice above knows; called by it when it starts."""
    DOUBTS.append(doubt)


def doubts_of(rows: Collection[Statement]) -> dict[UUID, str]:
    """What speaks against statements that wait: those are looked at one by one."""
    return {pk: words for doubt in DOUBTS for pk, words in doubt(rows).items()}


@dataclass(frozen=True)
class StatementCount:
    """How many statements wait, and how many minutes they are."""

    count: int
    minutes: int


def waiting_count(actor: Actor, community: Organisation) -> Question[StatementCount]:
    """Of `waiting_statements`, in numbers."""
    counted = _WAITING.question(actor, community)
    return counted.then(lambda rows: StatementCount(*(rows[0] if rows else (0, 0))))


def _waiting(actor: Actor, community: Organisation) -> QuerySet[Any, Any]:
    figures = {"count": Count("pk"), "time": Sum("minutes")}
    rows = waiting_statements(actor, community).order_by().values("state")
    return rows.annotate(**figures).values_list(*figures)


_WAITING = Prepared(_waiting)


def own_statements(actor: Actor) -> QuerySet[Statement]:
    """The actor's own, the latest first."""
    rows = Statement.objects.select_related("person", "community", "offer_community")
    return own(rows, actor).order_by("-stated_at", "-pk")


def standing_statements() -> QuerySet[Statement]:
    """Every statement that was not taken back, for slices above."""
    return Statement.objects.exclude(state=StatementState.WITHDRAWN)


def same_day(actor: Actor, day: date) -> list[str]:
    """The actor's services of a day that are recorded, or wait to be confirmed, in words."""
    recorded = standing(own_records_on_shards(actor)).filter(served_on=day)
    stated = own_statements(actor).filter(served_on=day, state=StatementState.WAITING)
    kinds = Kinds()
    services: list[ServiceRecord | Statement] = [*recorded, *stated]
    return [_words(row, kinds) for row in services]


def same_day_here(
    actor: Actor, community: Organisation, persons: Collection[UUID], day: date
) -> list[str]:
    """What a community has recorded of these persons on a day, or was told by them, in words."""
    here = {"community": community, "person__in": persons, "served_on": day}
    recorded = standing(records(actor)).filter(**here)
    stated = statements(actor).filter(**here, state=StatementState.WAITING)
    kinds = Kinds()
    services: list[ServiceRecord | Statement] = [*recorded, *stated]
    return [f"{row.person.name} {_words(row, kinds)}" for row in services]


def _words(row: ServiceRecord | Statement, kinds: Kinds) -> str:
    return f"{row.offer_title or row.result or kinds.of(row)}（{time_words(row.minutes)}）"


def stating_places(actor: Actor) -> list[Organisation]:
    """Communities to which the actor may state: those that have received them, now or once, or that
    took over from these."""
    return standing_communities(row.community for row in _receipts(actor))


def places_for(actor: Actor, returned: Statement | None) -> list[Organisation]:
    """Communities to which the actor may state a service, or one that was `returned`: what was
    offered, to the community that offered it alone; else its own too, though it was closed since.
    """
    own_place = standing_of(returned.community) if returned else None
    if returned and own_place and returned.offer_id:
        return [own_place]
    places = stating_places(actor)
    return places if own_place is None or own_place in places else [own_place, *places]


def community_on(actor: Actor, place: Organisation, day: date) -> Organisation:
    """To which community a service of a day belongs that the actor states to `place`: on a day
    before it took over, to the one that had received them."""
    rows = _receipts(actor).filter(community__in=ids_below(place.path))
    before = rows.filter(accepted_at__lt=clock.end_of(day)).exclude(ended_on__lt=day).first()
    row = before or rows.first()
    return standing_of(row.community, day) if row else place


def _receipts(actor: Actor) -> QuerySet[Registration]:
    return own_registrations(actor).filter(accepted_at__isnull=False)
