"""What the first page of a unit or a branch shows, gathered from the slices that own it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from baodao.agreements.queries.turns import AgreementTurn, agreement_turns
from baodao.allocation.queries.allocations import invitation_count, letter_due_count
from baodao.appraisal.queries.cards import received_cards
from baodao.appraisal.rules.life import CardState
from baodao.callups.queries.callups import open_unit_calls
from baodao.checklist.queries.missing_members import MissingGroup, missing_groups
from baodao.checklist.queries.standings import UnitStanding, unit_standing
from baodao.checklist.tables import MOST_NAMES
from baodao.committees.queries.committees import MeetingAhead, meetings_ahead
from baodao.exemptions.queries import exemptions, undecided
from baodao.exemptions.rules.states import ExemptionState
from baodao.helpgroups.models import MeasureDoer
from baodao.helpgroups.queries.measures import unit_measures
from baodao.honours.queries.waiting import HonourDuties, honour_duties
from baodao.identities.queries.checks import numbers_to_compare
from baodao.inquiries.queries.requests import WaitingRequest, requests_to_answer
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.prepared import Prepared
from baodao.kernel.questions import Question, certain, together
from baodao.ledger.queries.records import Totals, by_branch
from baodao.opinions.queries.waiting import WaitingOpinions, waiting_opinions
from baodao.orders.queries.whistles import answer_count
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import ancestor_of, below, lacks_contact
from baodao.orgs.rules.tree import Kind
from baodao.pairings.queries.pairings import pairing_count
from baodao.partnership.models import UnitRegistration
from baodao.partnership.queries import unit_registration_of
from baodao.people.queries.transfers import WaitingTransfers, waiting_transfers
from baodao.problems.queries.problems import duty_count
from baodao.resources.queries.claims import waiting_claims
from baodao.visits.queries.cadres import contact_count


class WaitingRows(NamedTuple):
    """How many rows wait, and the id of the only one."""

    number: int
    sole: UUID | None


@dataclass(frozen=True)
class UnitDay:
    """Where the branches stand and what waits beside them: requests that are `undecided`, members
    in `transfers`, numbers `to_compare`, `whistles` and `requests` of authorities to answer,
    `pairings` that are in force, members who are `contacts`, `callups` that go on, `duties` of
    problems that wait for the unit, `list_claims` of the lists with its community, `agreements` and
    `opinions` that do, `honours` that do, `meetings` of committees of today and still to come,
    `invitations` to serve elsewhere to be answered, and members who agreed to one and wait for the
    letter (`letters_due`), measures for households that the unit does (`measures_due`)."""

    standing: UnitStanding
    missing: Sequence[MissingGroup]
    served: Mapping[int, Totals]
    unit_registration: UnitRegistration | None
    undecided: WaitingRows
    lacks_contact: bool
    transfers: WaitingTransfers
    to_compare: int
    whistles: int
    requests: Sequence[WaitingRequest]
    pairings: int
    contacts: int
    callups: int
    duties: int
    meetings: Sequence[MeetingAhead]
    invitations: int
    letters_due: int
    list_claims: int
    agreements: Sequence[AgreementTurn]
    opinions: WaitingOpinions
    honours: HonourDuties
    unread_cards: WaitingRows
    measures_due: Sequence[MeasureDoer]


def unit_day_of(actor: Actor, place: Organisation) -> UnitDay:
    """Of a unit, or of one branch; `Absent` out of scope. All of it is asked in one trip."""
    whole = ancestor_of(place, Kind.UNIT) or place
    alone = place != whole
    return together(
        UnitDay,
        standing=unit_standing(actor, place),
        missing=missing_groups(actor, place, MOST_NAMES),
        served=served_by_branch(actor, place),
        unit_registration=unit_registration_of(actor, whole),
        undecided=undecided_exemptions(actor, place),
        lacks_contact=lacks_contact(place),
        transfers=waiting_transfers(actor, whole),
        to_compare=certain(0) if alone else numbers_to_compare(actor),
        whistles=answer_count(actor, place),
        requests=certain([]) if alone else requests_to_answer(actor, whole),
        pairings=certain(0) if alone else pairing_count(actor, whole),
        contacts=certain(0) if alone else contact_count(actor, whole),
        callups=open_unit_calls(actor, place),
        duties=certain(0) if alone else duty_count(actor, whole),
        meetings=certain([]) if alone else meetings_ahead(actor, whole),
        invitations=certain(0) if alone else invitation_count(actor, whole),
        letters_due=certain(0) if alone else letter_due_count(actor, whole),
        list_claims=certain(0) if alone else waiting_claims(actor, whole),
        agreements=certain([]) if alone else agreement_turns(actor, whole),
        opinions=certain(_NO_OPINIONS) if alone else waiting_opinions(actor, whole),
        honours=honour_duties(actor, place),
        unread_cards=unread_cards(actor, place),
        measures_due=certain([]) if alone else unit_measures(actor, whole),
    ).answer()


def unread_cards(actor: Actor, place: Organisation) -> Question[WaitingRows]:
    """Feedback cards that the unit or branch has not opened yet."""
    return _waiting(_UNREAD.number(actor, place), _FIRST_UNREAD.question(actor, place))


def undecided_exemptions(actor: Actor, place: Organisation) -> Question[WaitingRows]:
    """Requests that wait; the only one of them for who decides it."""
    return _waiting(undecided(place), _TO_DECIDE.question(actor, place))


def _waiting(number: Question[int], first: Question[list[UUID]]) -> Question[WaitingRows]:
    def rows(number: int, first: list[UUID]) -> WaitingRows:
        return WaitingRows(number, first[0] if number == 1 and first else None)

    return together(rows, number=number, first=first)


def _unread(actor: Actor, place: Organisation) -> QuerySet[Any, Any]:
    rows = received_cards(actor).filter(branch__path__startswith=place.path)
    return rows.filter(state=CardState.SIGNED).order_by().values_list("pk", flat=True)


def _to_decide(actor: Actor, place: Organisation) -> QuerySet[Any, Any]:
    """The first that the actor decides."""
    rows = exemptions(actor, Permission.EXEMPTION_APPROVE).filter(
        branch__path__startswith=place.path, state=ExemptionState.REQUESTED
    )
    return rows.order_by().values_list("pk", flat=True)[:1]


_NO_OPINIONS = WaitingOpinions((), (), ())
_UNREAD, _TO_DECIDE = Prepared(_unread), Prepared(_to_decide)
_FIRST_UNREAD = Prepared(lambda actor, place: _unread(actor, place)[:1])


def served_by_branch(actor: Actor, place: Organisation) -> Question[dict[int, Totals]]:
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
