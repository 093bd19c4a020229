"""A round of reports for who receives them: who has submitted, what waits, who is late."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from baodao.insight.queries.words import period_words
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.batch import Batch
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.moments import AsOf, Period, periods_until
from baodao.orgs.requests import acting_for
from baodao.orgs.rules.policies import AUTHORITIES
from baodao.orgs.rules.tree import Kind
from baodao.reports.commands.submissions import acknowledge_reports, return_to_writer
from baodao.reports.models import ReportReceipt
from baodao.reports.queries.reports import receipts
from baodao.reports.queries.rounds import Round, round_of
from baodao.reports.rules.life import RoundPart
from baodao.reports.rules.plans import ReportKind, check_half, half_on
from baodao.ui.forms import ReturnForm
from baodao.ui.guards import asking, ids_of, reading, writing
from baodao.ui.listing import LONGEST
from baodao.ui.paging import Paging
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import bound, question, submit
from baodao.ui.wording import code_choices

RECEIVERS = AUTHORITIES | {Kind.COMMUNITY}


@reading
def received(request: ActorRequest) -> HttpResponse:
    """All reports of one kind and half-year."""
    place = acting_for(request, RECEIVERS, Permission.REPORT_RECEIVE)
    kind = request.GET.get("kind") or ReportKind.SUMMARY
    if kind not in set(ReportKind):
        raise Absent("kind")
    period = check_half(request.GET.get("period") or half_on(clock.today()), clock.today())
    context = {
        "place": place,
        **_narrowed(request, round_of(request.actor, place, ReportKind(kind), period)),
        "words": period_words(period),
        "kinds": [(one.value, gettext(one.words), one == kind) for one in ReportKind],
        "periods": _halves(period),
    }
    return render(request, "reports/received.html", context)


def _narrowed(request: ActorRequest, here: Round) -> dict[str, object]:
    """A round, and of it the units that are looked for."""
    part, words = request.GET.get("part", ""), request.GET.get("q", "").strip()[:LONGEST]
    return {
        "round": here,
        "listing": Paging(here.narrowed(part, words), request),
        "part": part,
        "parts": code_choices(RoundPart),
        "sought": words,
    }


def _halves(here: Period) -> list[tuple[str, str, bool]]:
    """The half-years that may be chosen."""
    today = clock.today()
    offered = periods_until(AsOf(clock.end_of(today), today))
    halves = [one for one in offered if "-H" in one.text]
    rows = halves if here in halves else [here, *halves]
    return [(one.text, period_words(one), one == here) for one in rows]


@writing
def acknowledge(request: ActorRequest) -> HttpResponse:
    """Acknowledge the ticked."""
    acting_for(request, RECEIVERS, Permission.REPORT_RECEIVE)
    act = partial(_acknowledge, ids_of(request))
    return submit(request, act, to=reverse("reports:received"), message=_done)


def _acknowledge(ticked: list[UUID], actor: Actor) -> Batch[ReportReceipt]:
    if not ticked:
        raise Refused("choice.empty", gettext_noop("Nobody is ticked. Tick at least one."))
    return acknowledge_reports(actor, receipt_ids=ticked)


def _done(count: int) -> str:
    return ngettext(
        "%(count)s report is acknowledged; the unit is told.",
        "%(count)s reports are acknowledged; the units are told.",
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
        gettext("Return the report of %(unit)s?") % {"unit": receipt.report.unit.name},
        gettext("Return"),
        gettext("The unit reads your remarks and draws up a new version."),
    )
    act = partial(return_to_writer, receipt_id=receipt.pk)
    message = gettext("Returned. The unit has been told.")
    return submit(request, act, to=reverse("reports:received"), message=message, page=page)
