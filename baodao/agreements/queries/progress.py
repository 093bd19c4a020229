"""How far a year is: counted from records and lists when somebody looks, beside what is wanted;
each number with the rows that it counts."""

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from baodao.agreements.models import Agreement
from baodao.agreements.queries.keeping import kept_clauses
from baodao.agreements.rules.agreements import ProgressPart
from baodao.agreements.rules.policies import LEAST_ACTIVITIES, LEAST_SERVICES
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.ledger.queries.records import Totals, between, record_rows, records, standing, totals_of
from baodao.offers.queries.offers import offer_rows
from baodao.orgs.queries.policies import values_at
from baodao.orgs.queries.tree import ids_below
from baodao.resources.queries.claims import agreed_between
from baodao.resources.queries.lists import project_rows
from baodao.resources.rules.lives import ListClaimState, ProjectState

Rows = QuerySet[Any]


class AgreementProgress(NamedTuple):
    """What was done in the year of an agreement so far, and the least that the authority of the
    unit wants."""

    activities: int
    least_activities: int
    services: Totals
    least_services: int
    lent: int
    projects: int
    clauses: int


def _days(row: Agreement) -> tuple[date, date]:
    """The year of an agreement, until the day on which it ended: what is over goes no further."""
    first, last = date(row.year, 1, 1), date(row.year, 12, 31)
    ended_on = clock.day_of(row.ended_at)
    return first, min(last, ended_on) if ended_on else last


def _span(row: Agreement, column: str) -> Q:
    first, last = _days(row)
    span = {f"{column}__gte": clock.midnight(first), f"{column}__lt": clock.end_of(last)}
    return Q(**span)


def _activities(row: Agreement) -> Rows:
    here = ids_below(row.community.path)
    rows = offer_rows().filter(community__in=here, organiser__path__startswith=row.unit.path)
    return rows.filter(_span(row, "starts_at"), recorded_at__isnull=False)


def _lent(row: Agreement) -> Rows:
    rows = agreed_between(row.unit, row.community, row.year)
    return rows.filter(_span(row, "starts_at"), resource__isnull=False, starts_at__lt=clock.now())


def _projects(row: Agreement) -> Rows:
    part = Q(unit=row.unit) | Q(claims__unit=row.unit, claims__state=ListClaimState.AGREED)
    rows = project_rows().filter(part, community__in=ids_below(row.community.path))
    done = {"ended_at__lt": row.ended_at} if row.ended_at else {}
    rows = rows.filter(_span(row, "ended_at"), state=ProjectState.DONE, **done)
    return rows.distinct()


def _served(row: Agreement, rows: Rows) -> Rows:
    here = ids_below(row.community.path)
    rows = rows.filter(community__in=here, branch__path__startswith=row.unit.path)
    return between(rows, *_days(row))


def progress_in(row: Agreement) -> AgreementProgress:
    """Activities that the unit held, services of its members in the community, resources that
    were lent, projects that are done; and clauses that both say were kept."""
    values = values_at(row.unit.path)
    return AgreementProgress(
        activities=_activities(row).count(),
        least_activities=values.of(LEAST_ACTIVITIES),
        services=totals_of(_served(row, record_rows())),
        least_services=values.of(LEAST_SERVICES),
        lent=_lent(row).count(),
        projects=_projects(row).count(),
        clauses=kept_clauses(row).count(),
    )


_PARTS: dict[str, Callable[[Agreement], Rows]] = {
    ProgressPart.ACTIVITIES: _activities,
    ProgressPart.LENT: _lent,
    ProgressPart.PROJECTS: _projects,
    ProgressPart.CLAUSES: kept_clauses,
}


def counted_rows(actor: Actor, row: Agreement, part: ProgressPart) -> Rows:
    """Exactly what a number of the progress counts; of services those that the actor reads."""
    if part == ProgressPart.SERVICES:
        return standing(_served(row, records(actor)))
    return _PARTS[part](row)
