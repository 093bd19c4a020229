"""Steps towards solving a problem: given, done, withdrawn; who is concerned is told."""

from uuid import UUID

from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.kernel.lives import check_length, check_reason
from baodao.kernel.locks import lock
from baodao.notices.commands.notices import Message, NoticeFact, announce
from baodao.problems.commands.problems import (
    charged,
    day_words,
    locked_problem,
    note_duty,
)
from baodao.problems.models import PlaceProblem, ProblemTask
from baodao.problems.queries.barriers import check_task_waiting
from baodao.problems.queries.problems import (
    WAITING,
    may_edit,
    problems_to_edit,
    tasks_to_end,
)
from baodao.problems.rules.problems import (
    EVIDENCE,
    NAME,
    PROBLEM,
    Duty,
    ProblemState,
    check_text,
)


@command
def add_task(actor: Actor, *, problem_id: UUID, text: str, duty: Duty) -> ProblemTask:
    """A step towards solving it, with who does it and by when; they are told."""
    return append_task(actor, locked_problem(actor, problem_id), text, duty)


def append_task(actor: Actor, problem: PlaceProblem, text: str, duty: Duty) -> ProblemTask:
    """A task of a locked problem, for a slice that has checked who may give it."""
    PROBLEM.check(problem.state, ProblemState.OPEN)
    task = ProblemTask(
        problem=problem,
        text=check_text(text),
        owner=charged(problem.place, duty),
        owner_name=check_length(duty.owner_name.strip(), NAME),
        due_on=duty.due_on,
        added_at=clock.now(),
        added_by=actor.name,
    )
    task.save(force_insert=True)
    note_duty(actor, "problem.task-added", problem, duty, task.owner.name, task.text)
    _tell_owner(task, "problem-task", task.pk, day=day_words(task))
    return task


def _tell_owner(task: ProblemTask, kind: str, about: UUID, **more: NoticeFact) -> None:
    """Whoever does it, where that is not the place itself."""
    place = task.problem.place
    if task.owner_id != place.pk:
        facts = {"place": place.name, "words": task.text, **more}
        announce([Message(kind, organisation_id=task.owner_id, about=about, facts=facts)])


@command
def end_task(actor: Actor, *, task_id: UUID, result: str) -> ProblemTask:
    """Say that a task is done, and what came of it. The place is told of what others did, and that
    the problem can be closed once no task waits."""
    words = check_reason(result, EVIDENCE)
    task = lock(tasks_to_end(actor), task_id)
    check_task_waiting(task)
    task.done_at, task.done_by, task.result = clock.now(), actor.name, words
    task.save(update_fields=["done_at", "done_by", "result"])
    problem = task.problem
    facts = {"words": task.text, "owner": task.owner.name, "reason": words}
    journal.write(actor, "problem.task-ended", problem.pk, problem.place_id, **facts)
    if not may_edit(actor, problem.place):
        _tell_place(task)
    return task


def _tell_place(task: ProblemTask) -> None:
    """The place of the problem: what was done, and whether anything still waits."""
    problem = task.problem
    last = not problem.tasks.filter(WAITING).exists()
    facts: dict[str, NoticeFact] = {
        "owner": task.owner.name,
        "words": task.text,
        "reason": task.result,
        "problem": problem.text,
    }
    about = {"organisation_id": problem.place_id, "about": problem.pk}
    kind = "problem-ripe" if last else "problem-task-done"
    announce([Message(kind, facts=facts, **about)])  # type: ignore[arg-type]


@command
def withdraw_task(actor: Actor, *, task_id: UUID, reason: str) -> ProblemTask:
    """Take back a task that is not done, for a reason; whoever had it is told."""
    why = check_reason(reason)
    rows = ProblemTask.objects.select_related("problem__place", "owner")
    task = lock(rows.filter(problem__in=problems_to_edit(actor).values("pk")), task_id)
    check_task_waiting(task)
    PROBLEM.check(task.problem.state, ProblemState.OPEN)
    task.withdrawn_at, task.withdrawn_by, task.reason = clock.now(), actor.name, why
    task.save(update_fields=["withdrawn_at", "withdrawn_by", "reason"])
    problem = task.problem
    facts = {"words": task.text, "owner": task.owner.name, "reason": why}
    journal.write(actor, "problem.task-withdrawn", problem.pk, problem.place_id, **facts)
    _tell_owner(task, "problem-task-withdrawn", problem.pk, reason=why)
    return task
