"""问题清单, 任务清单, 责任清单 of a place, one problem, and what an organisation has to do."""

from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from baodao.documents.files import render as render_paper
from baodao.documents.views import paper_page
from baodao.kernel import clock, journal
from baodao.kernel.authz import Permission
from baodao.kernel.errors import Absent
from baodao.kernel.masks import masked_name, masked_phone
from baodao.orgs.models import Organisation
from baodao.orgs.requests import acting_for
from baodao.orgs.rules.tree import PLACES, Kind
from baodao.problems.documents import REGISTERS, register_item
from baodao.problems.models import PlaceProblem, ProblemTask
from baodao.problems.queries import problems as queries
from baodao.problems.queries.duties import duties_in
from baodao.problems.rules.problems import STORIES
from baodao.problems.tables import duties_spec, problems_spec, tasks_spec
from baodao.ui.guards import reading
from baodao.ui.listing import Listing, check_printable, paper_download
from baodao.ui.requests import ActorRequest
from baodao.ui.timelines import timeline_items


def _place(request: ActorRequest) -> Organisation:
    return acting_for(request, PLACES, Permission.PROBLEM_READ)


def _around(request: ActorRequest, place: Organisation, register: str) -> dict[str, object]:
    return {
        "place": place,
        "works": queries.may_edit(request.actor, place),
        "register": register,
        "form_code": REGISTERS[register][0].code,
    }


@reading
def problems(request: ActorRequest) -> HttpResponse:
    """问题清单: each with its owner, its day, and with whom it lies since when."""
    place = _place(request)
    listing = Listing(queries.problems_in(request.actor, place), request, problems_spec(place))
    return listing.response("problems/list.html", _around(request, place, "problems"))


@reading
def tasks(request: ActorRequest) -> HttpResponse:
    """任务清单: every step with who does it and by when."""
    place = _place(request)
    listing = Listing(queries.tasks_in(request.actor, place), request, tasks_spec(place))
    return listing.response("problems/list.html", _around(request, place, "tasks"))


@reading
def duties(request: ActorRequest) -> HttpResponse:
    """责任清单: who has what to do, in the order of the tree."""
    place = _place(request)
    listing = Listing(duties_in(request.actor, place), request, duties_spec())
    return listing.response("problems/list.html", _around(request, place, "duties"))


@reading
def paper(request: ActorRequest, register: str, ending: str) -> HttpResponse:
    """One of the three lists as a paper, to look at and as a file."""
    if register not in REGISTERS:
        raise Absent("paper")
    form, item = REGISTERS[register][0], register_item(request.actor, _place(request), register)
    check_printable(len(item["rows"]))  # type: ignore[arg-type]
    if ending != "html":
        return paper_download(request, render_paper(form.code, [item], form.file_in(ending)))
    return paper_page(request, form, [item])


@reading
def problem(request: ActorRequest, problem_id: UUID) -> HttpResponse:
    """One problem: with whom it lies, its tasks, its story, and what can be done next."""
    row = queries.problem_of(queries.problems(request.actor), problem_id)
    works = queries.problems_to_edit(request.actor).filter(pk=row.pk).exists()
    context = {
        "problem": row,
        "works": works,
        "reports": queries.problems_to_report(request.actor).filter(pk=row.pk).exists(),
        "may_name": row.place.kind != Kind.COMMUNITY,
        "closure": queries.closure_of(row),
        "asker": _asker(row) if works else "",
        "items": timeline_items(journal.timeline(row.pk), STORIES),
        "today": clock.today(),
    }
    return render(request, "problems/problem.html", context | _duties(request, row))


def _duties(request: ActorRequest, row: PlaceProblem) -> dict[str, object]:
    """Its tasks and whistles, which of them the reader may end or answer, and whether any of them
    is in the way of closing it."""
    calls = queries.escalations_to_answer(request.actor).filter(queries.UNANSWERED, problem=row)
    ends = queries.tasks_to_end(request.actor).filter(queries.WAITING, problem=row)
    uncalled = not row.escalations.filter(queries.UNANSWERED).exists()
    return {
        "uncalled": uncalled,
        "closable": uncalled and not row.tasks.filter(queries.WAITING).exists(),
        "tasks": sorted(row.tasks.select_related("owner"), key=_stage),
        "to_end": set(ends.values_list("pk", flat=True)),
        "calls": _calls(row),
        "to_answer": calls.first(),
    }


def _stage(task: ProblemTask) -> tuple[bool, bool, date, UUID]:
    """What waits comes first, what was withdrawn last."""
    return task.withdrawn_at is not None, task.done_at is not None, task.due_on, task.pk


def _calls(row: PlaceProblem) -> object:
    return row.escalations.select_related("receiver", "sender").order_by("-sent_at", "-pk")


def _asker(row: PlaceProblem) -> str:
    """Who asked, masked."""
    name, phone = row.asker, row.phone
    parts = (masked_name(name) if name else "", masked_phone(phone) if phone else "")
    return " ".join(filter(None, parts))


@reading
def ours(request: ActorRequest) -> HttpResponse:
    """What the organisation has to answer, to do and to solve, the most pressing first."""
    kinds = (Kind.UNIT, *PLACES)
    place = acting_for(request, kinds, Permission.PROBLEM_READ)
    context = {"place": place, "today": clock.today()}
    rows = queries.duties_of(request.actor, place)
    reports = queries.problems_to_report(request.actor).filter(pk__in=rows["owned"].values("pk"))
    context["to_state"] = set(reports.values_list("pk", flat=True))
    return render(request, "problems/ours.html", context | rows)
