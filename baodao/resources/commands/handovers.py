"""What becomes of lists and what is claimed of them when a unit or a community is reorganised."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from baodao.kernel.authz import Actor
from baodao.kernel.errors import gettext_noop, ngettext_noop
from baodao.needs.rules.life import NEED
from baodao.notices.commands.notices import Message, announce_handover
from baodao.orgs.rules.handovers import (
    Fate,
    Handover,
    HandoverLine,
    ReorganisationPlan,
    UndoList,
)
from baodao.resources.models import ListClaim, Project, Resource
from baodao.resources.queries.claims import claim_rows
from baodao.resources.rules.lives import (
    LIST_CLAIM,
    PROJECT,
    RESOURCE,
    ListClaimState,
    ProjectState,
    ResourceState,
)


def _resources(plan: ReorganisationPlan) -> QuerySet[Resource]:
    return Resource.objects.filter(unit__in=plan.hanging, state__in=RESOURCE.live)


def _projects(plan: ReorganisationPlan) -> QuerySet[Project]:
    mine = Q(unit__in=plan.hanging) | Q(community__in=plan.hanging)
    return Project.objects.filter(mine, state__in=PROJECT.live)


def _claims(plan: ReorganisationPlan) -> QuerySet[ListClaim]:
    """What waits or is ahead; what was lent and is over stays with whom it was lent to, and so do
    who took a need on that is closed, or part in a project that is done."""
    mine = Q(unit__in=plan.hanging) | Q(community__in=plan.hanging)
    rows = claim_rows().filter(mine, state__in=LIST_CLAIM.live)
    past_hours = Q(ends_at__lte=plan.at)
    closed_need = Q(resource=None, need__isnull=False) & ~Q(need__state__in=NEED.live)
    done_project = Q(project__state=ProjectState.DONE)
    return rows.exclude(Q(state=ListClaimState.AGREED) & (past_hours | closed_need | done_project))


def _doubled(plan: ReorganisationPlan) -> QuerySet[ListClaim]:
    """Those beside which the successor has its own claim of the same, which goes on alone."""
    same = Q(need=OuterRef("need"), resource=None) | Q(project=OuterRef("project"))
    own = ListClaim.objects.filter(same, unit=plan.heir_id, state__in=LIST_CLAIM.live)
    rows = _claims(plan).filter(resource=None, unit__in=plan.hanging)
    return rows.filter(Exists(own.exclude(pk=OuterRef("pk"))))


def _hand_on(rows: QuerySet[Any], side: str, plan: ReorganisationPlan, changes: UndoList) -> None:
    """To the successor; where it stood first is kept, so that no table of an earlier day moves."""
    mine = rows.filter(**{f"{side}__in": plan.hanging})
    for pk in sorted(set(mine.order_by().values_list(side, flat=True))):
        here = mine.filter(**{side: pk})
        first = here.filter(**{f"former_{side}": None})
        changes.change(first, **{f"{side}_id": plan.heir_id, f"former_{side}_id": pk})
        changes.change(here, **{f"{side}_id": plan.heir_id})


def _resource_lines(plan: ReorganisationPlan) -> Iterator[HandoverLine]:
    count = _resources(plan).count()
    if plan.heir_id is not None:
        words = ngettext_noop(
            "%(count)s resource on its list goes to the successor.",
            "%(count)s resources on its list go to the successor.",
        )
        yield HandoverLine(Fate.GOES, count, words)
    else:
        words = ngettext_noop(
            "%(count)s resource on its list ends.", "%(count)s resources on its list end."
        )
        yield HandoverLine(Fate.ENDS, count, words)


def _hand_resources(_actor: Actor, plan: ReorganisationPlan, changes: UndoList) -> None:
    if plan.heir_id is not None:
        _hand_on(_resources(plan), "unit", plan, changes)
        return
    rows = list(_resources(plan).select_for_update(no_key=True))
    changes.move(rows, ResourceState.ENDED, ended_at=plan.at, reason=GONE)


def _project_lines(plan: ReorganisationPlan) -> Iterator[HandoverLine]:
    count = _projects(plan).count()
    if plan.heir_id is not None:
        words = ngettext_noop(
            "%(count)s project goes on with the successor.",
            "%(count)s projects go on with the successor.",
        )
        yield HandoverLine(Fate.GOES, count, words)
    else:
        words = ngettext_noop("%(count)s project is given up.", "%(count)s projects are given up.")
        yield HandoverLine(Fate.ENDS, count, words)


def _hand_projects(_actor: Actor, plan: ReorganisationPlan, changes: UndoList) -> None:
    rows = _projects(plan)
    if plan.heir_id is not None:
        changes.change(rows.filter(unit__in=plan.hanging), unit_id=plan.heir_id)
        _hand_on(rows, "community", plan, changes)
        return
    gone = list(rows.select_for_update(of=("self",), no_key=True))
    changes.move(gone, ProjectState.WITHDRAWN, ended_at=plan.at, reason=GONE)


def _claim_lines(plan: ReorganisationPlan) -> Iterator[HandoverLine]:
    count = _claims(plan).count()
    if plan.heir_id is not None:
        words = ngettext_noop(
            "%(count)s claim of a list goes on with the successor.",
            "%(count)s claims of lists go on with the successor.",
        )
        yield HandoverLine(Fate.GOES, count, words)
    else:
        words = ngettext_noop(
            "%(count)s claim of a list ends; the other side is told.",
            "%(count)s claims of lists end; the other side is told.",
        )
        yield HandoverLine(Fate.ENDS, count, words)


def _hand_claims(_actor: Actor, plan: ReorganisationPlan, changes: UndoList) -> None:
    """What is ahead goes on with the successor; with nobody, and beside a claim of its own, it
    ends, and the other side hears of it."""
    rows = _claims(plan) if plan.heir_id is None else _doubled(plan)
    gone = list(rows.select_for_update(of=("self",), no_key=True))
    changes.move(gone, ListClaimState.ENDED, ended_at=plan.at, reason=GONE)
    announce_handover(changes, [_ended(row, plan) for row in gone])
    if plan.heir_id is not None:
        for side in ("unit", "community"):
            _hand_on(_claims(plan), side, plan, changes)


def _ended(row: ListClaim, plan: ReorganisationPlan) -> Message:
    reader = row.community_id if row.unit_id in plan.hanging else row.unit_id
    facts = {"title": row.title, "name": plan.name, "reason": plan.reason}
    return Message("list-ended", organisation_id=reader, about=row.pk, facts=facts)


GONE = gettext_noop("Nobody took over from the organisation.")
"""The reason kept with what ended; shown translated."""

HANDOVERS = (
    Handover("resource", _resource_lines, _hand_resources, gettext_noop("resources on lists")),
    Handover("project", _project_lines, _hand_projects, gettext_noop("projects with partners")),
    Handover("list claim", _claim_lines, _hand_claims, gettext_noop("claims of lists")),
)
