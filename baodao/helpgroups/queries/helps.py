"""What groups did: the helps of a group or a household, a household's story, counts above."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from baodao.helpgroups.models import GroupAide, GroupHelp, GroupHousehold, HelpGroup
from baodao.helpgroups.queries.groups import (
    aides_now,
    group_rows,
    groups,
    helps,
    stands_now,
    with_due,
)
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.moments import Period
from baodao.kernel.scope import own
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import organisations
from baodao.orgs.rules.tree import PLACES, Kind
from baodao.residents.models import SealedHousehold
from baodao.residents.queries.files import HouseholdStory
from baodao.residents.rules.households import told_count


def helps_of(group: HelpGroup) -> QuerySet[GroupHelp]:
    """What a group did, the latest first, for who reads the group."""
    rows = helps().filter(stand__group=group)
    return rows.order_by("-statement__served_on", "-statement__stated_at")


def own_helps(actor: Actor, stand: GroupHousehold) -> QuerySet[GroupHelp]:
    """What the actor told of a household, the latest first; nobody else's."""
    rows = own(GroupHelp.objects.filter(stand=stand), actor, "statement__person")
    rows = rows.exclude(statement__state="withdrawn").select_related("statement")
    return rows.order_by("-statement__served_on", "-statement__stated_at")


def household_stories(actor: Actor, household: SealedHousehold) -> list[HouseholdStory]:
    """The groups of a household and their help, as far as the actor reads them."""
    mine = groups(actor).order_by().values("pk")
    stands = GroupHousehold.objects.filter(household=household, group__in=mine)
    lines = []
    for row in stands.select_related("group"):
        url = reverse("helpgroups:group", args=[row.group_id])
        words = gettext("Help group: %(name)s") % {"name": row.group.name}
        lines.append(HouseholdStory(clock.local(row.taken_at).date(), words, url))
    for one in helps().filter(stand__in=stands):
        words_of = {"name": one.statement.person.name, "words": one.statement.result}
        words = gettext("Help by %(name)s: %(words)s") % words_of
        lines.append(HouseholdStory(one.statement.served_on, words))
    return lines


@dataclass(frozen=True)
class GroupCount:
    """A place: its groups, its grids with one and all of its grids, and at least by how many
    households they stood and how often they helped."""

    place: Organisation
    groups: int
    grids: int
    every_grid: int
    households: int
    helps: int


def group_counts(actor: Actor, place: Organisation, period: Period) -> list[GroupCount]:
    """What is told of the places directly below a place, in the order of the tree: groups and grids
    as of now; households as of the end of a period and helps within it, of each community in steps
    of five as files are."""
    mine = organisations(actor, Permission.FIGURE_READ).filter(closed_at=None)
    rows = mine.filter(path__startswith=place.path)
    communities = list(rows.filter(kind=Kind.COMMUNITY).values_list("path", flat=True))
    grids = list(rows.filter(kind=Kind.GRID).values_list("path", flat=True))
    live = group_rows().filter(ended_at=None, community__path__startswith=place.path)
    paths = list(live.values_list("community__path", "grid__path"))
    households = _steps(_stands_at(period), communities)
    deeds = _steps(_helped_in(period), communities)
    children = rows.filter(parent=place, kind__in=PLACES).exclude(kind=Kind.GRID)
    return [
        GroupCount(
            child,
            sum(one.startswith(child.path) for one, _ in paths),
            len({grid for _, grid in paths if grid and grid.startswith(child.path)}),
            sum(one.startswith(child.path) for one in grids),
            sum(n for path, n in households.items() if path.startswith(child.path)),
            sum(n for path, n in deeds.items() if path.startswith(child.path)),
        )
        for child in children.order_by("sort", "pk")
    ]


def _stands_at(period: Period) -> QuerySet[Any, Any]:
    at = clock.end_of(period.last)
    rows = GroupHousehold.objects.filter(Q(ended_at=None) | Q(ended_at__gt=at), taken_at__lt=at)
    return rows.order_by().values_list("community__path").annotate(n=Count("pk"))


def _helped_in(period: Period) -> QuerySet[Any, Any]:
    rows = helps().filter(statement__served_on__range=(period.first, period.last))
    return rows.order_by().values_list("stand__community__path").annotate(n=Count("pk"))


def _steps(rows: QuerySet[Any, Any], communities: list[str]) -> Mapping[str, int]:
    """By the path of a community what is told of it; what it took over counts with it."""
    totals = dict.fromkeys(communities, 0)
    for path, count in rows:
        home = max((one for one in communities if path.startswith(one)), key=len, default=None)
        if home is not None:
            totals[home] += count
    return {path: told_count(count) for path, count in totals.items()}


def grids_without(actor: Actor, community: Organisation) -> QuerySet[Organisation]:
    """The open grids of a community in which no group is."""
    rows = organisations(actor, Permission.HOUSEHOLD_READ).filter(kind=Kind.GRID, closed_at=None)
    taken = group_rows().filter(ended_at=None, grid__isnull=False).order_by().values("grid")
    return rows.filter(path__startswith=community.path).exclude(pk__in=taken).order_by("sort", "pk")


SOON = timedelta(days=3)
"""Of a visit that is due within three days a group is reminded."""


def to_remind() -> list[UUID]:
    """Households of whose visit the group is to be reminded, once of each day on which one is
    due."""
    rows = with_due(stands_now()).filter(due_on__lte=clock.today() + SOON).order_by("pk")
    return [row.pk for row in rows if not row.reminders.filter(due_on=row.due_on).exists()]


def over_stands() -> list[GroupHousehold]:
    """Those that go on, whose household the community keeps no file of any more."""
    rows = GroupHousehold.objects.filter(ended_at=None, group__ended_at=None)
    gone = rows.exclude(pk__in=stands_now().values("pk"))
    return list(gone.select_for_update(of=("self",), no_key=True).order_by("pk"))


def over_aides() -> list[GroupAide]:
    """Those who are in a group by what is written, and serve, or are in their team, no longer."""
    rows = GroupAide.objects.filter(ended_at=None, group__ended_at=None)
    gone = rows.exclude(pk__in=aides_now().values("pk")).select_related("group__community")
    return list(gone.select_for_update(of=("self",), no_key=True).order_by("pk"))


def numbers_of(aide_ids: Any) -> dict[UUID, str]:
    """The volunteer number of each of these aides who is a member."""
    rows = GroupAide.objects.filter(pk__in=aide_ids, person__isnull=False)
    return dict(rows.values_list("pk", "person__number"))
