"""What the first pages show, gathered from the slices that own it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from baodao.adoptions.queries.results import own_present
from baodao.agenda.queries.claims import most_urgent, own_claims
from baodao.agenda.queries.openings import Home
from baodao.agenda.queries.suggestions import Fit, suggestions
from baodao.agreements.queries.turns import AgreementTurn, agreement_turns
from baodao.alliance.queries.appointments import confirm_count, own_count
from baodao.allocation.queries.allocations import open_invitations
from baodao.attendance.queries.rolls import rolls_to_record
from baodao.callups.queries.callups import open_calls, open_summonses
from baodao.claims.models import Claim
from baodao.claims.queries.claims import claims_here
from baodao.claims.rules.lives import ClaimState
from baodao.committees.queries.committees import MeetingAhead, meetings_today
from baodao.flags.queries.flags import explain_count
from baodao.helpgroups.queries.dues import due_visits
from baodao.helpgroups.queries.groups import own_stands
from baodao.helpgroups.queries.measures import own_measures
from baodao.honours.queries.waiting import HonourDuties, honour_duties, votes_due
from baodao.inquiries.queries.requests import WaitingRequest, requests_to_answer
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.prepared import Prepared
from baodao.kernel.questions import together
from baodao.ledger.queries.records import (
    Totals,
    between,
    own_totals,
    persons_serving,
    records,
)
from baodao.needs.models import Need
from baodao.needs.queries.needs import NeedCounts, need_counts, needs_to_screen, needs_without_help
from baodao.offers.queries.offers import proposals_to, short_here
from baodao.offers.rules.lives import PROPOSALS
from baodao.opinions.queries.waiting import WaitingOpinions, waiting_opinions
from baodao.orders.queries.orders import still_orders
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import ids_below, lacks_contact
from baodao.pairings.queries.pairings import waiting_pairings
from baodao.pairings.rules.pairings import PairingStage
from baodao.partnership.queries import units_waiting
from baodao.problems.queries.problems import duty_count, late_problems, ripe_problems
from baodao.registration.models import Registration
from baodao.registration.queries.desks import (
    ArrivalCount,
    HostCounts,
    arrival_counts,
    host_counts,
)
from baodao.registration.queries.registrations import own_registrations
from baodao.reports.queries.rounds import late_writers, unacknowledged
from baodao.residents.queries.waiting import due_count, expiring_count
from baodao.resources.queries.claims import waiting_claims
from baodao.series.queries.series import series_to_decide
from baodao.statements.queries.disputes import DisputeCount, open_count, open_disputes
from baodao.statements.queries.statements import StatementCount, waiting_count
from baodao.talents.queries.talents import look_count
from baodao.timebank.queries.accounts import time_bank_shown
from baodao.venues.queries.bookings import room_count
from baodao.visits.queries.contacts import own_contacts, vacant_contacts

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
    """An offer, or a problem, about which something is to be done."""

    offer_id: UUID
    title: str


class RollToRecord(NamedTuple):
    """An offer whose list is to be closed, and how many places are taken."""

    offer_id: UUID
    title: str
    taken: int


class LateProblem(NamedTuple):
    """A problem that is overdue: with whom it lies, and since when."""

    problem_id: UUID
    text: str
    holder: str
    since: datetime


@dataclass(frozen=True)
class CommunityDay:
    """What waits in a community today, in numbers and the words that a line has room for, and the
    figures beside it. `callups` are those that go on, `waiting` are claims by their state, `units`
    the names of who presented a contact form, `proposals` what units want to organise, `short` the
    offers that lack people, `still` the orders to which nothing happens, `pairings` those that wait
    by their stage, `vacant` the contact points whose cadre is gone, `undecided` the series of which
    a date waits for a word whether it takes place, `stuck` the problems that are overdue, `ripe`
    those that can be closed, `meetings` those of committees today, `duties` what others ask the
    community to do or to answer, `list_claims` what waits for its word of the lists with units,
    `agreements` those that wait for it, `opinions` and `honours` what of them does. `flags` are
    those that the community has to explain, `reports` those to acknowledge, `to_answer` what
    authorities ask, `late` the names of units whose report is overdue. `sole_need` and
    `sole_dispute` are what waits where it is the only one; `talents` are entries to look at,
    `measures` files with one that is due, `unvisited` those whose visit is, `expiring` those that
    are deleted soon, `appointments` and `rooms` those to confirm."""

    callups: Sequence[WaitingOffer]
    arrivals: Sequence[ArrivalCount]
    hosted: HostCounts
    units: Sequence[str]
    proposals: Sequence[WaitingOffer]
    waiting: Mapping[str, Sequence[WaitingClaim]]
    statements: StatementCount
    rolls: Sequence[RollToRecord]
    disputes: DisputeCount
    flags: int
    reports: int
    to_answer: Sequence[WaitingRequest]
    late: Sequence[str]
    short: Sequence[WaitingOffer]
    still: Sequence[UUID]
    pairings: Mapping[PairingStage, Sequence[WaitingOffer]]
    vacant: Sequence[WaitingOffer]
    undecided: Sequence[WaitingOffer]
    stuck: Sequence[LateProblem]
    ripe: Sequence[WaitingOffer]
    meetings: Sequence[MeetingAhead]
    duties: int
    list_claims: int
    agreements: Sequence[AgreementTurn]
    opinions: WaitingOpinions
    honours: HonourDuties
    unhelped: Sequence[Need]
    needs: NeedCounts
    sole_need: UUID | None
    sole_dispute: UUID | None
    served: int
    talents: int
    measures: int
    unvisited: int
    expiring: int
    appointments: int
    rooms: int
    lacks_contact: bool


def day_of(actor: Actor, community: Organisation) -> CommunityDay:
    """Everything that waits for whoever acts for the community; empty out of scope. All of it is
    asked in one trip."""
    return together(
        CommunityDay,
        callups=open_calls(actor, community).then(_offers),
        arrivals=arrival_counts(actor, community),
        hosted=host_counts(actor, community),
        units=_UNITS.question(actor, community),
        proposals=_PROPOSALS.question(actor, community).then(_offers),
        waiting=_CLAIMS.question(actor, community).then(_claims_by_state),
        statements=waiting_count(actor, community),
        rolls=_ROLLS.question(actor, community).then(_rolls_of),
        disputes=open_count(actor, community),
        sole_dispute=_DISPUTES.question(actor, community).then(_sole),
        flags=explain_count(actor, community),
        reports=unacknowledged(actor, community),
        to_answer=requests_to_answer(actor, community),
        late=late_writers(actor, community),
        short=_SHORT.question(actor, community).then(_offers),
        still=still_orders(actor, community),
        pairings=waiting_pairings(actor, community).then(_pairings),
        vacant=vacant_contacts(actor, community).then(_contacts),
        undecided=_UNDECIDED.question(actor, community).then(_offers),
        stuck=late_problems(actor, community).then(_problems),
        ripe=ripe_problems(actor, community).then(_offers),
        meetings=meetings_today(actor, community),
        duties=duty_count(actor, community),
        list_claims=waiting_claims(actor, community),
        agreements=agreement_turns(actor, community),
        opinions=waiting_opinions(actor, community),
        honours=honour_duties(actor, community),
        unhelped=_UNHELPED.question(actor, community),
        needs=need_counts(actor, community),
        sole_need=_NEEDS.question(actor, community).then(_sole),
        served=_SERVING.number(actor, community, clock.today().replace(day=1)),
        talents=look_count(actor, community),
        measures=due_count(actor, community),
        unvisited=due_visits(actor, community),
        expiring=expiring_count(actor, community),
        appointments=confirm_count(actor, community),
        rooms=room_count(actor, community),
        lacks_contact=lacks_contact(community),
    ).answer()


def _sole(ids: Sequence[UUID]) -> UUID | None:
    """The only one."""
    return ids[0] if len(ids) == 1 else None


def _offers(rows: Iterable[tuple[UUID, str]]) -> list[WaitingOffer]:
    return [WaitingOffer(*row) for row in rows]


def _contacts(rows: Iterable[tuple[UUID, str, str]]) -> list[WaitingOffer]:
    return [WaitingOffer(pk, title or place) for pk, title, place in rows]


def _problems(rows: Iterable[tuple[Any, ...]]) -> list[LateProblem]:
    return [LateProblem(*row) for row in rows]


def _rolls_of(rows: Iterable[tuple[UUID, str, int]]) -> list[RollToRecord]:
    return [RollToRecord(*row) for row in rows]


def _pairings(
    rows: Mapping[PairingStage, Iterable[tuple[UUID, str]]],
) -> dict[PairingStage, list[WaitingOffer]]:
    return {stage: _offers(offers) for stage, offers in rows.items()}


def _claims_by_state(rows: Iterable[tuple[str, str, str]]) -> dict[str, list[WaitingClaim]]:
    """What is to be decided and who asks to leave, by state, the longest waiting first."""
    waiting: dict[str, list[WaitingClaim]] = {
        ClaimState.APPLIED: [],
        ClaimState.EXIT_REQUESTED: [],
    }
    for state, *row in rows:
        waiting[state].append(WaitingClaim(*row))
    return waiting


def _claims(actor: Actor, community: Organisation) -> Cells:
    states = (ClaimState.APPLIED, ClaimState.EXIT_REQUESTED)
    rows = claims_here(actor, community).filter(state__in=states)
    rows = rows.exclude(offer__state__in=PROPOSALS).order_by("claimed_at", "pk")
    return rows.values_list("state", "offer__title", "reason")


def _short(actor: Actor, community: Organisation) -> Cells:
    return short_here(actor, community).values_list("pk", "title")


def _two_needs(actor: Actor, community: Organisation) -> Cells:
    """The first of those to be screened, as many as tell whether there is one alone."""
    return needs_to_screen(actor, community).values_list("pk", flat=True)[:2]


def _two_disputes(actor: Actor, community: Organisation) -> Cells:
    """The first objections, as many as tell whether there is one alone."""
    return open_disputes(actor, community).values_list("pk", flat=True)[:2]


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
_SHORT, _NEEDS, _DISPUTES = Prepared(_short), Prepared(_two_needs), Prepared(_two_disputes)


def served_this_year(actor: Actor) -> Totals:
    """The actor's own services of this year so far."""
    return own_totals(actor, date(clock.today().year, 1, 1))


def registrations_of(actor: Actor) -> list[Registration]:
    """The actor's own, the live one first, then the latest, with what their first pages show."""
    return _REGISTRATIONS.rows(actor)


def _registrations(actor: Actor) -> QuerySet[Registration]:
    rows = own_registrations(actor).select_related(None)
    return rows.select_related("letter", "community", "grid", "team")


def own_day(actor: Actor) -> dict[str, Any]:
    """What the actor is called and invited to, is the contact of and has taken on, the most urgent
    of it, what policies say of them now, the rounds that ask for their vote, and what they served
    this year."""
    rows: dict[str, Any] = together(
        dict,
        summonses=open_summonses(actor),
        invitations=open_invitations(actor),
        contacts=own_contacts(actor),
        help_stands=own_stands(actor),
        measures_due=own_measures(actor),
        appointments=own_count(actor),
        time_bank=time_bank_shown(actor),
        claims=_OWN_CLAIMS.question(actor),
        policies=own_present(actor),
        votes=votes_due(actor),
    ).answer()
    return {
        **rows,
        "urgent": most_urgent(rows["claims"]),
        "served": served_this_year(actor),
        "this_year": str(clock.today().year),
    }


def _own_claims(actor: Actor) -> QuerySet[Claim]:
    """The actor's live claims, what lapses or begins next first, with what a card shows of each."""
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
