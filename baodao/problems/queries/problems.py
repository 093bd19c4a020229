"""Problems in scope: with whom each lies and since when, what is overdue, who may own one."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, Exists, F, Max, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest

from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.kernel.prepared import Prepared
from baodao.kernel.questions import Question
from baodao.kernel.scope import within
from baodao.needs.rules.policies import KEPT_DAYS
from baodao.notices.queries.pending import PendingRows
from baodao.notices.rules.complaints import code_in
from baodao.orgs.models import Organisation
from baodao.orgs.queries.policies import days_ago
from baodao.orgs.queries.tree import organisations_anywhere
from baodao.orgs.rules.policies import AUTHORITIES
from baodao.orgs.rules.tree import PLACES, Kind
from baodao.problems.models import Escalation, PlaceProblem, ProblemClosure, ProblemTask
from baodao.problems.rules.problems import ProblemState

Problems = QuerySet[Any]
"""Problems with their `holder`, `since` and whether they are `late`."""

WAITING = Q(done_at=None, withdrawn_at=None)
"""Of tasks: neither done nor withdrawn."""
UNANSWERED = Q(answered_at=None, withdrawn_at=None)
"""Of whistles: neither answered nor withdrawn."""


def problem_rows() -> Problems:
    """Every problem with its `holder`: who was whistled for and has not answered, else who has the
    task that is due first, else its owner, and the place once its owner says that it is solved;
    `since` they have it, an owner anew once a whistle was answered or taken back; and whether it is
    `late`: it, a task or an answer is overdue."""
    called = Escalation.objects.filter(UNANSWERED, problem=OuterRef("pk"))
    going = ProblemTask.objects.filter(WAITING, problem=OuterRef("pk"))
    over: QuerySet[Any, Any] = Escalation.objects.filter(problem=OuterRef("pk")).order_by()
    over = over.values("problem").annotate(at=Max(Coalesce("withdrawn_at", "answered_at")))
    next_one, today = going.order_by("due_on", "pk"), clock.today()
    overdue = Q(due_on__lt=today) | Exists(called.filter(due_on__lt=today))
    columns: dict[str, Any] = {
        "holder": Coalesce(
            Subquery(called.values("receiver__name")[:1]),
            Subquery(next_one.values("owner__name")[:1]),
            Case(When(outcome_at=None, then=F("owner__name")), default=F("place__name")),
        ),
        "since": Coalesce(
            Subquery(called.values("sent_at")[:1]),
            Subquery(next_one.values("added_at")[:1]),
            F("outcome_at"),
            Greatest(F("assigned_at"), Subquery(over.values("at")[:1])),
        ),
        "late": Case(
            When(state=ProblemState.SOLVED, then=Value(False)),
            When(overdue | Exists(going.filter(due_on__lt=today)), then=Value(True)),
            default=Value(False),
        ),
    }
    return PlaceProblem.objects.select_related("place", "owner", "need").annotate(**columns)


def problems(actor: Actor) -> Problems:
    """What the actor reads: problems of their places, and those that an organisation of theirs has
    to solve, has or had a task of, or was whistled for."""
    return problem_rows().filter(pk__in=_readable(actor))


def _readable(actor: Actor) -> QuerySet[Any, Any]:
    rows = PlaceProblem.objects.order_by()
    paths = ("place__path", "owner__path", "tasks__owner__path", "escalations__receiver__path")
    return within(rows, actor, Permission.PROBLEM_READ, *paths).values("pk")


def problems_to_edit(actor: Actor) -> Problems:
    """Those that the actor looks after: of a community for who works in it, of an authority for who
    answers for it."""
    rows = problem_rows()
    here = within(rows.filter(place__kind=Kind.COMMUNITY), actor, Permission.PROBLEM_EDIT, _PLACE)
    above = rows.filter(place__kind__in=AUTHORITIES)
    return here | within(above, actor, Permission.PROBLEM_STEER, _PLACE)


_PLACE = "place__path"


def may_edit(actor: Actor, place: Organisation) -> bool:
    """Whether the actor looks after the problems of a place."""
    here = place.kind == Kind.COMMUNITY
    return actor.may(Permission.PROBLEM_EDIT if here else Permission.PROBLEM_STEER, place.path)


def problem_of(rows: Problems, problem_id: UUID) -> Any:
    """One of these rows. Raises `Absent`."""
    row = rows.filter(pk=problem_id).first()
    if row is None:
        raise Absent("problem")
    return row


def problems_in(actor: Actor, place: Organisation) -> Problems:
    """Problems of a place and below."""
    rows = within(problem_rows(), actor, Permission.PROBLEM_READ, _PLACE)
    return rows.filter(place__path__startswith=place.path)


def open_problems_in(actor: Actor, place: Organisation) -> Problems:
    """Those of them that wait to be solved, the most pressing first."""
    return problems_in(actor, place).filter(state=ProblemState.OPEN).order_by("due_on", "pk")


def tasks_in(actor: Actor, place: Organisation) -> QuerySet[ProblemTask]:
    """Tasks of the problems of a place and below."""
    rows = ProblemTask.objects.select_related("problem__place", "owner")
    rows = within(rows, actor, Permission.PROBLEM_READ, "problem__place__path")
    return rows.filter(problem__place__path__startswith=place.path)


def answering(rows: QuerySet[Any], actor: Actor, lookup: str) -> QuerySet[Any]:
    """Rows whose organisation at `lookup` the actor answers for: a unit or community where they
    work in it, an authority where they act for it; nobody answers for units below."""
    own, path = {f"{lookup}__kind__in": AUTHORITIES}, f"{lookup}__path"
    below = within(rows.exclude(**own), actor, Permission.PROBLEM_ANSWER, path)
    return below | within(rows.filter(**own), actor, Permission.PROBLEM_STEER, path)


def problems_to_solve(actor: Actor) -> Problems:
    """Those whose owner the actor answers for, and which others look after."""
    own = answering(problem_rows(), actor, "owner")
    return own.exclude(pk__in=problems_to_edit(actor).values("pk"))


def problems_to_report(actor: Actor) -> Problems:
    """Those of them that can be reported as solved now: open, not reported, and no task waits."""
    waiting = ProblemTask.objects.filter(WAITING, problem=OuterRef("pk"))
    rows = problems_to_solve(actor).filter(state=ProblemState.OPEN, outcome_at=None)
    return rows.filter(~Exists(waiting))


def tasks_to_end(actor: Actor) -> QuerySet[ProblemTask]:
    """Tasks that the actor may say are done: of organisations that they answer for, and of problems
    that they look after."""
    rows = ProblemTask.objects.select_related("problem__place", "owner")
    own = answering(rows, actor, "owner")
    edited = problems_to_edit(actor).values("pk")
    return rows.filter(Q(pk__in=own.values("pk")) | Q(problem__in=edited))


def escalations_to_answer(actor: Actor) -> QuerySet[Escalation]:
    """Whistles about problems for organisations that the actor answers for."""
    rows = Escalation.objects.select_related("problem__place", "receiver", "sender")
    return answering(rows, actor, "receiver")


def duties_of(actor: Actor, place: Organisation) -> dict[str, QuerySet[Any]]:
    """What an organisation has to do: problems it owns, tasks, and whistles that it has not
    answered, the most pressing first."""
    owned = problem_rows().filter(state=ProblemState.OPEN, owner=place, outcome_at=None)
    tasks = ProblemTask.objects.filter(WAITING, problem__state=ProblemState.OPEN, owner=place)
    calls = escalations_to_answer(actor).filter(UNANSWERED, receiver=place)
    rows = {
        "owned": answering(owned, actor, "owner"),
        "tasks": answering(tasks, actor, "owner"),
        "calls": calls,
    }
    rows["tasks"] = rows["tasks"].select_related("problem__place")
    return {name: some.order_by("due_on", "pk") for name, some in rows.items()}


def duty_count(actor: Actor, place: Organisation) -> Question[int]:
    """How many tasks an organisation has to do now, whistles to answer, and problems of other
    places to solve: what its own page of them lists, one by one."""
    return _DUTIES.number(actor, place)


def _duties(actor: Actor, place: Organisation) -> QuerySet[Any, Any]:
    """One row for each; who may answer for an organisation is asked of each in the same way."""
    rows = duties_of(actor, place)
    here = {"place__kind": place.kind, "place__path__startswith": place.path}
    owned = rows["owned"].exclude(**here)
    each = [some.order_by().values_list("pk") for some in (rows["tasks"], rows["calls"])]
    return owned.order_by().values_list("pk").union(*each, all=True)


_DUTIES = Prepared(_duties)


def ripe_problems(actor: Actor, place: Organisation) -> Question[list[tuple[Any, ...]]]:
    """Open problems of a place that whoever looks after them can close: whoever solves one says
    that it is solved, or its tasks are done; no task waits, and nobody was whistled for without an
    answer."""
    return _RIPE.question(actor, place)


def _ripe(actor: Actor, place: Organisation) -> QuerySet[Any, Any]:
    called = Escalation.objects.filter(UNANSWERED, problem=OuterRef("pk"))
    tasks = ProblemTask.objects.filter(problem=OuterRef("pk"))
    ended = ~Q(outcome_at=None) | Exists(tasks.exclude(done_at=None))
    waits = Exists(called) | Exists(tasks.filter(WAITING))
    rows = problems_to_edit(actor).filter(place__path__startswith=place.path)
    rows = rows.filter(~waits, ended, state=ProblemState.OPEN)
    return rows.select_related(None).order_by("due_on", "pk").values_list("pk", "text")


_RIPE = Prepared(_ripe)


def late_problems(actor: Actor, place: Organisation) -> Question[list[tuple[Any, ...]]]:
    """The problems of a place and below that are overdue, with whom each lies and since when, the
    longest first."""
    return _LATE.question(actor, place)


def _late(actor: Actor, place: Organisation) -> QuerySet[Any, Any]:
    rows = within(problem_rows(), actor, Permission.PROBLEM_READ, _PLACE)
    rows = rows.filter(place__path__startswith=place.path, late=True, state=ProblemState.OPEN)
    rows = rows.select_related(None).order_by("due_on", "pk")
    return rows.values_list("pk", "text", "holder", "since")


_LATE = Prepared(_late)


def overdue_escalations() -> QuerySet[Escalation]:
    """Whistles whose day is over and of which nobody was told yet."""
    rows = Escalation.objects.filter(UNANSWERED, overdue_told_at=None)
    return rows.filter(due_on__lt=clock.today()).order_by("pk")


def closures_until(as_of: datetime) -> QuerySet[ProblemClosure]:
    """How problems were closed that stood as solved at an instant."""
    rows = ProblemClosure.objects.filter(closed_at__lt=as_of)
    return rows.filter(Q(reopened_at=None) | Q(reopened_at__gte=as_of))


def closure_of(problem: PlaceProblem) -> ProblemClosure | None:
    """How a problem was closed that stands as solved."""
    return ProblemClosure.objects.filter(problem=problem, reopened_at=None).first()


def open_call_of(problem: PlaceProblem) -> Escalation | None:
    """The whistle about a problem that waits for an answer."""
    return problem.escalations.filter(UNANSWERED).select_related("receiver").first()


def owners_for(place: Organisation) -> QuerySet[Organisation]:
    """Who can be asked to solve something of a place: every open place and unit of its city."""
    rows = organisations_anywhere().filter(kind__in=(*PLACES, Kind.UNIT), closed_at=None)
    return rows.filter(path__startswith=place.path.split(".")[0] + ".")


def problem_by_code(code: str) -> Any:
    """The problem with this code, for whoever knows it. Raises `Absent`."""
    row = problem_rows().filter(code=code_in(code)).first() if code.strip() else None
    if row is None:
        raise Absent("problem")
    return row


def problems_from(actor: Actor, origin: str, ids: Iterable[UUID]) -> dict[UUID, PlaceProblem]:
    """By the needs, cards or opinions (`origin` is the column) of these ids the problems that were
    made of them, as far as the actor reads them."""
    rows = PlaceProblem.objects.filter(**{f"{origin}__in": list(ids)}, pk__in=_readable(actor))
    return {getattr(row, f"{origin}_id"): row for row in rows}


def problems_of_needs(ids: Iterable[UUID]) -> dict[UUID, PlaceProblem]:
    """By these needs the problems that were made of them, for whoever knows a need by its code."""
    rows = PlaceProblem.objects.filter(need__in=list(ids)).select_related("place")
    return {row.need_id: row for row in rows if row.need_id}


def problems_of_opinions(ids: Iterable[UUID]) -> dict[UUID, PlaceProblem]:
    """By these opinions the problems that were made of them, for whoever gave them."""
    rows = PlaceProblem.objects.filter(opinion__in=list(ids))
    return {row.opinion_id: row for row in rows if row.opinion_id}


def problem_from(
    *,
    need_id: UUID | None = None,
    card_id: UUID | None = None,
    opinion_id: UUID | None = None,
) -> UUID | None:
    """The problem that was made of a need, a card or an opinion; None where none was."""
    origins = {"need": need_id, "card": card_id, "opinion": opinion_id}
    origin = {name: key for name, key in origins.items() if key}
    rows = PlaceProblem.objects.filter(**origin) if origin else PlaceProblem.objects.none()
    return rows.values_list("pk", flat=True).first()


def problems_of_visits(visits: Collection[UUID]) -> QuerySet[PlaceProblem]:
    """The problems that were made of visits that the caller fetched through its scope."""
    return PlaceProblem.objects.filter(visit__in=visits).order_by("raised_at", "pk")


def askers_of_closed() -> QuerySet[PlaceProblem]:
    """Problems that still know who asked, though they were closed longer ago than that may be
    kept."""
    long_ago = ProblemClosure.objects.filter(
        problem=OuterRef("pk"), reopened_at=None, closed_at__lt=days_ago(KEPT_DAYS, _OF_PROBLEM)
    )
    known = PlaceProblem.objects.exclude(asker_sealed=None, phone_sealed=None)
    return known.filter(Exists(long_ago))


_OF_PROBLEM = "problem__place__path"


def _open_here() -> QuerySet[PlaceProblem]:
    return PlaceProblem.objects.filter(pk=OuterRef("about"), state=ProblemState.OPEN)


def _unsolved_here() -> QuerySet[PlaceProblem]:
    return _open_here().filter(outcome_at=None)


def _ripe_here() -> QuerySet[PlaceProblem]:
    waiting = ProblemTask.objects.filter(WAITING, problem=OuterRef("pk"))
    return _open_here().filter(~Exists(waiting))


PENDING: dict[str, PendingRows] = {
    "problem-assigned": _unsolved_here,
    "problem-declined": _unsolved_here,
    "problem-reopened": _unsolved_here,
    "problem-outcome": lambda: _open_here().exclude(outcome_at=None),
    "problem-ripe": _ripe_here,
    "problem-unsolved": _open_here,
    "problem-task": lambda: ProblemTask.objects.filter(WAITING, pk=OuterRef("about")),
    "problem-escalated": lambda: Escalation.objects.filter(UNANSWERED, pk=OuterRef("about")),
}
"""For which rows notices ask."""
