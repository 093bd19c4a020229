"""What waits of requests for an authority: on its overview."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext, ngettext

from baodao.inquiries.queries.requests import WaitingRequest, live_lines, requests_to_answer
from baodao.insight.queries.tasks import OverviewTask, Tasks
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.prepared import Prepared
from baodao.kernel.questions import Question, together
from baodao.kernel.scope import within
from baodao.orgs.models import Organisation
from baodao.reports.queries.reports import receipts
from baodao.reports.rules.life import ReportState
from baodao.sentences.rules.sentences import names_text


def request_tasks(actor: Actor, place: Organisation) -> Question[Tasks]:
    """What waits for an authority that asked, or is asked itself: what to answer, answers to
    acknowledge, and whose is overdue."""
    return together(
        _request_tasks,
        asks=requests_to_answer(actor, place),
        came=_CAME.question(actor, place),
        late=overdue_names(actor, place),
    )


def _request_tasks(
    asks: list[WaitingRequest], came: list[tuple[UUID, UUID]], late: list[str]
) -> Tasks:
    title, see = gettext("Requests for reports"), gettext("See the answers")
    tasks = []
    if asks:
        words = ngettext(
            "%(n)s request is to be answered", "%(n)s requests are to be answered", len(asks)
        )
        only = asks[0].pk if len(asks) == 1 else None
        address = "inquiries:answer" if only else "inquiries:lines"
        act = (gettext("Answer the request"), address)
        tasks.append(OverviewTask(title, words % {"n": len(asks)}, *act, row=only))
    if came:
        words = ngettext("%(n)s answer to acknowledge", "%(n)s answers to acknowledge", len(came))
        address, row = _where(came)
        tasks.append(OverviewTask(title, words % {"n": len(came)}, see, address, row=row))
    if late:
        words = ngettext("%(n)s is overdue: %(names)s", "%(n)s are overdue: %(names)s", len(late))
        facts = {"n": len(late), "names": names_text(late)}
        tasks.append(OverviewTask(title, words % facts, see, "inquiries:requests"))
    return tasks


def _where(came: list[tuple[UUID, UUID]]) -> tuple[str, UUID | None]:
    """The page of what waits: the answer, where it is one; the request, where all are to one."""
    reports, occasions = zip(*came, strict=True)
    if len(reports) == 1:
        return "reports:report", reports[0]
    if len(set(occasions)) == 1:
        return "inquiries:request", occasions[0]
    return "inquiries:requests", None


def overdue_names(actor: Actor, place: Organisation) -> Question[list[str]]:
    """Whose answer to a place is overdue."""
    return _OVERDUE.question(actor, place).then(lambda names: list(dict.fromkeys(names)))


def _came(actor: Actor, place: Organisation) -> QuerySet[Any, Any]:
    rows = receipts(actor).filter(acknowledged_at=None, report__state=ReportState.SUBMITTED)
    rows = rows.filter(receiver=place).exclude(report__occasion=None)
    rows = rows.select_related(None).order_by("pk")
    return rows.values_list("report", "report__occasion")


def _overdue(actor: Actor, place: Organisation) -> QuerySet[Any, Any]:
    rows = within(live_lines(), actor, Permission.REPORT_REQUEST, "request__sender__path")
    rows = rows.filter(request__sender=place, request__due_on__lt=clock.today())
    rows = rows.select_related(None).order_by("organisation__path", "pk")
    return rows.values_list("organisation__name", flat=True)


_CAME, _OVERDUE = Prepared(_came), Prepared(_overdue)
