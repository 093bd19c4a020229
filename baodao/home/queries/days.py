"""What the first pages show, gathered from the slices that own it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from baodao.agenda.queries.claims import own_claims
from baodao.agenda.queries.openings import short_handed
from baodao.agenda.queries.suggestions import Fit, suggestions
from baodao.appraisal.queries.cards import received_cards
from baodao.appraisal.rules.life import CardState
from baodao.attendance.queries import rolls_to_record
from baodao.claims.models import Claim
from baodao.claims.queries.claims import claims_to_decide, exits_to_decide
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.ledger.queries.records import (
    Totals,
    between,
    by_branch,
    own_records,
    records,
    totals_of,
)
from baodao.needs.models import Need
from baodao.needs.queries.needs import NeedCounts, need_counts, needs_without_help
from baodao.needs.rules.life import NeedState
from baodao.offers.models import Offer
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import ids_below, lacks_contact
from baodao.registration.queries.desks import Desk, desk
from baodao.statements.models import Dispute, Statement
from baodao.statements.queries.disputes import open_disputes
from baodao.statements.queries.statements import waiting_statements


def hours_of(minutes: int) -> str:
    """Hours with one decimal where there is one: 9.5, 8."""
    return f"{minutes / 60:.1f}".removesuffix(".0")


FITTING = 3
UNHELPED = 3
"""How many a first page shows; the page behind it shows all."""


@dataclass(frozen=True)
class CommunityDay:
    """What waits in a community today, and the figures beside it."""

    desk: Desk
    claims: Sequence[Claim]
    exits: Sequence[Claim]
    statements: Sequence[Statement]
    rolls: Sequence[Offer]
    disputes: Sequence[Dispute]
    short: Sequence[Offer]
    to_screen: int
    unhelped: Sequence[Need]
    needs: NeedCounts
    served: Totals
    lacks_contact: bool


def day_of(actor: Actor, community: Organisation) -> CommunityDay:
    """Everything that waits for whoever acts for the community; empty out of scope."""
    waiting = needs_without_help(actor, community)
    month = between(
        records(actor).filter(community__in=ids_below(community.path)),
        clock.today().replace(day=1),
        None,
    )
    return CommunityDay(
        desk=desk(actor, community),
        claims=list(_in_brief(claims_to_decide(actor, community))),
        exits=list(_in_brief(exits_to_decide(actor, community))),
        statements=list(waiting_statements(actor, community)),
        rolls=list(rolls_to_record(actor, community)),
        disputes=list(open_disputes(actor, community)),
        short=list(short_handed(actor, community)),
        to_screen=waiting.filter(state=NeedState.COLLECTED).count(),
        unhelped=list(waiting[:UNHELPED]),
        needs=need_counts(actor, community),
        served=totals_of(month),
        lacks_contact=lacks_contact(community),
    )


def _in_brief(claims: QuerySet[Claim]) -> QuerySet[Claim]:
    """Claims with what a line of the first page says of them, and no more."""
    return claims.select_related(None).select_related("offer").only("reason", "offer__title")


@dataclass(frozen=True)
class Year:
    """A member's year: services and minutes so far, live claims, and what fits them."""

    year: int
    served: Totals
    claims: Sequence[Claim]
    fits: Sequence[Fit]
    offered: int

    @property
    def hours(self) -> str:
        return hours_of(self.served.minutes)


def year_of(actor: Actor) -> Year:
    """The actor's own."""
    first = date(clock.today().year, 1, 1)
    fits = suggestions(actor)
    return Year(
        year=first.year,
        served=totals_of(between(own_records(actor), first, None)),
        claims=list(own_claims(actor)),
        fits=fits[:FITTING],
        offered=len(fits),
    )


def unread_cards(actor: Actor, place: Organisation) -> int:
    """Feedback cards that the unit or branch has not opened yet."""
    rows = received_cards(actor).filter(branch__path__startswith=place.path)
    return rows.filter(state=CardState.SIGNED).count()


def served_by_branch(actor: Actor, place: Organisation) -> dict[int, Totals]:
    """This year's services of each branch, by its id."""
    return by_branch(actor, place, date(clock.today().year, 1, 1), None)
