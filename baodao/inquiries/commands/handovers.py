"""What becomes of requests when who asks or who is asked is reorganised: what an authority asks
goes with it to who takes over; what was asked and is not answered goes to who takes over from the
asked, unless it is asked the same itself."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, QuerySet

from baodao.inquiries.models import ReportRequest, RequestLine
from baodao.inquiries.queries.requests import live_lines, unanswered
from baodao.kernel.authz import Actor
from baodao.kernel.errors import gettext_noop, ngettext_noop
from baodao.orgs.rules.handovers import (
    Fate,
    Handover,
    HandoverLine,
    ReorganisationPlan,
    UndoList,
)


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
    rows = RequestLine.objects.filter(organisation__in=plan.ending, ended_at=None)
    return unanswered(rows).order_by("pk")


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
    Handover(
        "report request", _request_lines, _requests_over, gettext_noop("requests for reports")
    ),
    Handover("request line", _line_lines, _lines_over, gettext_noop("reports that were asked for")),
)
