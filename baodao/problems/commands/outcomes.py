"""What whoever solves a problem says was done, and what whoever asked says of it."""

from uuid import UUID

from baodao.kernel import clock, journal
from baodao.kernel.authz import NOBODY, Actor
from baodao.kernel.command import command
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.lives import check_length, check_reason
from baodao.kernel.locks import lock
from baodao.needs.rules.life import REMARK, AskerWord
from baodao.notices.commands.notices import Message, announce
from baodao.problems.commands.problems import (
    forget_outcome,
    locked_problem,
    open_again,
    tell_owner,
)
from baodao.problems.models import PlaceProblem, ProblemClosure
from baodao.problems.queries.barriers import check_rateable, check_reportable, check_reported
from baodao.problems.queries.problems import (
    closure_of,
    problem_by_code,
    problem_rows,
    problems_to_solve,
)
from baodao.problems.rules.problems import WordWay, check_evidence


@command
def state_outcome(actor: Actor, *, problem_id: UUID, outcome: str) -> PlaceProblem:
    """Whoever solves it says what was done, and by what one sees it; the place closes it, or asks
    them to go on. Refused while a task waits: the place could not close it."""
    words = check_evidence(outcome)
    problem: PlaceProblem = lock(problems_to_solve(actor), problem_id)
    check_reportable(problem)
    problem.outcome, problem.outcome_at, problem.outcome_by = words, clock.now(), actor.name
    problem.save(update_fields=["outcome", "outcome_at", "outcome_by"])
    facts = {"owner": problem.owner.name, "reason": words}
    journal.write(actor, "problem.outcome-stated", problem.pk, problem.place_id, **facts)
    words_of_notice = {**facts, "words": problem.text}
    about = {"organisation_id": problem.place_id, "about": problem.pk}
    announce([Message("problem-outcome", facts=words_of_notice, **about)])  # type: ignore[arg-type]
    return problem


@command
def decline_outcome(actor: Actor, *, problem_id: UUID, reason: str) -> PlaceProblem:
    """The place says that it is not solved yet, and why; whoever solves it goes on."""
    why = check_reason(reason)
    problem = locked_problem(actor, problem_id)
    check_reported(problem)
    forget_outcome(problem)
    facts = {"owner": problem.owner.name, "reason": why}
    journal.write(actor, "problem.outcome-declined", problem.pk, problem.place_id, **facts)
    tell_owner(problem, "problem-declined", reason=why)
    return problem


@command
def note_word(
    actor: Actor, *, problem_id: UUID, word: str, way: str, remark: str = ""
) -> ProblemClosure:
    """What whoever asked says of a problem that was closed, as they said it to the worker; where it
    is not solved yet, it is opened again."""
    if word not in set(AskerWord) or way not in set(WordWay):
        raise Refused("problem.word", gettext_noop("Choose what whoever asked says, and how."))
    return _keep_word(actor, locked_problem(actor, problem_id), word, way, remark)


@command
def answer_as_asker(actor: Actor, *, code: str, word: str, remark: str = "") -> ProblemClosure:
    """The word of who asked, said by themselves: whoever knows the code, once each time it was
    closed. Raises `Absent`."""
    who = NOBODY if actor.account_id else actor
    if word not in set(AskerWord):
        raise Refused("problem.word", gettext_noop("Press one of the three buttons."))
    problem = lock(problem_rows(), problem_by_code(code).pk)
    return _keep_word(who, problem, word, WordWay.LINK, remark)


def _keep_word(
    actor: Actor, problem: PlaceProblem, word: str, way: str, remark: str
) -> ProblemClosure:
    check_rateable(problem)
    closure = closure_of(problem)
    assert closure is not None
    closure.word, closure.word_way, closure.remark = word, way, check_length(remark.strip(), REMARK)
    closure.word_at, closure.word_by = clock.now(), actor.name
    closure.save(update_fields=["word", "word_way", "remark", "word_at", "word_by"])
    satisfied = AskerWord(word).words
    journal.write(actor, "problem.rated", problem.pk, problem.place_id, satisfied=satisfied)
    if word == AskerWord.NO:
        open_again(actor, problem, closure, closure.remark or NOT_SOLVED)
        facts = {"words": problem.text, "reason": closure.remark}
        about = {"organisation_id": problem.place_id, "about": problem.pk}
        if way == WordWay.LINK:
            announce([Message("problem-unsolved", facts=facts, **about)])  # type: ignore[arg-type]
    return closure


NOT_SOLVED = gettext_noop("Whoever asked says that it is not solved yet.")
"""The reason kept with what was opened again by the asker's word; shown translated."""
