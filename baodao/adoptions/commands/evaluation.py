"""Applying adopted policies to facts: what is said of each subject and period is kept, and what was
said before stays.

Nobody is judged here: results are proposals. Evaluation needs no rights, because nobody learns
anything by it.
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from uuid import UUID

from baodao.adoptions.models import Adoption, PolicyResult
from baodao.adoptions.queries.adoptions import adoption_rows
from baodao.adoptions.queries.subjects import PolicySubject, facts_of
from baodao.adoptions.rules.outcomes import PolicyOutcome, ResultState, outcome_of
from baodao.adoptions.rules.periods import open_periods
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.kernel.errors import Absent
from baodao.policies.rules.assessments import assess
from baodao.policies.rules.deeds import SubjectFacts
from baodao.policies.rules.windows import Days

MOST_ROWS = 1_000


@command
def evaluate(
    actor: Actor, *, adoption_id: UUID, subjects: Collection[PolicySubject], day: date
) -> int:
    """Say anew of these subjects what the policy says as of the end of a day, of every period that
    is not settled; returns how many results changed."""
    del actor  # done by itself
    adoption = locked_adoption(adoption_id)
    periods = list(open_periods(adoption.rules, adoption.time, day))
    return sum(_say(adoption, subjects, period, day) for period in periods)


@command
def note_evaluated(actor: Actor, *, adoption_id: UUID, until: datetime) -> None:  # noqa: ARG001
    """Note that everything recorded before an instant was looked at."""
    rows = Adoption.objects.filter(pk=adoption_id)
    rows.select_for_update(no_key=True).update(evaluated_at=until)


def locked_adoption(adoption_id: UUID) -> Adoption:
    """The adoption, for the one who evaluates it: what stands of nobody yet cannot be locked, and
    the night may begin while somebody has just adopted it. Raises `Absent`."""
    rows = adoption_rows().select_for_update(of=("self",), no_key=True)
    adoption = rows.filter(pk=adoption_id).first()
    if adoption is None:
        raise Absent("adoption")
    return adoption


def _say(adoption: Adoption, subjects: Collection[PolicySubject], period: Days, day: date) -> int:
    """Keep what the policy says of these subjects where it is not what stands."""
    as_of = clock.end_of(day)
    known = _standing(adoption, subjects, period)
    rows: list[PolicyResult] = []
    gone: list[UUID] = []
    for subject, facts in zip(subjects, facts_of(adoption, subjects, as_of), strict=True):
        outcome = said_of(adoption, facts, period, day)
        before = known.get(subject.key)
        if before is None and outcome.state is ResultState.APART:
            continue
        if before is not None:
            if (before.digest, before.place_id) == (outcome.digest, subject.place_id):
                continue
            gone.append(before.pk)
        rows.append(_row(adoption, subject, period, day, outcome))
    _keep(rows, gone)
    return len(rows)


def said_of(adoption: Adoption, facts: SubjectFacts, period: Days, day: date) -> PolicyOutcome:
    """What the policy of an adoption says of a subject as of the end of a day, of a period."""
    rules = adoption.rules
    about = min(day, period.last)
    return outcome_of(assess(rules, facts, day, about), rules, facts)


def _standing(
    adoption: Adoption, subjects: Iterable[PolicySubject], period: Days
) -> dict[str, PolicyResult]:
    """What stands of these subjects, locked, by their key."""
    rows = PolicyResult.objects.filter(adoption=adoption, period_from=period.first, until=None)
    persons = [one.person_id for one in subjects if one.person_id]
    places = [one.place_id for one in subjects if not one.person_id]
    rows = rows.filter(person__in=persons) if persons else rows.filter(place__in=places)
    rows = rows.select_for_update(no_key=True).order_by("pk").defer("lines", "left_out", "counted")
    return {str(row.person_id or row.place_id): row for row in rows}


def _row(
    adoption: Adoption, subject: PolicySubject, period: Days, day: date, outcome: PolicyOutcome
) -> PolicyResult:
    return PolicyResult(
        adoption=adoption,
        person_id=subject.person_id,
        place_id=subject.place_id,
        period_from=period.first,
        period_until=None if period.last == date.max else period.last,
        day=day,
        digest=outcome.digest,
        **outcome.columns,
    )


def _keep(rows: list[PolicyResult], gone: list[UUID]) -> None:
    PolicyResult.objects.filter(pk__in=gone).update(until=clock.now())
    PolicyResult.objects.bulk_create(rows, batch_size=MOST_ROWS)


@command
def leave(actor: Actor, *, adoption_id: UUID, person_ids: Collection[UUID], day: date) -> int:  # noqa: ARG001
    """Say of members who belong below the adoption no longer that it is not about them any more, of
    every period that is not settled."""
    adoption = locked_adoption(adoption_id)
    firsts = [one.first for one in open_periods(adoption.rules, adoption.time, day)]
    rows = PolicyResult.objects.filter(adoption=adoption, period_from__in=firsts, until=None)
    rows = rows.filter(person__in=person_ids).exclude(state=ResultState.APART)
    standing = list(rows.select_for_update(no_key=True).order_by("pk"))
    apart = PolicyOutcome(ResultState.APART)
    fresh = [
        PolicyResult(
            adoption=adoption,
            person_id=row.person_id,
            place_id=row.place_id,
            period_from=row.period_from,
            period_until=row.period_until,
            day=day,
            digest=apart.digest,
            **apart.columns,
        )
        for row in standing
    ]
    _keep(fresh, [row.pk for row in standing])
    return len(fresh)
