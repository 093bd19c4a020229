"""Proposals of balanced allocation in scope, and the invitations that came of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from baodao.allocation.models import Allocation, AllocationLine
from baodao.allocation.queries.inputs import hands_at
from baodao.allocation.rules.life import STORIES, AllocationState, LineState
from baodao.figures.queries.sql import present
from baodao.kernel import journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.kernel.moments import AsOf
from baodao.kernel.prepared import Prepared
from baodao.kernel.questions import Question
from baodao.kernel.scope import own, within
from baodao.notices.queries.pending import PendingRows
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import by_id, standing_for, worked_for
from baodao.partnership.models import UnitRegistration
from baodao.partnership.queries import unit_registrations
from baodao.people.models import Membership
from baodao.people.queries.members import memberships
from baodao.registration.queries.registrations import registration_rows
from baodao.registration.rules.states import REGISTRATION
from baodao.ui.timelines import TimelineItem, timeline_items

WAITING_STATES = (LineState.INVITED, LineState.ACCEPTED)
"""Rows that wait for somebody: for the answer, or for the letter."""


def allocations(actor: Actor) -> QuerySet[Allocation]:
    """Proposals of the authorities for which the actor makes them."""
    rows = Allocation.objects.select_related("authority")
    return within(rows, actor, Permission.ALLOCATION_PROPOSE, "authority__path")


def with_adopted(rows: QuerySet[Allocation]) -> QuerySet[Allocation]:
    """Proposals with how many rows they have (`proposed`) and how many of them were adopted."""
    adopted = Count("lines", filter=~Q(lines__state=LineState.PROPOSED))
    return rows.annotate(proposed=Count("lines"), adopted=adopted)


def allocation_of(actor: Actor, allocation_id: UUID) -> Allocation:
    """One proposal in scope. Raises `Absent`."""
    row = allocations(actor).filter(pk=allocation_id).first()
    if row is None:
        raise Absent("allocation")
    return row


def calculated_one(actor: Actor, allocation_id: UUID) -> Allocation:
    """One in scope that was calculated, also where it was withdrawn since. Raises `Absent`."""
    row = allocation_of(actor, allocation_id)
    if row.as_of is None:
        raise Absent("allocation")
    return row


def line_rows() -> QuerySet[AllocationLine]:
    """Every row with what pages show of it; the caller says whose."""
    names = ("allocation__authority", "unit", "person", "community", "former")
    return AllocationLine.objects.select_related(*names)


def lines_of(actor: Actor, allocation: Allocation) -> QuerySet[AllocationLine]:
    """The rows of a proposal in scope, of units that are in the actor's reach today."""
    rows = line_rows().filter(allocation=allocation)
    return within(rows, actor, Permission.ALLOCATION_PROPOSE, "unit__path")


def allocation_timeline(allocation: Allocation) -> list[TimelineItem]:
    """What happened to a proposal in scope, oldest first."""
    return timeline_items(journal.timeline(allocation.pk), STORIES)


def unit_invitations(actor: Actor) -> QuerySet[AllocationLine]:
    """Invitations to units for which the actor presents contact forms."""
    rows = line_rows().filter(person=None).exclude(state=LineState.PROPOSED)
    return within(rows, actor, Permission.UNIT_REGISTRATION_PRESENT, "unit__path")


def own_invitations(actor: Actor) -> QuerySet[AllocationLine]:
    """Invitations to the actor as a member."""
    return own(line_rows().exclude(state=LineState.PROPOSED), actor)


def invitation_of(actor: Actor, line_id: UUID) -> AllocationLine:
    """One invitation that the actor may answer. Raises `Absent`."""
    row = unit_invitations(actor).filter(pk=line_id).first()
    row = row or own_invitations(actor).filter(pk=line_id).first()
    if row is None:
        raise Absent("invitation")
    return row


def letters_due(actor: Actor) -> QuerySet[AllocationLine]:
    """Members of the actor's units of today who agreed and have no letter yet."""
    return _due_among(memberships(actor, Permission.LETTER_ISSUE))


def letters_agreed(actor: Actor) -> QuerySet[AllocationLine]:
    """Members of the actor's units of today who agreed, whatever came of it since."""
    rows = line_rows().filter(state=LineState.ACCEPTED, person__isnull=False)
    return rows.filter(_among(memberships(actor, Permission.LETTER_ISSUE)))


def _due_among(members: QuerySet[Membership]) -> QuerySet[AllocationLine]:
    return line_rows().filter(_among(members), _letter_due())


def _among(members: QuerySet[Membership]) -> Exists:
    return Exists(members.select_related(None).filter(person=OuterRef("person")))


def _letter_due() -> Q:
    """Whom no community has, nor received since they agreed: what came of a yes is not asked for
    once more when it is over, nor a letter to a community that is gone."""
    theirs = registration_rows().filter(person=OuterRef("person"))
    since = Q(accepted_at__gte=OuterRef("answered_at"))
    arrived = Exists(theirs.filter(Q(state__in=REGISTRATION.live) | since))
    due = ~Q(arrived) & worked_for("community")
    return Q(state=LineState.ACCEPTED, settled_at=None, person__isnull=False) & due


def member_askers(whereto: Mapping[UUID, int]) -> dict[UUID, int]:
    """Of persons, each with a community, those who agreed to a proposal to go there, or where it
    took over: with the authority that asked them last."""
    rows = AllocationLine.objects.filter(state=LineState.ACCEPTED, person__in=whereto)
    agreed = _agreements(rows, "person")
    return {person: by for person, place, by in agreed if whereto[person] == place}


def unit_asker(unit_id: int, community_id: int) -> int | None:
    """The authority to which a unit agreed last that it goes to a community, or None."""
    rows = AllocationLine.objects.filter(state=LineState.ACCEPTED, unit=unit_id, person=None)
    askers = [by for _, place, by in _agreements(rows, "unit") if place == community_id]
    return askers[-1] if askers else None


def _agreements(rows: QuerySet[AllocationLine], whom: str) -> list[tuple[Any, int, int]]:
    """Of rows, in the order of the answers: whom, the community as it stands, and who asked."""
    names = (whom, "community", "allocation__authority")
    agreed = list(rows.order_by("answered_at", "pk").values_list(*names))
    heirs = standing_for({place for _, place, _ in agreed})
    return [(one, heirs.get(place, place), by) for one, place, by in agreed]


def open_invitations(actor: Actor) -> Question[list[AllocationLine]]:
    """Invitations that the actor as a member has still to answer."""
    return _OWN.question(actor)


def invitation_count(actor: Actor, unit: Organisation) -> Question[int]:
    """How many invitations a unit has still to answer."""
    return _TO_ANSWER.number(actor, unit)


def letter_due_count(actor: Actor, unit: Organisation) -> Question[int]:
    """How many members of a unit agreed to an invitation and wait for the letter."""
    return _DUE.number(actor, unit)


def undecided_proposals(actor: Actor, place: Organisation) -> Question[list[UUID]]:
    """Proposals of an authority of which no row was adopted yet, nor the whole withdrawn."""
    return _UNDECIDED.question(actor, place)


def _own(actor: Actor) -> QuerySet[AllocationLine]:
    rows = own_invitations(actor).filter(state=LineState.INVITED).order_by("invited_at", "pk")
    return rows.select_related(None).select_related("allocation__authority", "community")


def _to_answer(actor: Actor, unit: Organisation) -> QuerySet[Any, Any]:
    rows = unit_invitations(actor).filter(unit__path__startswith=unit.path)
    return rows.filter(state=LineState.INVITED).select_related(None).values_list("pk")


def _due(actor: Actor, unit: Organisation) -> QuerySet[Any, Any]:
    members = memberships(actor, Permission.LETTER_ISSUE)
    rows = _due_among(members.filter(branch__path__startswith=unit.path))
    return rows.select_related(None).values_list("pk")


def _undecided(actor: Actor, place: Organisation) -> QuerySet[Any, Any]:
    lines = AllocationLine.objects.filter(allocation=OuterRef("pk"))
    rows = allocations(actor).filter(
        Exists(lines),
        ~Exists(lines.exclude(state=LineState.PROPOSED)),
        authority=place,
        state=AllocationState.READY,
    )
    return rows.select_related(None).order_by("-created_at").values_list("pk", flat=True)


_OWN, _TO_ANSWER, _DUE = Prepared(_own), Prepared(_to_answer), Prepared(_due)
_UNDECIDED = Prepared(_undecided)


@dataclass(frozen=True)
class SiteOutcome:
    """A community of a proposal: its needs and helpers then, as proposed, and helpers now; who of
    those asked there agreed, declined, has still to answer. `id` is whose work it is today."""

    id: int
    code: str
    name: str
    needs: int
    share: int
    before: int
    planned: int
    now: int
    answers: dict[str, int]

    @property
    def weak(self) -> bool:
        """Whether it had fewer helpers than its share."""
        return self.before < self.share


def outcomes_of(actor: Actor, allocation: Allocation) -> tuple[list[SiteOutcome], AsOf]:
    """What became of each community of a proposal that is ready, the weakest first, and as of which
    instant it is counted."""
    as_of, place = present(), by_id(allocation.decided.place_id)
    now = hands_at(place, as_of, of_units=allocation.of_units)
    heirs = standing_for([site["id"] for site in allocation.sites])
    answers: dict[int, dict[str, int]] = {}
    for community, state in lines_of(actor, allocation).values_list("community", "state"):
        counts = answers.setdefault(community, {})
        counts[state] = counts.get(state, 0) + 1
    rows = [
        SiteOutcome(
            *(site["id"], site["code"], site["name"], site["needs"], site["share"]),
            *(site["helpers"], site["planned"], now.get(heirs.get(site["id"], site["id"]), 0)),
            answers.get(site["id"], {}),
        )
        for site in allocation.sites
    ]
    return sorted(rows, key=_weakness), as_of


def _weakness(one: SiteOutcome) -> tuple[bool, float, int, str]:
    """Weak communities first, of these who has the least part of its share, of equals the one of
    the greater share."""
    return not one.weak, one.before / max(1, one.share), -one.share, one.code


def last_contact(actor: Actor, unit: Organisation) -> UnitRegistration | None:
    """The contact form that the unit presented last, with which it may present the next."""
    return unit_registrations(actor).filter(unit=unit).order_by("-submitted_at").first()


PENDING: dict[str, PendingRows] = {
    "allocation-unit-invited": lambda: AllocationLine.objects.filter(
        pk=OuterRef("about"), state=LineState.INVITED
    ),
    "allocation-member-invited": lambda: AllocationLine.objects.filter(
        pk=OuterRef("about"), state=LineState.INVITED
    ),
    "allocation-letter-due": lambda: AllocationLine.objects.filter(
        _letter_due(), pk=OuterRef("about")
    ),
}
"""For which rows notices ask."""
