"""Measures for households by who does them: what is theirs now, who can be chosen, who is told."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet

from baodao.accounts.queries import switches_in_force
from baodao.accounts.rules import HOUSEHOLD_FILES
from baodao.helpgroups.models import MeasureDoer
from baodao.helpgroups.queries.groups import aides_now, open_groups
from baodao.helpgroups.queries.helps import SOON
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.kernel.prepared import Prepared
from baodao.kernel.questions import Question
from baodao.kernel.scope import own, within
from baodao.notices.queries.pending import PendingRows
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import standing_of
from baodao.orgs.rules.tree import Kind
from baodao.partnership.queries import partnerships_in
from baodao.registration.queries.registrations import registration_rows
from baodao.registration.rules.states import State
from baodao.residents.models import HouseholdFile
from baodao.residents.queries.files import present_stays
from baodao.teams.queries.teams import mates, teams_in
from baodao.visits.queries.contacts import serving

Doers = QuerySet[MeasureDoer]
_UNIT = "organisation__path"


def open_doers() -> Doers:
    """Who does which measure now, while it waits."""
    return _doers().filter(measure__ended_at=None)


def _doers() -> Doers:
    """Who does which measure, also one that is over: while the community that planned it keeps the
    file and files are switched on there, and whoever does it serves, goes on, or is open."""
    path = ExpressionWrapper(OuterRef("measure__file__community__path"), output_field=CharField())
    switches = switches_in_force().filter(key=HOUSEHOLD_FILES).order_by().select_related(None)
    turned_on = switches.annotate(place=path).filter(place__startswith=F("organisation__path"))
    kept = present_stays().filter(
        file=OuterRef("measure__file"), since__lte=OuterRef("measure__planned_at")
    )
    rows = MeasureDoer.objects.filter(Exists(turned_on), Exists(kept), measure__file__ended_at=None)
    return rows.filter(
        Q(person=None) | Q(serving()),
        Q(group=None) | Q(group__ended_at=None),
        Q(organisation=None) | Q(organisation__closed_at=None),
    )


def _in_order(rows: Doers) -> Doers:
    rows = rows.select_related("measure__file__community", "group", "organisation")
    return rows.order_by("measure__due_on", "pk")


def own_measures(actor: Actor) -> Question[list[MeasureDoer]]:
    """What the actor does, alone, in a help group or in a team, what is due first first."""
    return _OWN.question(actor)


def own_measure(actor: Actor, measure_id: UUID) -> MeasureDoer:
    """One that the actor does, or did; raises `Absent`."""
    return _one_of(_of_person(_doers(), actor), measure_id)


def unit_measure(actor: Actor, measure_id: UUID) -> MeasureDoer:
    """One that a unit does, or did, for which the actor acts; raises `Absent`."""
    return _one_of(within(_doers(), actor, Permission.LETTER_ISSUE, _UNIT), measure_id)


def _one_of(rows: Doers, measure_id: UUID) -> MeasureDoer:
    row = _in_order(rows).filter(pk=measure_id).first()
    if row is None:
        raise Absent("measure")
    return row


def _own(actor: Actor) -> Doers:
    return _in_order(_of_person(open_doers(), actor))


def _of_person(rows: Doers, actor: Actor) -> Doers:
    teams = registration_rows().filter(state=State.ACCEPTED, team__isnull=False)
    mine = own(rows, actor).order_by().values("pk")
    groups = own(aides_now(), actor).order_by().values("group")
    inside = own(teams, actor).order_by().values("team")
    return rows.filter(Q(pk__in=mine) | Q(group__in=groups) | Q(organisation__in=inside))


def unit_measures(actor: Actor, unit: Organisation) -> Question[list[MeasureDoer]]:
    """What a unit does, for who acts for it: nobody above reads it."""
    return _OF_UNIT.question(actor, unit)


def _of_unit(actor: Actor, unit: Organisation) -> Doers:
    rows = within(open_doers(), actor, Permission.LETTER_ISSUE, _UNIT)
    return _in_order(rows.filter(organisation__path__startswith=unit.path))


_OWN, _OF_UNIT = Prepared(_own), Prepared(_of_unit)


def doer_choices(actor: Actor, file: HouseholdFile) -> list[tuple[str, str]]:
    """Who of a community can be chosen, codes with their names: its help groups, its service teams,
    the units whose partner it is."""
    community = standing_of(file.community)
    return [
        *((f"group-{row.pk}", row.name) for row in open_groups(actor, community)),
        *((f"organisation-{row.pk}", row.name) for row in teams_in(community)),
        *((f"organisation-{row.pk}", row.name) for row in _units(community)),
    ]


def _units(community: Organisation) -> Iterable[Organisation]:
    rows = partnerships_in(community).select_related("unit").order_by("unit__sort", "unit")
    return [row.unit for row in rows]


def due_doers() -> list[UUID]:
    """Measures that are due in three days, or overdue, of which who does them was not told."""
    soon = clock.today() + SOON
    rows = open_doers().filter(told_at=None, measure__due_on__lte=soon).order_by("pk")
    return list(rows.values_list("pk", flat=True))


def people_of(doer: MeasureDoer) -> list[UUID]:
    """The members who are told: who does it, or everybody of the group or the team; nobody of a
    unit, which is told as one."""
    if doer.person_id is not None:
        return [doer.person_id]
    if doer.group_id is not None:
        rows = aides_now().filter(group=doer.group_id, person__isnull=False)
        return sorted(set(rows.values_list("person", flat=True)))
    if doer.organisation is not None and doer.organisation.kind == Kind.TEAM:
        return sorted({row.person_id for row in mates(doer.organisation)})
    return []


def _undone() -> QuerySet[Any]:
    return open_doers().filter(pk=OuterRef("about"))


PENDING: dict[str, PendingRows] = {"measure-due": _undone, "unit-measure-due": _undone}
"""For which rows notices ask."""
