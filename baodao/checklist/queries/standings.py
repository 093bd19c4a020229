"""The figures of a unit's branches: who is in service, registered, and why the others are not."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, QuerySet

from baodao.checklist.queries.missing_members import check_scope, members_of, with_grounds
from baodao.checklist.rules.reasons import ACCOUNTED_FOR, LET_OFF, Why, why_missing
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.prepared import Prepared
from baodao.kernel.questions import Question, together
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import below
from baodao.orgs.rules.tree import Kind
from baodao.people.rules.standing import Standing

_Group = tuple[Any, ...]
"""Members of a branch alike in what is counted, and how many they are."""


@dataclass(frozen=True)
class BranchStanding:
    """A branch's figures (`branch` is None in totals); `reasons` counts who they leave out."""

    branch: Organisation | None
    members: int
    in_service: int
    living_in_city: int
    registered: int
    reasons: Counter[Why]

    @property
    def unregistered(self) -> int:
        """All in service who are not registered, whatever the reason."""
        return self.reasons.total()

    @property
    def accounted_for(self) -> int:
        """Who is not registered and not missing."""
        return self.unregistered - self.missing

    @property
    def waiting(self) -> int:
        return self.reasons[Why.WAITING]

    @property
    def delayed(self) -> int:
        return self.reasons[Why.DELAYED]

    @property
    def exempt(self) -> int:
        return sum(self.reasons[reason] for reason in LET_OFF)

    @property
    def missing(self) -> int:
        """未报到, as the tables count it: in service, neither registered nor waiting nor spared."""
        return sum(count for why, count in self.reasons.items() if why not in ACCOUNTED_FOR)


@dataclass(frozen=True)
class UnitStanding:
    """A unit's branches in the order of the tree, and their sum."""

    unit: Organisation
    rows: tuple[BranchStanding, ...]
    totals: BranchStanding


def unit_standing(actor: Actor, unit: Organisation) -> Question[UnitStanding]:
    """The unit's branches with their figures; `Absent` out of scope."""
    check_scope(actor, unit)

    def standing(groups: Iterable[_Group], branches: Iterable[Organisation]) -> UnitStanding:
        counted = _counted(groups)
        rows = tuple(
            BranchStanding(branch, **vars(counted.get(branch.pk, Figures())))
            for branch in branches
            if branch.pk in counted
            or (branch.closed_at is None and branch.kind == Kind.BRANCH and _sees(actor, branch))
        )
        return UnitStanding(unit, rows, _sum(rows))

    groups, branches = _GROUPS.question(actor, unit), _BRANCHES.question(unit)
    return together(standing, groups=groups, branches=branches)


def _sees(actor: Actor, branch: Organisation) -> bool:
    return actor.may(Permission.REGISTRATION_READ, branch.path)


@dataclass
class Figures:
    """What is counted in one branch."""

    members: int = 0
    in_service: int = 0
    living_in_city: int = 0
    registered: int = 0
    reasons: Counter[Why] = field(default_factory=Counter)


def _branches(unit: Organisation) -> QuerySet[Organisation]:
    return below(unit, Kind.BRANCH, Kind.UNIT).order_by("path", "sort")


def _groups(actor: Actor, unit: Organisation) -> QuerySet[Any, Any]:
    """How many members of each branch have the same standing and the same grounds."""
    facts = ("branch", "standing", "lives_in_city", "live__state", "spared__effect")
    grouped = with_grounds(members_of(actor, unit)).order_by().values(*facts)
    rows: QuerySet[Any, Any] = grouped.annotate(count=Count("pk")).values_list(*facts, "count")
    return rows


_BRANCHES, _GROUPS = Prepared(_branches), Prepared(_groups)


def _counted(groups: Iterable[_Group]) -> dict[int, Figures]:
    """The figures of each branch that has members."""
    counted: dict[int, Figures] = {}
    for branch, standing, lives_here, state, effect, count in groups:
        figures = counted.setdefault(branch, Figures())
        figures.members += count
        if standing != Standing.IN_SERVICE:
            continue
        figures.in_service += count
        figures.living_in_city += count if lives_here else 0
        why = why_missing(state, effect)
        if why is None:
            figures.registered += count
        else:
            figures.reasons[why] += count
    return counted


def _sum(rows: Sequence[BranchStanding]) -> BranchStanding:
    reasons: Counter[Why] = Counter()
    for row in rows:
        reasons.update(row.reasons)
    return BranchStanding(
        branch=None,
        members=sum(row.members for row in rows),
        in_service=sum(row.in_service for row in rows),
        living_in_city=sum(row.living_in_city for row in rows),
        registered=sum(row.registered for row in rows),
        reasons=reasons,
    )
