"""How far a year is: counted from records and lists when somebody looks, beside what is wanted."""

from datetime import date
from typing import NamedTuple

from django.db.models import Q

from baodao.agreements.models import Agreement
from baodao.agreements.rules.policies import LEAST_ACTIVITIES, LEAST_SERVICES
from baodao.kernel import clock
from baodao.ledger.queries.records import Totals, between, record_rows, totals_of
from baodao.offers.queries.offers import offer_rows
from baodao.orgs.queries.policies import values_at
from baodao.orgs.queries.tree import ids_below
from baodao.resources.queries.claims import agreed_between
from baodao.resources.queries.lists import project_rows
from baodao.resources.rules.lives import ListClaimState, ProjectState


class AgreementProgress(NamedTuple):
    """What was done in the year of an agreement so far, and the least that the authority of the
    unit wants."""

    activities: int
    least_activities: int
    services: Totals
    least_services: int
    lent: int
    projects: int


def progress_in(row: Agreement) -> AgreementProgress:
    """Activities that the unit held, services of its members in the community, resources that
    were lent, projects that are done."""
    first, last = date(row.year, 1, 1), date(row.year, 12, 31)
    here = ids_below(row.community.path)
    span = {"starts_at__gte": clock.midnight(first), "starts_at__lt": clock.end_of(last)}
    organised = offer_rows().filter(community__in=here, organiser__path__startswith=row.unit.path)
    records = record_rows().filter(community__in=here, branch__path__startswith=row.unit.path)
    lent = agreed_between(row.unit, row.community).filter(
        resource__isnull=False, ends_at__lte=clock.now(), **span
    )
    part = Q(unit=row.unit) | Q(claims__unit=row.unit, claims__state=ListClaimState.AGREED)
    projects = project_rows().filter(part, community__in=here, year=row.year)
    values = values_at(row.unit.path)
    return AgreementProgress(
        activities=organised.filter(recorded_at__isnull=False, **span).count(),
        least_activities=values.of(LEAST_ACTIVITIES),
        services=totals_of(between(records, first, last)),
        least_services=values.of(LEAST_SERVICES),
        lent=lent.count(),
        projects=projects.filter(state=ProjectState.DONE).distinct().count(),
    )
