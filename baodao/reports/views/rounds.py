"""A round of reports for who receives them: who has submitted, what waits, who is late."""

from collections.abc import Sequence
from functools import partial
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.batch import Batch
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.moments import Period
from baodao.orgs.requests import acting_for
from baodao.orgs.rules.policies import AUTHORITIES
from baodao.orgs.rules.tree import Kind
from baodao.reports.commands.submissions import acknowledge_reports, return_to_writer
from baodao.reports.models import Report, ReportReceipt
from baodao.reports.queries.occasions import occasion_of
from baodao.reports.queries.reports import receipts
from baodao.reports.queries.rounds import Round, round_of
from baodao.reports.rules.life import REPORT, ReportState, RoundPart
from baodao.reports.rules.periods import period_shown, periods_to_choose
from baodao.reports.rules.plans import WRITERS, ReportPlan, plans_to
from baodao.ui.forms import ReturnForm
from baodao.ui.guards import asking, ids_of, reading, writing
from baodao.ui.listing import LONGEST
from baodao.ui.pages import page_before
from baodao.ui.paging import Paging
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import bound, question, submit
from baodao.ui.wording import code_choices, period_words

RECEIVERS = AUTHORITIES | {Kind.COMMUNITY, Kind.UNIT}


@reading
def received(request: ActorRequest) -> HttpResponse:
    """All reports of one kind and period."""
    place = acting_for(request, RECEIVERS, Permission.REPORT_RECEIVE)
    plans = plans_to(Kind(place.kind))
    plan = _plan(plans, request.GET.get("kind", ""))
    period = period_shown(plan.span, request.GET.get("period", ""), clock.today())
    context = {
        "place": place,
        **_narrowed(request, round_of(request.actor, place, plan.kind, period)),
        "words": period_words(period),
        "kinds": [(one.kind.value, gettext(one.kind.words), one is plan) for one in plans],
        "periods": _periods(plan, period),
        "writes": place.kind in WRITERS,
    }
    return render(request, "reports/received.html", context)


def _narrowed(request: ActorRequest, here: Round) -> dict[str, object]:
    """A round, and of it those that are looked for."""
    part, words = request.GET.get("part", ""), request.GET.get("q", "").strip()[:LONGEST]
    return {
        "round": here,
        "listing": Paging(here.narrowed(part, words), request),
        "part": part,
        "parts": code_choices(RoundPart),
        "sought": words,
    }


def _plan(plans: Sequence[ReportPlan], kind: str) -> ReportPlan:
    """The kind of report that is shown, the first where none is named."""
    plan = next((one for one in plans if kind in ("", one.kind)), None)
    if plan is None:
        raise Absent("kind")
    return plan


def _periods(plan: ReportPlan, here: Period) -> list[tuple[str, str, bool]]:
    """The periods that may be chosen."""
    offered = periods_to_choose(plan.span, clock.today())
    rows = offered if here in offered else [here, *offered]
    return [(one.text, period_words(one), one == here) for one in rows]


@writing
def acknowledge(request: ActorRequest) -> HttpResponse:
    """Acknowledge the ticked."""
    acting_for(request, RECEIVERS, Permission.REPORT_RECEIVE)
    act = partial(_acknowledge, ids_of(request))
    to = page_before(request, reverse("reports:received"))
    return submit(request, act, to=to, message=_done)


def _acknowledge(ticked: list[UUID], actor: Actor) -> Batch[ReportReceipt]:
    if not ticked:
        raise Refused("choice.empty", gettext_noop("Nobody is ticked. Tick at least one."))
    return acknowledge_reports(actor, receipt_ids=ticked)


def _done(count: int) -> str:
    return ngettext(
        "%(count)s report is acknowledged; who wrote it is told.",
        "%(count)s reports are acknowledged; who wrote them is told.",
        count,
    ) % {"count": count}


@asking
def return_report(request: ActorRequest, receipt_id: UUID) -> HttpResponse:
    """Give a report back with remarks."""
    receipt = receipts(request.actor).filter(pk=receipt_id).first()
    if receipt is None:
        raise Absent("receipt")
    page = question(
        bound(request, ReturnForm),
        gettext("Return the report of %(unit)s?") % {"unit": receipt.report.writer.name},
        gettext("Return"),
        gettext("Who wrote it reads your remarks and draws up a new version."),
    ).while_open(REPORT.move, receipt.report.state, ReportState.RETURNED)
    act = partial(return_to_writer, receipt_id=receipt.pk)
    message = gettext("Returned. Who wrote it has been told.")
    return submit(request, act, to=_round_url(request, receipt.report), message=message, page=page)


def _round_url(request: ActorRequest, report: Report) -> str:
    """Where the receiver sees a report among those that came with it."""
    occasion = occasion_of(request.actor, report)
    if occasion:
        return occasion.url
    query = urlencode({"kind": report.kind, "period": report.period_text})
    return f"{reverse('reports:received')}?{query}"
