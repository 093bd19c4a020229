"""Whistles: of a place for who reads there, those that a unit has to answer, those overdue."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from baodao.accounts.queries import grants_in_force
from baodao.claims.queries.claims import claim_rows
from baodao.claims.queries.places import taken_places
from baodao.claims.rules.lives import CLAIM, ClaimState
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.prepared import Prepared
from baodao.kernel.questions import Question
from baodao.kernel.scope import within
from baodao.notices.queries.pending import PendingRows
from baodao.offers.models import Offer
from baodao.offers.rules.lives import OfferState
from baodao.orders.models import Whistle
from baodao.orders.rules.whistles import WhistleState, is_late, whistle_state
from baodao.orgs.models import Organisation
from baodao.orgs.rules.tree import Kind


def whistle_rows() -> QuerySet[Whistle]:
    """Every whistle, with whether the unit, a branch of it or the unit of a branch is `coming`, a
    place of the offer is `free`, and the unit has asked a branch that has not said no
    (`with_branch`)."""
    below = {"offer": OuterRef("offer"), "unit__path__startswith": OuterRef("unit__path")}
    live = claim_rows().filter(state__in=(*CLAIM.live, ClaimState.DONE))
    own, whole = Q(**below), Q(offer=OuterRef("offer"), unit=OuterRef("unit__parent"))
    claims = live.filter(own | whole)
    branches = Whistle.objects.filter(declined_at=None, unit__closed_at=None, **below)
    rows = Whistle.objects.select_related("offer__community", "unit__parent", "sender")
    free = Q(offer__places__gt=taken_places("offer"))
    columns: dict[str, Any] = {
        "coming": Exists(claims),
        "free": free,
        "with_branch": Exists(branches.exclude(unit=OuterRef("unit"))),
    }
    return rows.annotate(**columns)


def whistles_in(actor: Actor, place: Organisation) -> QuerySet[Whistle]:
    """Whistles of the communities of a place, the latest first."""
    rows = within(whistle_rows(), actor, Permission.OFFER_READ, "offer__community__path")
    return rows.filter(offer__community__path__startswith=place.path).order_by("-blown_at", "pk")


def whistles_on(actor: Actor, offer: Offer) -> list[tuple[Whistle, WhistleState]]:
    """Those of one offer, the latest first, each with how it stands today."""
    return [(row, state_of(row)) for row in whistles_in(actor, offer.community).filter(offer=offer)]


def whistles_for(actor: Actor) -> QuerySet[Whistle]:
    """Whistles for units and branches for which the actor claims."""
    rows = within(whistle_rows(), actor, Permission.CLAIM_MAKE, "unit__path")
    return rows.order_by("due_on", "pk")


def unanswered(rows: QuerySet[Whistle]) -> QuerySet[Whistle]:
    """Those that the unit has still to answer: as long as it could come."""
    waiting = Q(declined_at=None, coming=False, free=True)
    standing = Q(offer__state=OfferState.PUBLISHED, unit__closed_at=None)
    return rows.filter(waiting & standing)


def check_unanswered(row: Whistle) -> None:
    """Refuse an answer to what is answered or over."""
    if not unanswered(whistle_rows()).filter(pk=row.pk).exists():
        raise Refused("whistle.answered", gettext_noop("It is answered or over already."))


_HERE = Q(with_branch=False)
"""No branch has to answer for its unit."""


def to_answer(actor: Actor, unit: Organisation) -> QuerySet[Whistle]:
    """What a unit or a branch has to answer, the most pressing first; what a branch is asked to
    take on waits for the branch, where somebody acts for it, else for its unit."""
    acted_for = Exists(grants_in_force().filter(organisation=OuterRef("unit")))
    silent = Q(unit__kind=Kind.BRANCH, unit__path__startswith=unit.path) & ~Q(acted_for)
    return unanswered(whistles_for(actor).filter(_HERE, Q(unit=unit) | silent))


def whistles_for_branches(actor: Actor, unit: Organisation) -> QuerySet[Whistle]:
    """What the branches of a unit were asked to take on, the latest first."""
    rows = whistles_for(actor).filter(unit__kind=Kind.BRANCH, unit__path__startswith=unit.path)
    return rows.order_by("-blown_at", "pk")


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
    """How a whistle stands today; over is one for which others have taken every place, too."""
    state = whistle_state(
        coming=row.coming,
        declined=row.declined_at is not None,
        open_now=row.offer.state == OfferState.PUBLISHED
        and row.unit.closed_at is None
        and row.free,
        late=is_late(row.due_on, clock.today()),
        with_branch=row.with_branch,
    )
    return WhistleState.NEEDLESS if state is WhistleState.OVER and not row.free else state


def _unanswered_here() -> QuerySet[Whistle]:
    return unanswered(whistle_rows()).filter(_HERE, pk=OuterRef("about"))


PENDING: dict[str, PendingRows] = dict.fromkeys(("whistle-blown", "order-given"), _unanswered_here)
"""For which rows notices ask."""
