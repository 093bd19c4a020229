"""Problems put on the list, given to whoever solves them, closed with evidence, opened again."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import IntegrityError

from baodao.appraisal.queries.cards import cards
from baodao.documents.sheets import paper_text
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.lives import check_length, check_reason
from baodao.kernel.locks import is_double, lock
from baodao.kernel.masks import check_purpose
from baodao.kernel.stages import move
from baodao.needs.queries.needs import need_of
from baodao.notices.commands.complaints import fresh_code
from baodao.notices.commands.notices import Message, NoticeFact, announce
from baodao.opinions.queries.rounds import answers_in
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import by_id, check_open, standing_of
from baodao.problems.models import Escalation, PlaceProblem, ProblemClosure, ProblemTask
from baodao.problems.queries.barriers import check_solvable
from baodao.problems.queries.problems import (
    askers_of_closed,
    closure_of,
    may_edit,
    owners_for,
    problem_from,
    problem_of,
    problems_to_edit,
)
from baodao.problems.rules.problems import (
    NAME,
    PROBLEM,
    SPOT,
    Duty,
    ProblemFacts,
    ProblemSource,
    ProblemState,
    check_due,
    check_evidence,
    check_problem,
    check_text,
)
from baodao.visits.commands.visits import check_usable
from baodao.visits.queries.visits import visit_to_use


@command
def raise_problem(actor: Actor, *, place_id: int, facts: ProblemFacts, duty: Duty) -> PlaceProblem:
    """Put a problem on the list of a place, with who solves it and by when. One that is made of a
    need, a feedback card or an opinion is made of it once; who asked stands there and not here."""
    check_problem(facts)
    place = by_id(place_id)
    if not may_edit(actor, place):
        raise Absent("organisation")
    check_open(place)
    _check_origin(actor, facts, place)
    return _listed(actor, place, facts, duty)


@command
def raise_from_visit(actor: Actor, *, visit_id: UUID, text: str, due_on: date) -> PlaceProblem:
    """Put what was seen or heard on a visit on the list of its community, which solves it until it
    names another: as who visited, while they are the contact, or as who screens needs there.
    Refused where the words tell who lives in a household."""
    visit = visit_to_use(actor, visit_id)
    check_usable(visit, text)
    place = standing_of(visit.community)
    check_open(place)
    facts = ProblemFacts(ProblemSource.VISIT, text, visit_id=visit.pk)
    check_problem(facts)
    return _listed(actor, place, facts, Duty(place.pk, due_on))


def _listed(actor: Actor, place: Organisation, facts: ProblemFacts, duty: Duty) -> PlaceProblem:
    """The problem as it is kept, once it is checked who may; its owner is told."""
    now = clock.now()
    sealed = {} if facts.need_id else {"asker": facts.asker[:NAME], "phone": facts.phone}
    problem = PlaceProblem(
        place=place,
        code=fresh_code(),
        source=facts.source,
        need_id=facts.need_id,
        card_id=facts.card_id,
        opinion_id=facts.opinion_id,
        visit_id=facts.visit_id,
        text=check_text(facts.text),
        spot=check_length(facts.spot.strip(), SPOT),
        owner=charged(place, duty),
        owner_name=check_length(duty.owner_name.strip(), NAME),
        due_on=duty.due_on,
        raised_at=now,
        assigned_at=now,
        raised_by=actor.name,
    )
    for name, value in sealed.items():
        setattr(problem, name, value)
    try:
        problem.save(force_insert=True)
    except IntegrityError as error:
        if not is_double(error):
            raise
        again = gettext_noop("It is on the list of problems already.")
        raise Refused("problem.twice", again) from error
    journal.write(actor, "problem.raised", problem.pk, place.pk)
    tell_owner(problem, "problem-assigned")
    return problem


def _check_origin(actor: Actor, facts: ProblemFacts, place: Organisation) -> None:
    """A need, card or opinion that is named is of the place, which the actor looks after. Raises
    `Absent`; refused where a problem was made of it already."""
    if facts.need_id:
        need = need_of(actor, Permission.NEED_SCREEN, facts.need_id)
        if not need.community.path.startswith(place.path):
            raise Absent("need")
    if facts.card_id:
        rows = cards(actor).filter(pk=facts.card_id, community__path__startswith=place.path)
        if not rows.exists():
            raise Absent("card")
    if facts.opinion_id:
        answers = answers_in(actor, Permission.OPINION_ASK).filter(pk=facts.opinion_id)
        if not answers.filter(round__asker__path__startswith=place.path).exists():
            raise Absent("opinion")
    if facts.visit_id:
        visit = visit_to_use(actor, facts.visit_id)
        if not visit.community.path.startswith(place.path):
            raise Absent("visit")
        check_usable(visit, facts.text)
    origin = {"need_id": facts.need_id, "card_id": facts.card_id, "opinion_id": facts.opinion_id}
    if problem_from(**origin) is not None:
        raise Refused("problem.twice", gettext_noop("It is on the list of problems already."))


def charged(place: Organisation, duty: Duty) -> Organisation:
    """Who is to do it, by a day that is not over. Raises `Absent`."""
    check_due(duty.due_on, clock.today())
    owner = owners_for(place).filter(pk=duty.owner_id).first()
    if owner is None:
        raise Absent("organisation")
    return owner


def day_words(row: PlaceProblem | ProblemTask | Escalation) -> str:
    """The day by which something is to be done, as a notice says it."""
    return paper_text(row.due_on, "day")


def tell_owner(problem: PlaceProblem, kind: str, **more: NoticeFact) -> None:
    """Whoever is to solve it, where that is not the place itself."""
    if problem.owner_id == problem.place_id:
        return
    facts = {"place": problem.place.name, "words": problem.text, "day": day_words(problem), **more}
    announce([Message(kind, organisation_id=problem.owner_id, about=problem.pk, facts=facts)])


def locked_problem(actor: Actor, problem_id: UUID) -> PlaceProblem:
    """One that the actor looks after, locked; raises `Absent`."""
    row: PlaceProblem = lock(problems_to_edit(actor), problem_id)
    return row


@command
def assign_problem(actor: Actor, *, problem_id: UUID, duty: Duty) -> PlaceProblem:
    """Say who solves it, and by when; whoever it is given to is told."""
    problem = locked_problem(actor, problem_id)
    PROBLEM.check(problem.state, ProblemState.OPEN)
    other = problem.owner_id != duty.owner_id
    problem.owner = charged(problem.place, duty)
    problem.owner_name, problem.due_on = check_length(duty.owner_name.strip(), NAME), duty.due_on
    problem.assigned_at = clock.now() if other else problem.assigned_at
    problem.save(update_fields=["owner", "owner_name", "due_on", "assigned_at"])
    if other:
        forget_outcome(problem)
    note_duty(actor, "problem.assigned", problem, duty, problem.owner.name)
    if other:
        tell_owner(problem, "problem-assigned")
    return problem


def note_duty(
    actor: Actor, verb: str, problem: PlaceProblem, duty: Duty, owner: str, words: str = ""
) -> None:
    """Journal who is to do something of a problem, and by when."""
    facts: dict[str, journal.Fact] = {"owner": owner, "due_on": duty.due_on.isoformat()}
    if words:
        facts["words"] = words
    journal.write(actor, verb, problem.pk, problem.place_id, **facts)


def forget_outcome(problem: PlaceProblem) -> None:
    """What was said to be done of a locked problem holds no more; the journal keeps it."""
    problem.outcome, problem.outcome_at, problem.outcome_by = "", None, ""
    problem.save(update_fields=["outcome", "outcome_at", "outcome_by"])


@command
def solve_problem(actor: Actor, *, problem_id: UUID, evidence: str) -> ProblemClosure:
    """Close it as solved, with the evidence in words. Refused while a task or a whistle waits, with
    what one can do about it."""
    words = check_evidence(evidence)
    problem = locked_problem(actor, problem_id)
    check_solvable(problem)
    now = clock.now()
    move([problem], ProblemState.SOLVED, now)
    journal.write(actor, "problem.solved", problem.pk, problem.place_id, reason=words)
    return ProblemClosure.objects.create(
        problem=problem,
        due_on=problem.due_on,
        owner_id=problem.owner_id,
        closed_at=now,
        closed_by=actor.name,
        evidence=words,
    )


@command
def reopen_problem(actor: Actor, *, problem_id: UUID, reason: str) -> PlaceProblem:
    """Let what was closed go on, for a reason; whoever solves it is told."""
    why = check_reason(reason)
    problem = locked_problem(actor, problem_id)
    PROBLEM.check(problem.state, ProblemState.SOLVED)
    closure = closure_of(problem)
    assert closure is not None
    open_again(actor, problem, closure, why)
    return problem


def open_again(actor: Actor, problem: PlaceProblem, closure: ProblemClosure, why: str) -> None:
    """Let a locked problem that was closed go on; whoever solves it is told."""
    now = clock.now()
    move([problem], ProblemState.OPEN, now, assigned_at=now)
    forget_outcome(problem)
    closure.reopened_at, closure.reopened_by, closure.reason = now, actor.name, why
    closure.save(update_fields=["reopened_at", "reopened_by", "reason"])
    journal.write(actor, "problem.reopened", problem.pk, problem.place_id, reason=why)
    tell_owner(problem, "problem-reopened", reason=why)


@dataclass(frozen=True)
class ProblemAsker:
    """Who asked and how they are reached, in clear."""

    name: str
    phone: str


@command
def unmask_asker(actor: Actor, *, problem_id: UUID, reason: str) -> ProblemAsker:
    """Who asked, in clear, for who looks after the problem; why stands in the journal."""
    words = check_purpose(reason)
    problem = problem_of(problems_to_edit(actor), problem_id)
    if not actor.may(Permission.PERSON_UNMASK, problem.place.path):
        raise Absent("problem")
    journal.write(actor, "problem.unmasked", problem.pk, problem.place_id, reason=words)
    return ProblemAsker(problem.asker, problem.phone)


@command
def forget_askers(actor: Actor) -> int:
    """Forget who asked for what was closed long ago; how many. Anybody may: what may be kept is not
    decided by who asks."""
    rows = list(askers_of_closed().select_for_update(of=("self",), no_key=True).order_by("pk"))
    kept = PlaceProblem.objects.filter(pk__in=[row.pk for row in rows])
    kept.update(asker_sealed=None, phone_sealed=None)
    acts = [journal.Act("problem.asker-forgotten", row.pk, row.place_id, {}) for row in rows]
    journal.write_many(actor, acts)
    return len(rows)
