"""Stored results of adopted policies: in scope, one's own, by place, as they were said once."""

from collections import Counter
from datetime import date
from uuid import UUID

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from baodao.adoptions.models import Adoption, PolicyResult
from baodao.adoptions.queries.adoptions import at_rest
from baodao.adoptions.rules.adoptions import needed_switches
from baodao.adoptions.rules.outcomes import MISSING_FIRST, ResultState
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.days import read_day
from baodao.kernel.errors import Absent
from baodao.kernel.prepared import Prepared
from baodao.kernel.questions import Question
from baodao.kernel.scope import own, within
from baodao.orgs.models import Organisation
from baodao.orgs.rules.tree import PLACES
from baodao.people.queries.members import memberships
from baodao.policies.rules.windows import Days
from baodao.registration.queries.registrations import registrations
from baodao.registration.rules.states import State

Results = QuerySet[PolicyResult]


def result_rows() -> Results:
    """Every result that stands, of adoptions that were not withdrawn, with what pages show."""
    rows = PolicyResult.objects.filter(until=None, adoption__withdrawn_at=None)
    rows = rows.exclude(state=ResultState.APART)
    return rows.select_related(
        "adoption__version", "adoption__organisation", "person", "place__parent"
    )


def with_urgency(rows: Results) -> Results:
    """Each says in `urgency` by what is to be done where it stands in a list: the most urgent state
    first, never how much somebody did."""
    order = Case(
        *(When(state=state, then=Value(place)) for place, state in enumerate(MISSING_FIRST)),
        output_field=IntegerField(),
    )
    return rows.annotate(urgency=order)


def results(actor: Actor) -> Results:
    """What stands of members whom the actor reads now, by their branch or by the community that has
    received them, of who belonged to a branch in scope then, and of organisations in scope."""
    now = memberships(actor, Permission.RECORD_READ).values("person")
    received = registrations(actor, Permission.RECORD_READ).filter(state=State.ACCEPTED)
    rows = result_rows()
    here = within(rows, actor, Permission.RECORD_READ, "place__path").order_by().values("pk")
    near = Q(person__in=now) | Q(person__in=received.order_by().values("person"))
    return rows.filter(Q(pk__in=here) | near)


def results_below(rows: Results, place: Organisation) -> Results:
    """Those of these that are about who belonged below a place, or is received there."""
    below = Q(place__path__startswith=place.path)
    if place.kind in PLACES:
        received = Q(
            person__registration__state=State.ACCEPTED,
            person__registration__community__path__startswith=place.path,
        )
        near = PolicyResult.objects.filter(below | received).order_by().values("pk")
        return rows.filter(pk__in=near)
    return rows.filter(below)


def results_of(
    actor: Actor, organisation: Organisation, period: Days, adoption: Adoption | None = None
) -> Results:
    """What stands of all below an organisation about a period, of one adoption or of all that are
    about just this period; nothing of those at rest."""
    rows = results_below(results(actor), organisation)
    rows = rows.filter(period_from=period.first, period_until=period.last)
    if adoption is not None:
        rows = rows.filter(adoption=adoption)
    return not_resting(rows)


def results_in(
    actor: Actor, place: Organisation, adoption: Adoption, first: date | None
) -> Results:
    """What stands of all below a place, by an adoption, of the period that begins on a day; of an
    adoption at rest nothing."""
    if first is None or at_rest(adoption):
        return result_rows().none()
    rows = results_below(results(actor), place)
    return rows.filter(adoption=adoption, period_from=first)


def not_resting(rows: Results) -> Results:
    """Those of these whose policy is not at rest."""
    adopted = Adoption.objects.filter(pk__in=rows.order_by().values("adoption"))
    resting = [
        row.pk
        for row in adopted.select_related("version", "organisation")
        if needed_switches(row.rules) and at_rest(row)
    ]
    return rows.exclude(adoption__in=resting) if resting else rows


def own_results(actor: Actor) -> Results:
    """What stands of the actor in person, the latest period first."""
    rows = own(result_rows(), actor).exclude(state=ResultState.APART)
    return not_resting(rows).order_by("-period_from", "adoption__organisation__path", "pk")


def own_present(actor: Actor) -> Question[list[PolicyResult]]:
    """To ask for what stands of the actor in person in the present periods."""
    return _OWN_PRESENT.question(actor).then(_not_at_rest)


def _not_at_rest(rows: list[PolicyResult]) -> list[PolicyResult]:
    return [row for row in rows if not at_rest(row.adoption)]


def _own_present(actor: Actor) -> Results:
    rows = present(own(result_rows(), actor), clock.today())
    return rows.order_by("adoption__organisation__path", "pk")


_OWN_PRESENT = Prepared(_own_present)


def results_of_person(actor: Actor, person_id: UUID) -> Results:
    """What stands of a member, as far as the actor reads it, the latest period first."""
    rows = not_resting(results(actor).filter(person=person_id))
    return rows.order_by("-period_from", "adoption__organisation__path", "pk")


def present(rows: Results, day: date) -> Results:
    """Those of these whose period has the day in it."""
    return rows.filter(Q(period_until=None) | Q(period_until__gte=day), period_from__lte=day)


def said_before(result: PolicyResult) -> Results:
    """What was said of the same before, for who may see the result, the latest first."""
    rows = PolicyResult.objects.filter(
        adoption=result.adoption_id,
        person=result.person_id,
        period_from=result.period_from,
        until__isnull=False,
    )
    if result.person_id is None:
        rows = rows.filter(place=result.place_id)
    return rows.order_by("-since")


def numbers_by_place(rows: Results) -> dict[int, Counter[str]]:
    """How many of these stand how, by the id of their place."""
    counted = rows.order_by().values_list("place", "state").annotate(count=Count("pk"))
    numbers: dict[int, Counter[str]] = {}
    for place, state, count in counted:
        numbers.setdefault(place, Counter())[state] += count
    return numbers


def result_of(actor: Actor, result_id: UUID) -> PolicyResult:
    """One that the actor reads; raises `Absent`."""
    row = not_resting(results(actor).filter(pk=result_id)).first()
    if row is None:
        raise Absent("result")
    return row


def periods_said(adoption: Adoption) -> dict[date, date | None]:
    """The periods of which something was said, the latest first: the first day and the last."""
    rows = PolicyResult.objects.filter(adoption=adoption, until=None).order_by("-period_from")
    return dict(rows.values_list("period_from", "period_until").distinct())


def period_at_day(periods: dict[date, date | None], day: str) -> date | None:
    """The first day of the period that an address names, else of the latest. Raises `Absent` for
    one of which nothing was said."""
    if not day:
        return next(iter(periods), None)
    first = read_day(day)
    if first not in periods:
        raise Absent("period")
    return first


def own_results_ever(actor: Actor) -> Results:
    """Everything that was ever said of the actor in person, also what something else took the place
    of, the latest first."""
    rows = PolicyResult.objects.select_related("adoption__version", "adoption__organisation")
    return own(rows, actor).order_by("-since", "-pk")
