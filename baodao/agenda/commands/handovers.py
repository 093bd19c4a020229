"""What becomes of themes and calendars when an organisation is reorganised: themes stay with the
community of their month; the address of a unit's calendar ends with the unit. Who takes over has a
calendar of its own, in which what was taken on goes on: the old address was given to people of the
old unit."""

from collections.abc import Iterator

from django.db.models import QuerySet

from baodao.agenda.models import Feed
from baodao.kernel.authz import Actor
from baodao.kernel.errors import ngettext_noop
from baodao.orgs.rules.handovers import Fate, Handover, HandoverLine, ReorganisationPlan, UndoList


def _feeds(plan: ReorganisationPlan) -> QuerySet[Feed]:
    return Feed.objects.filter(unit__in=plan.ending)


def _lines(plan: ReorganisationPlan) -> Iterator[HandoverLine]:
    if plan.heir_id is not None:
        words = ngettext_noop(
            "%(count)s address of a calendar no longer works. What was taken on stands in the "
            "calendar of the successor, which makes an address of its own.",
            "%(count)s addresses of calendars no longer work. What was taken on stands in the "
            "calendar of the successor, which makes an address of its own.",
        )
    else:
        words = ngettext_noop(
            "%(count)s address of a calendar no longer works.",
            "%(count)s addresses of calendars no longer work.",
        )
    yield HandoverLine(Fate.ENDS, _feeds(plan).count(), words)


def _end(_actor: Actor, plan: ReorganisationPlan, changes: UndoList) -> None:
    changes.drop(_feeds(plan))


HANDOVERS = (Handover("theme"), Handover("feed", _lines, _end))
