"""What becomes of reports when a writer or a receiver is reorganised: drafts of a writer that ends
and what was returned to it are set aside; what a receiver has before it goes to who takes over from
it, unless it has the same report itself. What an authority asks goes with it to who takes over;
what was asked and is not answered goes to who takes over from the asked, unless it is asked the
same itself."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, QuerySet

from baodao.kernel.authz import Actor
from baodao.kernel.errors import gettext_noop, ngettext_noop
from baodao.orgs.rules.handovers import (
    Fate,
    Handover,
    HandoverLine,
    ReorganisationPlan,
    UndoList,
)
from baodao.reports.models import Report, ReportReceipt, ReportRequest, RequestLine
from baodao.reports.queries.requests import live_lines
from baodao.reports.rules.life import ReportState


def _drafts(plan: ReorganisationPlan) -> QuerySet[Report]:
    states = (ReportState.DRAFT, ReportState.RETURNED)
    return Report.objects.filter(writer__in=plan.ending, state__in=states).order_by("pk")


def _waiting(plan: ReorganisationPlan) -> QuerySet[ReportReceipt]:
    rows = ReportReceipt.objects.filter(acknowledged_at=None, report__state=ReportState.SUBMITTED)
    rows = rows.filter(receiver__in=plan.ending)
    return rows.exclude(report__receipts__receiver=plan.heir_id) if plan.heir_id else rows


def _draft_lines(plan: ReorganisationPlan) -> Iterator[HandoverLine]:
    words = ngettext_noop(
        "%(count)s draft or returned report is not submitted any more.",
        "%(count)s drafts or returned reports are not submitted any more.",
    )
    yield HandoverLine(Fate.ENDS, _drafts(plan).count(), words)


def _set_aside(_actor: Actor, plan: ReorganisationPlan, changes: UndoList) -> None:
    rows = list(_drafts(plan).select_for_update(of=("self",), no_key=True))
    changes.move(rows, ReportState.ASIDE)


def _receipt_lines(plan: ReorganisationPlan) -> Iterator[HandoverLine]:
    if plan.heir_id is None:
        words = ngettext_noop(
            "%(count)s report is acknowledged by nobody here any more.",
            "%(count)s reports are acknowledged by nobody here any more.",
        )
        yield HandoverLine(Fate.ENDS, _waiting(plan).count(), words)
        return
    words = ngettext_noop(
        "%(count)s report goes to the successor to be acknowledged.",
        "%(count)s reports go to the successor to be acknowledged.",
    )
    yield HandoverLine(Fate.GOES, _waiting(plan).count(), words)


def _hand_over(_actor: Actor, plan: ReorganisationPlan, changes: UndoList) -> None:
    if plan.heir_id is not None:
        changes.change(_waiting(plan), receiver_id=plan.heir_id)


def _requests(plan: ReorganisationPlan) -> QuerySet[ReportRequest]:
    return ReportRequest.objects.filter(sender__in=plan.ending, withdrawn_at=None).order_by("pk")


def _request_lines(plan: ReorganisationPlan) -> Iterator[HandoverLine]:
    count = _requests(plan).filter(pk__in=live_lines().values("request")).count()
    if plan.heir_id is None:
        words = ngettext_noop(
            "%(count)s request for a report is withdrawn.",
            "%(count)s requests for reports are withdrawn.",
        )
        yield HandoverLine(Fate.ENDS, count, words)
        return
    words = ngettext_noop(
        "%(count)s request for a report goes to the successor.",
        "%(count)s requests for reports go to the successor.",
    )
    yield HandoverLine(Fate.GOES, count, words)


def _requests_over(_actor: Actor, plan: ReorganisationPlan, changes: UndoList) -> None:
    if plan.heir_id is not None:
        changes.change(_requests(plan), sender_id=plan.heir_id)
    else:
        changes.change(_requests(plan), withdrawn_at=plan.at, withdrawn_because=plan.reason[:200])


def _unanswered(plan: ReorganisationPlan) -> QuerySet[RequestLine]:
    """Lines of what ends that are not answered; an answer that was returned is none."""
    answers = Report.objects.filter(state=ReportState.SUBMITTED).exclude(request_line=None)
    rows = RequestLine.objects.filter(organisation__in=plan.ending, ended_at=None)
    return rows.exclude(pk__in=answers.values("request_line")).order_by("pk")


def _doubled(plan: ReorganisationPlan) -> QuerySet[RequestLine]:
    """Of these what the successor is asked itself; where several that end were asked, all but the
    first."""
    rows, asks = _unanswered(plan), RequestLine.objects.filter(ended_at=None)
    own = asks.filter(organisation=plan.heir_id, request=OuterRef("request"))
    earlier = _unanswered(plan).filter(request=OuterRef("request"), pk__lt=OuterRef("pk"))
    return rows.filter(Exists(own) | Exists(earlier))


def _line_lines(plan: ReorganisationPlan) -> Iterator[HandoverLine]:
    ends = _unanswered(plan) if plan.heir_id is None else _doubled(plan)
    goes = ngettext_noop(
        "%(count)s report that was asked for is submitted by the successor.",
        "%(count)s reports that were asked for are submitted by the successor.",
    )
    yield HandoverLine(Fate.GOES, _unanswered(plan).exclude(pk__in=ends).count(), goes)
    words = ngettext_noop(
        "%(count)s report that was asked for is not asked for any more.",
        "%(count)s reports that were asked for are not asked for any more.",
    )
    yield HandoverLine(Fate.ENDS, ends.count(), words)


def _lines_over(_actor: Actor, plan: ReorganisationPlan, changes: UndoList) -> None:
    if plan.heir_id is None:
        changes.change(_unanswered(plan), ended_at=plan.at)
        return
    changes.change(_doubled(plan), ended_at=plan.at)
    changes.change(_unanswered(plan), organisation_id=plan.heir_id)


HANDOVERS = (
    Handover("report", _draft_lines, _set_aside, gettext_noop("reports")),
    Handover("report receipt", _receipt_lines, _hand_over, gettext_noop("receipts of reports")),
    Handover(
        "report request", _request_lines, _requests_over, gettext_noop("requests for reports")
    ),
    Handover("request line", _line_lines, _lines_over, gettext_noop("reports that were asked for")),
)
