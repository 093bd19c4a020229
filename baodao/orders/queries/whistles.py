"""Whistles: of a place for who reads there, those that a unit has to answer, those overdue."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from baodao.claims.queries.claims import claim_rows
from baodao.claims.queries.places import taken_places
from baodao.claims.rules.lives import CLAIM, ClaimState
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.prepared import Prepared
from baodao.kernel.questions import Question
from baodao.kernel.scope import within
from baodao.notices.queries.pending import PendingRows
from baodao.offers.rules.lives import OfferState
from baodao.orders.models import Whistle
from baodao.orders.rules.whistles import WhistleState, is_late, whistle_state
from baodao.orgs.models import Organisation


def whistle_rows() -> QuerySet[Whistle]:
    """Every whistle, with whether the unit is `coming`, and a place of the offer is `free`."""
    claims = claim_rows().filter(
        offer=OuterRef("offer"), unit=OuterRef("unit"), state__in=(*CLAIM.live, ClaimState.DONE)
    )
    rows = Whistle.objects.select_related("offer__community", "unit")
    free = Q(offer__places__gt=taken_places("offer"))
    columns: dict[str, Any] = {"coming": Exists(claims), "free": free}
    return rows.annotate(**columns)


def whistles_in(actor: Actor, place: Organisation) -> QuerySet[Whistle]:
    """Whistles of the communities of a place, the latest first."""
    rows = within(whistle_rows(), actor, Permission.OFFER_READ, "offer__community__path")
    return rows.filter(offer__community__path__startswith=place.path).order_by("-blown_at", "pk")


def whistles_for(actor: Actor) -> QuerySet[Whistle]:
    """Whistles for units for which the actor claims."""
    rows = within(whistle_rows(), actor, Permission.CLAIM_MAKE, "unit__path")
    return rows.order_by("due_on", "pk")


def unanswered(rows: QuerySet[Whistle]) -> QuerySet[Whistle]:
    """Those that the unit has still to answer: as long as it could come."""
    waiting = Q(declined_at=None, coming=False, free=True)
    standing = Q(offer__state=OfferState.PUBLISHED, unit__closed_at=None)
    return rows.filter(waiting & standing)


def to_answer(actor: Actor, unit: Organisation) -> QuerySet[Whistle]:
    """What a unit has to answer, the most pressing first."""
    return unanswered(whistles_for(actor).filter(unit=unit))


def answer_count(actor: Actor, unit: Organisation) -> Question[int]:
    """How many whistles a unit has `to_answer`."""
    return _TO_ANSWER.number(actor, unit)


def _to_answer(actor: Actor, unit: Organisation) -> QuerySet[Any, Any]:
    return to_answer(actor, unit).order_by().select_related(None).values_list("pk")


_TO_ANSWER = Prepared(_to_answer)


def overdue() -> QuerySet[Whistle]:
    """Those whose day is over and of which the street was not told yet."""
    rows = unanswered(whistle_rows()).filter(due_on__lt=clock.today(), street_told_at=None)
    return rows.order_by("pk")


def state_of(row: Whistle) -> WhistleState:
    """How a whistle stands today."""
    return whistle_state(
        coming=row.coming,
        declined=row.declined_at is not None,
        open_now=row.offer.state == OfferState.PUBLISHED
        and row.unit.closed_at is None
        and row.free,
        late=is_late(row.due_on, clock.today()),
    )


PENDING: dict[str, PendingRows] = {
    "whistle-blown": lambda: unanswered(whistle_rows()).filter(pk=OuterRef("about")),
}
"""For which rows notices ask."""
