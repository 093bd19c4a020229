"""What is to be looked at again: by what was recorded, by time alone, by a tree that stands
otherwise."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from baodao.adoptions.models import Adoption, PolicyResult
from baodao.adoptions.queries.adoptions import adoption_rows, at_rest
from baodao.adoptions.queries.changes import changed_persons
from baodao.adoptions.queries.subjects import PolicySubject, subjects_among, subjects_of
from baodao.adoptions.rules.outcomes import ResultState
from baodao.adoptions.rules.periods import changes_by_time, open_periods
from baodao.kernel import clock
from baodao.orgs.queries.periods import changed_since
from baodao.policies.rules.measures import SubjectKind


@dataclass(frozen=True)
class EvaluationWork:
    """An adoption as of the end of a day: everybody it is about, or of whom something changed, a
    chunk at a time, and members whom it was about and is no longer."""

    adoption: Adoption
    day: date

    @property
    def is_whole(self) -> bool:
        """Whether everybody is to be looked at."""
        row = self.adoption
        if row.evaluated_at is None or row.subject != SubjectKind.PERSON:
            return True
        before = clock.local(row.evaluated_at).date() - timedelta(days=1)
        return changes_by_time(row.rules, before, self.day) or changed_since(row.evaluated_at)

    def chunks(self) -> Iterator[list[PolicySubject]]:
        """Whom to look at, a chunk at a time."""
        as_of = clock.end_of(self.day)
        if self.is_whole:
            yield from subjects_of(self.adoption, as_of)
        else:
            yield from subjects_among(self.adoption, self._changed(), as_of)

    def gone(self) -> set[UUID]:
        """Members whom the adoption was about and is no longer."""
        as_of = clock.end_of(self.day)
        rows = PolicyResult.objects.filter(
            adoption=self.adoption, until=None, person__isnull=False
        ).exclude(state=ResultState.APART)
        if not self.is_whole:
            rows = rows.filter(person__in=self._changed())
        persons = {key for key in rows.order_by().values_list("person", flat=True) if key}
        for chunk in subjects_among(self.adoption, persons, as_of):
            persons.difference_update(one.person_id for one in chunk)
        return persons

    def _changed(self) -> set[UUID]:
        since = self.adoption.evaluated_at
        assert since
        return changed_persons(since, clock.end_of(self.day))


def to_evaluate(day: date) -> list[UUID]:
    """The adoptions of which something is to be said as of the end of a day."""
    rows = adoption_rows().filter(from_on__lte=day)
    return [row.pk for row in rows if work_of(row.pk, day)]


def work_of(adoption_id: UUID, day: date) -> EvaluationWork | None:
    """What is to be looked at of an adoption; None where nothing is: it is at rest, it has no
    period that is not settled, or the day was looked at."""
    row = adoption_rows().filter(pk=adoption_id).first()
    if row is None:
        return None
    if row.evaluated_at is not None and row.evaluated_at >= clock.end_of(day):
        return None
    if at_rest(row) or not any(open_periods(row.rules, row.time, day)):
        return None
    return EvaluationWork(row, day)
