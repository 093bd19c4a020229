"""What of a settled period would be said otherwise now: kept beside the result, which stays, and
told to the unit and to the member."""

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import date, datetime
from uuid import UUID

from baodao.adoptions.commands.evaluation import locked_adoption, said_of
from baodao.adoptions.models import Adoption, LaterResult, PolicyResult
from baodao.adoptions.queries.subjects import PolicySubject, facts_of
from baodao.adoptions.rules.outcomes import PolicyOutcome, ResultState
from baodao.adoptions.rules.periods import open_periods
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.notices.commands.notices import Message, announce
from baodao.people.queries.members import unit_of
from baodao.policies.rules.windows import Days


@command
def note_later_results(
    actor: Actor, *, adoption_id: UUID, person_ids: Collection[UUID], day: date
) -> int:
    """Keep beside what was said of these members of settled periods what would be said as of the
    end of a day, where that is otherwise; returns how many are kept anew."""
    del actor  # done by itself
    adoption = locked_adoption(adoption_id)
    results = _settled(adoption, person_ids, day)
    known = {row.result_id: row for row in _standing(results)}
    rows: list[LaterResult] = []
    gone: list[UUID] = []
    for result, outcome in _outcomes(adoption, results, day):
        before = known.get(result.pk)
        is_same = outcome.digest == result.digest or outcome.state is ResultState.APART
        if before is not None and (is_same or before.digest != outcome.digest):
            gone.append(before.pk)
        if not is_same and (before is None or before.digest != outcome.digest):
            rows.append(_row(result, outcome, day))
    LaterResult.objects.filter(pk__in=gone).update(until=clock.now())
    LaterResult.objects.bulk_create(rows)
    announce(_messages(adoption, [row for row in rows if row.is_otherwise]))
    return len(rows)


_FOLLOWING = ("state", "extended", "grade", "star", "consequences", "ballots")
"""What of an outcome something can follow from."""


def _row(result: PolicyResult, outcome: PolicyOutcome, day: date) -> LaterResult:
    columns = outcome.columns
    differs = any(columns[name] != getattr(result, name) for name in _FOLLOWING)
    return LaterResult(
        result=result, is_otherwise=differs, digest=outcome.digest, day=day, **columns
    )


@command
def note_settled(actor: Actor, *, adoption_id: UUID, until: datetime) -> None:  # noqa: ARG001
    """Note that everything recorded before an instant was looked at for settled periods."""
    rows = Adoption.objects.filter(pk=adoption_id)
    rows.select_for_update(no_key=True).update(settled_at=until)


def _settled(adoption: Adoption, persons: Collection[UUID], day: date) -> list[PolicyResult]:
    """What stands of these members of periods that are settled before the day, locked."""
    goes_on = [one.first for one in open_periods(adoption.rules, adoption.time, day)]
    rows = PolicyResult.objects.filter(adoption=adoption, person__in=persons, until=None)
    rows = rows.exclude(period_from__in=goes_on).exclude(state=ResultState.APART)
    rows = rows.select_related("person", "place__parent").order_by("pk")
    return list(rows.select_for_update(of=("self",), no_key=True))


def _standing(results: list[PolicyResult]) -> Iterator[LaterResult]:
    rows = LaterResult.objects.filter(result__in=[row.pk for row in results], until=None)
    yield from rows.defer("lines", "left_out", "counted")


def _outcomes(
    adoption: Adoption, results: list[PolicyResult], day: date
) -> Iterator[tuple[PolicyResult, PolicyOutcome]]:
    """What would be said in the place of each result."""
    places = {row.person_id: row.place_id for row in results}
    subjects = [PolicySubject(place, person) for person, place in places.items()]
    facts = {one.key: one for one in facts_of(adoption, subjects, clock.end_of(day))}
    for row in results:
        period = Days(row.period_from, row.period_until or date.max)
        yield row, said_of(adoption, facts[str(row.person_id)], period, day)


def _messages(adoption: Adoption, rows: list[LaterResult]) -> Iterator[Message]:
    """To each unit, how many of its members it is about; to each of them."""
    what = adoption.version.name
    units = Counter(unit_of(row.result.place).pk for row in rows)
    for unit, count in units.items():
        facts: dict[str, str | int] = {"what": what, "count": count}
        yield Message("policy-later-results", organisation_id=unit, about=adoption.pk, facts=facts)
    for row in rows:
        person = row.result.person_id
        yield Message("policy-later-result", person_id=person, about=row.pk, facts={"what": what})
