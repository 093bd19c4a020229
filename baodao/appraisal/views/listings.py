"""The lists that are shown, signed, exported and printed."""

from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import BooleanField, Count, ExpressionWrapper, Q, QuerySet

from baodao.appraisal.models import FeedbackCard
from baodao.appraisal.queries.cards import desk_cards, received_cards
from baodao.appraisal.queries.changes import changes_of
from baodao.appraisal.rules.life import OUT, CardState
from baodao.appraisal.tables.lists import cards_here, cards_received
from baodao.kernel import clock
from baodao.kernel.authz import Permission
from baodao.kernel.days import read_year
from baodao.kernel.errors import Refused, gettext_noop
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import ids_below, places
from baodao.orgs.rules.tree import Kind
from baodao.ui.listing import Listing
from baodao.ui.requests import ActorRequest

AT_ONCE = 2_000
"""Cards signed at once or printed in one file; more would keep people waiting without a sign."""

READY = Q(state=CardState.DRAFT) & ~Q(judgement="")


def year_in(request: ActorRequest) -> int:
    """The year in the url, else this one; refused when it is none."""
    year = request.GET.get("year", "")
    return read_year(year) if year else clock.today().year


@dataclass(frozen=True)
class YearStanding:
    """How far a community's cards of a year are."""

    cards: int
    drafts: int
    ready: int
    signed: int
    read: int


def cards_of_year(request: ActorRequest, community: Organisation) -> QuerySet[FeedbackCard]:
    """A community's cards of the year asked for."""
    rows = desk_cards(request.actor)
    return rows.filter(community__in=ids_below(community.path), year=year_in(request))


def desk_listing(request: ActorRequest, community: Organisation) -> Listing:
    """A community's cards of the year asked for; withdrawn ones when the url asks for them."""
    rows = cards_of_year(request, community)
    units = places(Kind.UNIT).filter(pk__in=rows.order_by().values("unit"))
    if request.GET.get("state") != CardState.WITHDRAWN:
        rows = rows.exclude(state=CardState.WITHDRAWN)
    drafts = rows.filter(state=CardState.DRAFT).exists()
    spec = replace(cards_here(units, may_choose=drafts), totals=standing)
    return Listing(rows, request, spec)


def standing(rows: QuerySet[FeedbackCard]) -> YearStanding:
    """Counted in one query."""
    live = rows.exclude(state=CardState.WITHDRAWN).order_by()
    return YearStanding(
        **live.aggregate(
            cards=Count("pk"),
            drafts=Count("pk", filter=Q(state=CardState.DRAFT)),
            ready=Count("pk", filter=READY),
            signed=Count("pk", filter=Q(state__in=OUT)),
            read=Count("pk", filter=Q(state=CardState.READ)),
        )
    )


def received_listing(request: ActorRequest, place: Organisation) -> Listing:
    """Cards about the members of a unit or branch, those not yet read first."""
    rows = received_cards(request.actor).filter(branch__path__startswith=place.path)
    fresh = ExpressionWrapper(Q(state=CardState.SIGNED), output_field=BooleanField())
    may = request.actor.may(Permission.FEEDBACK_RECEIVE, place.path)
    return Listing(rows.annotate(unread=fresh), request, cards_received(place, may_choose=may))


def printable(listing: Listing) -> list[FeedbackCard]:
    """The signed cards of a list, in its order; refused when none or too many."""
    rows = listing.ordered_rows.filter(state__in=OUT)
    cards = list(rows[: AT_ONCE + 1])
    if not cards:
        raise Refused("paper.none", gettext_noop("There is nothing to print in this list."))
    return limited(cards)


def limited(cards: list[FeedbackCard]) -> list[FeedbackCard]:
    """These cards; refused when there are too many for one act."""
    if len(cards) > AT_ONCE:
        raise Refused(
            "card.too-many",
            gettext_noop("At most %(count)s cards at once; filter the list first."),
            count=AT_ONCE,
        )
    return cards


def changed_in(listing: Listing) -> set[UUID]:
    """The signed cards of the page that is shown, of which records have changed since."""
    changes = changes_of(listing.rows)
    return {pk for pk, card in changes.items() if card.changes}
