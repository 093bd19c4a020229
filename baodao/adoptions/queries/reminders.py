"""Which members are to be reminded that a window of an adopted policy ends."""

from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from baodao.adoptions.models import AdoptionReminder, PolicyResult
from baodao.adoptions.queries.adoptions import at_rest
from baodao.adoptions.queries.results import result_rows
from baodao.adoptions.rules.outcomes import ResultState
from baodao.kernel import clock
from baodao.notices.queries.pending import PendingRows


def _due() -> QuerySet[PolicyResult]:
    """What is still to be done and ends soon, of which nobody was reminded yet."""
    today = clock.today()
    sent = AdoptionReminder.objects.filter(
        adoption=OuterRef("adoption"), person=OuterRef("person"), ends_on=OuterRef("ends_on")
    )
    rows = result_rows().filter(state=ResultState.OPEN, person__isnull=False)
    return rows.filter(~Exists(sent), remind_on__lte=today, ends_on__gte=today).order_by("pk")


def to_remind() -> list[UUID]:
    """The results of which members are to be reminded today."""
    return list(_due().values_list("pk", flat=True))


def result_to_remind(result_id: UUID) -> PolicyResult | None:
    """One of them; None where nothing is to be said any more."""
    row = _due().filter(pk=result_id).first()
    return None if row is None or at_rest(row.adoption) else row


def _unanswered() -> QuerySet[AdoptionReminder]:
    """For which reminder a notice asks: as long as something is still to be done by its day."""
    still = PolicyResult.objects.filter(
        adoption=OuterRef("adoption"),
        person=OuterRef("person"),
        ends_on=OuterRef("ends_on"),
        state=ResultState.OPEN,
        until=None,
    )
    rows = AdoptionReminder.objects.filter(Exists(still), pk=OuterRef("about"))
    return rows.filter(ends_on__gte=clock.today())


PENDING: dict[str, PendingRows] = {"policy-window-ends": _unanswered}
"""For which rows notices ask."""
