"""What becomes of agreements when a unit or a community is reorganised: they say for ever what they
said, and are in force no longer; the successor makes its own."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet

from baodao.agreements.commands.agreements import message_to
from baodao.agreements.models import Agreement
from baodao.agreements.queries.agreements import agreement_rows, text_of
from baodao.agreements.rules.agreements import AGREEMENT, AgreementState
from baodao.kernel.authz import Actor
from baodao.kernel.errors import gettext_noop, ngettext_noop
from baodao.notices.commands.notices import Message, announce_handover
from baodao.orgs.rules.handovers import Fate, Handover, HandoverLine, ReorganisationPlan, UndoList


def _live(plan: ReorganisationPlan) -> QuerySet[Agreement]:
    mine = Q(unit__in=plan.hanging) | Q(community__in=plan.hanging)
    rows = Agreement.objects.select_related("unit", "community")
    return rows.filter(mine, state__in=AGREEMENT.live).order_by("pk")


def _lines(plan: ReorganisationPlan) -> Iterator[HandoverLine]:
    words = ngettext_noop(
        "%(count)s agreement ends and stays as it was; the successor makes its own.",
        "%(count)s agreements end and stay as they were; the successor makes its own.",
    )
    yield HandoverLine(Fate.ENDS, _live(plan).count(), words)


def _end(_actor: Actor, plan: ReorganisationPlan, changes: UndoList) -> None:
    rows = list(_live(plan).select_for_update(of=("self",), no_key=True))
    for row in agreement_rows().filter(pk__in=[row.pk for row in rows], text__isnull=True):
        changes.change(Agreement.objects.filter(pk=row.pk), text=dict(text_of(row)))
    changes.move(rows, AgreementState.ENDED, ended_at=plan.at, reason=plan.reason)
    announce_handover(changes, [_message(row, plan) for row in rows])


def _message(row: Agreement, plan: ReorganisationPlan) -> Message:
    """The side that goes on hears that it ended."""
    if row.unit_id in plan.hanging:
        reader, other = row.community, row.unit
    else:
        reader, other = row.unit, row.community
    return message_to(row, "agreement-ended", reader, other, reason=plan.reason)


HANDOVERS = (
    Handover("agreement", _lines, _end, gettext_noop("agreements of units and communities")),
    Handover("clause template"),
)
