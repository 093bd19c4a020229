"""What the first pages show, gathered from the slices that own it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from baodao.agenda.queries.claims import own_claims
from baodao.agenda.queries.openings import Home, short_handed
from baodao.agenda.queries.suggestions import Fit, suggestions
from baodao.appraisal.queries.cards import received_cards
from baodao.appraisal.rules.life import CardState
from baodao.attendance.queries.rolls import rolls_to_record
from baodao.checklist.queries.standings import UnitStanding
from baodao.claims.models import Claim
from baodao.claims.queries.claims import claims_here
from baodao.claims.rules.lives import ClaimState
from baodao.exemptions.queries import exemptions, undecided
from baodao.exemptions.rules.states import ExemptionState
from baodao.flags.queries.flags import explain_count
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.prepared import Prepared
from baodao.ledger.queries.records import (
    Totals,
    between,
    by_branch,
    own_totals,
    persons_serving,
    records,
)
from baodao.needs.models import Need
from baodao.needs.queries.needs import NeedCounts, need_counts, needs_to_screen, needs_without_help
from baodao.offers.queries.offers import proposals_to
from baodao.offers.rules.lives import PROPOSALS
from baodao.orders.queries.orders import orders_in, standing_still
from baodao.orders.queries.whistles import to_answer
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import below, ids_below, lacks_contact
from baodao.pairings.queries.pairings import waiting_pairings
from baodao.pairings.rules.pairings import PairingStage
from baodao.partnership.queries import units_waiting
from baodao.registration.models import Registration
from baodao.registration.queries.desks import (
    ArrivalCount,
    HostCounts,
    arrival_counts,
    host_counts,
)
from baodao.registration.queries.registrations import own_registrations
from baodao.reports.queries.rounds import present_round, unacknowledged
from baodao.series.queries.series import series_to_decide
from baodao.statements.queries.disputes import DisputeCount, open_count, open_disputes
from baodao.statements.queries.statements import StatementCount, waiting_count

Cells = QuerySet[Any, Any]
"""Rows of plain values."""

FITTING = 3
UNHELPED = 3
"""How many a first page shows; the page behind it shows all."""


class WaitingClaim(NamedTuple):
    """A claim that waits for the community's word: of which offer, and why it is to end."""

    title: str
    reason: str


class WaitingOffer(NamedTuple):
    """An offer about which something is to be done."""

    offer_id: UUID
    title: str


class RollToRecord(NamedTuple):
    """An offer whose list is to be closed, and how many places are taken."""

    offer_id: UUID
    title: str
    taken: int


@dataclass(frozen=True)
class CommunityDay:
    """What waits in a community today, in numbers and the words that a line has room for, and the
    figures beside it. `claims` are the titles of what is claimed, one for each claim; `units` the
    names of who presented a contact form, `proposals` what units want to organise, `short` the
    offers that lack people, `still` the orders to which nothing happens, `unvisited` the pairings
    whose visit is overdue, `unpaired` those that nobody has taken on, `undecided` the series of
    which a date waits for a word whether it takes place. `flags` are those that the community has
    to explain, `reports` those to acknowledge, `late` the names of units whose report is overdue.
    `sole_need` and `sole_dispute` are what waits where it is the only one."""

    arrivals: Sequence[ArrivalCount]
    hosted: HostCounts
    units: Sequence[str]
    proposals: Sequence[WaitingOffer]
    claims: Sequence[str]
    exits: Sequence[WaitingClaim]
    statements: StatementCount
    rolls: Sequence[RollToRecord]
    disputes: DisputeCount
    flags: int
    reports: int
    late: Sequence[str]
    short: Sequence[WaitingOffer]
    still: Sequence[UUID]
    unvisited: Sequence[WaitingOffer]
    unpaired: Sequence[WaitingOffer]
    undecided: Sequence[WaitingOffer]
    unhelped: Sequence[Need]
    needs: NeedCounts
    sole_need: UUID | None
    sole_dispute: UUID | None
    served: int
    lacks_contact: bool


def day_of(actor: Actor, community: Organisation) -> CommunityDay:
    """Everything that waits for whoever acts for the community; empty out of scope."""
    waiting = _claims_waiting(actor, community)
    pairings = waiting_pairings(actor, community)
    counts, disputes = need_counts(actor, community), open_count(actor, community)
    return CommunityDay(
        arrivals=arrival_counts(actor, community),
        hosted=host_counts(actor, community),
        units=_UNITS.rows(actor, community),
        proposals=[WaitingOffer(*row) for row in _PROPOSALS.rows(actor, community)],
        claims=[row.title for row in waiting[ClaimState.APPLIED]],
        exits=waiting[ClaimState.EXIT_REQUESTED],
        statements=waiting_count(actor, community),
        rolls=[RollToRecord(*row) for row in _ROLLS.rows(actor, community)],
        disputes=disputes,
        sole_dispute=_sole(disputes.count, open_disputes(actor, community)),
        flags=explain_count(actor, community),
        reports=unacknowledged(actor, community).count(),
        late=present_round(actor, community).late,
        short=[WaitingOffer(*row) for row in _short(actor, community)],
        still=list(standing_still(orders_in(actor, community)).values_list("pk", flat=True)),
        unvisited=[WaitingOffer(*row) for row in pairings[PairingStage.OVERDUE]],
        unpaired=[WaitingOffer(*row) for row in pairings[PairingStage.OPEN]],
        undecided=[WaitingOffer(*row) for row in _UNDECIDED.rows(actor, community)],
        unhelped=_UNHELPED.rows(actor, community),
        needs=counts,
        sole_need=_sole(counts.to_screen, needs_to_screen(actor, community)),
        served=_SERVING.count(actor, community, clock.today().replace(day=1)),
        lacks_contact=lacks_contact(community),
    )


def _sole(count: int, rows: QuerySet[Any]) -> Any:
    """The id of the only row; asked for where there is but one."""
    return rows.values_list("pk", flat=True).first() if count == 1 else None


def _short(actor: Actor, community: Organisation) -> Cells:
    return short_handed(actor, community).values_list("pk", "title")


def _claims_waiting(actor: Actor, community: Organisation) -> dict[str, list[WaitingClaim]]:
    """What is to be decided and who asks to leave, by state, the longest waiting first."""
    waiting: dict[str, list[WaitingClaim]] = {
        ClaimState.APPLIED: [],
        ClaimState.EXIT_REQUESTED: [],
    }
    for state, *row in _CLAIMS.rows(actor, community):
        waiting[state].append(WaitingClaim(*row))
    return waiting


def _claims(actor: Actor, community: Organisation) -> Cells:
    states = (ClaimState.APPLIED, ClaimState.EXIT_REQUESTED)
    rows = claims_here(actor, community).filter(state__in=states)
    rows = rows.exclude(offer__state__in=PROPOSALS).order_by("claimed_at", "pk")
    return rows.values_list("state", "offer__title", "reason")


def _units(actor: Actor, community: Organisation) -> Cells:
    return units_waiting(actor, community).values_list("unit__name", flat=True)


def _undecided(actor: Actor, community: Organisation) -> Cells:
    return series_to_decide(actor, community).values_list("pk", "title")


def _proposals(actor: Actor, community: Organisation) -> Cells:
    return proposals_to(actor, community).values_list("pk", "title")


def _rolls(actor: Actor, community: Organisation) -> Cells:
    return rolls_to_record(actor, community).values_list("pk", "title", "taken")


def _unhelped(actor: Actor, community: Organisation) -> QuerySet[Need]:
    """The first needs without help, with what a line says of each."""
    rows = needs_without_help(actor, community).select_related(None)
    return rows.only("text", "collected_at", "source", "urgency", "item")[:UNHELPED]


def _serving(actor: Actor, community: Organisation, since: date) -> Cells:
    """Who served in the community since a day."""
    here = records(actor).filter(community__in=ids_below(community.path))
    return persons_serving(between(here, since, None)).values_list("person")


_CLAIMS, _UNITS, _ROLLS = Prepared(_claims), Prepared(_units), Prepared(_rolls)
_PROPOSALS, _UNDECIDED = Prepared(_proposals), Prepared(_undecided)
_UNHELPED, _SERVING = Prepared(_unhelped), Prepared(_serving)


def served_this_year(actor: Actor) -> Totals:
    """The actor's own services of this year so far."""
    return own_totals(actor, date(clock.today().year, 1, 1))


def registrations_of(actor: Actor) -> list[Registration]:
    """The actor's own, the live one first, then the latest, with what their first pages show."""
    return _REGISTRATIONS.rows(actor)


def _registrations(actor: Actor) -> QuerySet[Registration]:
    rows = own_registrations(actor).select_related(None)
    return rows.select_related("letter", "community", "grid", "team")


def claims_of(actor: Actor) -> list[Claim]:
    """The actor's live claims, what begins next first, with what a card shows of each."""
    return _OWN_CLAIMS.rows(actor)


def _own_claims(actor: Actor) -> QuerySet[Claim]:
    return own_claims(actor).select_related(None).select_related("community", "offer")


_REGISTRATIONS, _OWN_CLAIMS = Prepared(_registrations), Prepared(_own_claims)


@dataclass(frozen=True)
class Ahead:
    """What a member could claim now: how many offers, and those that fit best."""

    fits: Sequence[Fit]
    offered: int


def ahead_of(actor: Actor, home: Home) -> Ahead:
    """Of the actor, who looks from `home`."""
    fits = suggestions(actor, home)
    return Ahead(fits.weighed[:FITTING], fits.able)


class WaitingRows(NamedTuple):
    """How many rows wait, and the id of the only one."""

    number: int
    sole: UUID | None


def unread_cards(actor: Actor, place: Organisation) -> WaitingRows:
    """Feedback cards that the unit or branch has not opened yet."""
    count = _UNREAD.count(actor, place)
    return WaitingRows(count, _UNREAD.first(actor, place) if count == 1 else None)


def undecided_exemptions(actor: Actor, place: Organisation) -> WaitingRows:
    """Requests that wait; the only one of them for who decides it."""
    count = undecided(place)
    rows = exemptions(actor, Permission.EXEMPTION_APPROVE).filter(
        branch__path__startswith=place.path, state=ExemptionState.REQUESTED
    )
    return WaitingRows(count, _sole(count, rows))


def _unread(actor: Actor, place: Organisation) -> Cells:
    rows = received_cards(actor).filter(branch__path__startswith=place.path)
    return rows.filter(state=CardState.SIGNED).order_by().values_list("pk", flat=True)


_UNREAD = Prepared(_unread)


def served_by_branch(actor: Actor, place: Organisation) -> dict[int, Totals]:
    """This year's services of each branch, by its id."""
    return by_branch(actor, place, date(clock.today().year, 1, 1), None)


def branches_without_members(
    place: Organisation, standing: UnitStanding, served: Mapping[int, Totals]
) -> list[Organisation]:
    """Where something was served and nobody belongs any more: a branch that was dissolved, or the
    unit itself."""
    rows = {row.branch.pk for row in standing.rows if row.branch}
    gone = served.keys() - rows
    return list(below(place).filter(pk__in=gone).order_by("path")) if gone else []


def whistles_to_answer(actor: Actor, unit: Organisation) -> int:
    """Whistles that the unit or the branch has still to answer."""
    return to_answer(actor, unit).order_by().count()
