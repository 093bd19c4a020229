"""What becomes of units' registrations when the unit or its community is reorganised."""

from collections.abc import Iterator

from django.db.models import QuerySet

from baodao.documents.queries import papers_about
from baodao.kernel.authz import Actor
from baodao.kernel.errors import gettext_noop, ngettext_noop
from baodao.notices.commands.notices import Message, announce_handover
from baodao.orgs.rules.handovers import (
    Fate,
    Handover,
    HandoverLine,
    Reform,
    ReorganisationPlan,
    UndoList,
)
from baodao.partnership.models import UnitRegistration
from baodao.partnership.rules.states import UNIT_REGISTRATION, UnitState


def _live() -> QuerySet[UnitRegistration]:
    rows = UnitRegistration.objects.select_related("unit", "community")
    return rows.filter(state__in=UNIT_REGISTRATION.live).order_by("pk")


def _of_units(plan: ReorganisationPlan) -> QuerySet[UnitRegistration]:
    return _live().filter(unit__in=plan.hanging)


def _of_communities(plan: ReorganisationPlan) -> QuerySet[UnitRegistration]:
    return _live().filter(community__in=plan.hanging)


def _lines(plan: ReorganisationPlan) -> Iterator[HandoverLine]:
    words = ngettext_noop(
        "%(count)s contact with a community ends; the successor presents its own form.",
        "%(count)s contacts with communities end; the successor presents its own form.",
    )
    yield HandoverLine(Fate.ENDS, _of_units(plan).count(), words)
    count = _of_communities(plan).count()
    if plan.heir_id is not None:
        words = ngettext_noop(
            "%(count)s partner unit goes on with the successor.",
            "%(count)s partner units go on with the successor.",
        )
        yield HandoverLine(Fate.GOES, count, words)
    else:
        words = ngettext_noop(
            "%(count)s partner unit loses its community; it is told and reports to another.",
            "%(count)s partner units lose their community; they are told and report to another.",
        )
        yield HandoverLine(Fate.ENDS, count, words)


def _hand_over(_actor: Actor, plan: ReorganisationPlan, changes: UndoList) -> None:
    """A unit's contact ends with the unit, and with a community that nobody takes over from. What
    was not accepted yet is presented to the successor."""
    _end(_of_units(plan), plan, changes)
    rows = _of_communities(plan)
    if plan.heir_id is None:
        _end(rows, plan, changes)
    else:
        waiting = rows.exclude(state=UnitState.ACCEPTED)
        _tell(list(rows), plan, changes)
        changes.change(waiting, community_id=plan.heir_id)


def _end(queryset: QuerySet[UnitRegistration], plan: ReorganisationPlan, changes: UndoList) -> None:
    rows = list(queryset.select_for_update(of=("self",), no_key=True))
    changes.move(rows, UnitState.ENDED, ended_at=plan.at)
    changes.change(papers_about([row.pk for row in rows]), revoked_at=plan.at)
    _tell(rows, plan, changes)


def _tell(rows: list[UnitRegistration], plan: ReorganisationPlan, changes: UndoList) -> None:
    """The side that goes on hears what became of the other."""
    kind = "partner-closed" if plan.reform is Reform.DISSOLVED else "partner-succeeded"
    announce_handover(
        changes,
        (
            Message(
                kind,
                organisation_id=row.community_id if row.unit_id in plan.hanging else row.unit_id,
                about=row.pk,
                facts={"name": plan.name, "reason": plan.reason},
            )
            for row in rows
        ),
    )


HANDOVERS = (
    Handover("unit registration", _lines, _hand_over, gettext_noop("registrations of units")),
)
