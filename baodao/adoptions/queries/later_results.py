"""What the records would say now of periods that are settled, beside what was said of them."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from baodao.adoptions.models import Adoption, LaterResult, PolicyResult
from baodao.adoptions.queries.adoptions import adoption_rows, at_rest
from baodao.adoptions.queries.changes import changed_persons
from baodao.adoptions.queries.subjects import CHUNK
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.scope import own
from baodao.policies.rules.measures import SubjectKind

DAY = timedelta(days=1)


@dataclass(frozen=True)
class SettledWork:
    """An adoption about members, as of the end of a day: those of whom something was recorded
    since settled periods were looked at last, a chunk at a time."""

    adoption: Adoption
    day: date

    def chunks(self) -> Iterator[list[UUID]]:
        """Whom to look at."""
        row = self.adoption
        persons = sorted(changed_persons(row.settled_at or row.adopted_at, clock.end_of(self.day)))
        for start in range(0, len(persons), CHUNK):
            yield persons[start : start + CHUNK]


def to_review(day: date) -> list[UUID]:
    """The adoptions of which settled periods are looked at again as of the end of a day."""
    rows = adoption_rows().filter(from_on__lte=day, subject=SubjectKind.PERSON)
    return [row.pk for row in rows if settled_work_of(row.pk, day)]


def settled_work_of(adoption_id: UUID, day: date) -> SettledWork | None:
    """What is to be looked at of an adoption; None where it is at rest or the day was looked at."""
    row = adoption_rows().filter(pk=adoption_id, subject=SubjectKind.PERSON).first()
    if row is None or at_rest(row):
        return None
    if row.settled_at is not None and row.settled_at >= clock.end_of(day):
        return None
    return SettledWork(row, day)


def later_rows() -> QuerySet[LaterResult]:
    """What stands now beside results."""
    rows = LaterResult.objects.filter(until=None, result__until=None)
    return rows.select_related("result__adoption__version")


def later_than(results: Collection[PolicyResult]) -> Mapping[UUID, LaterResult]:
    """What stands beside these results, which the caller may see, by their id."""
    rows = later_rows().filter(result__in=[row.pk for row in results])
    return {row.result_id: row for row in rows}


def having_later(rows: QuerySet[PolicyResult]) -> QuerySet[PolicyResult]:
    """Those of these beside which something else stands, of which something else could follow."""
    later = LaterResult.objects.filter(result=OuterRef("pk"), until=None, is_otherwise=True)
    return rows.filter(Exists(later))


def own_later_ever(actor: Actor) -> QuerySet[LaterResult]:
    """Everything that ever stood beside results of the actor in person, the latest first."""
    mine = own(PolicyResult.objects.all(), actor).order_by()
    rows = LaterResult.objects.filter(result__in=mine.values("pk"))
    rows = rows.select_related("result__adoption__version", "result__adoption__organisation")
    return rows.order_by("-since", "-pk")
