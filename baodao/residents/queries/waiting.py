"""What waits in the files of a community: measures that are due, files about to be deleted."""

from datetime import timedelta
from uuid import UUID

from django.db.models import (
    CharField,
    DateField,
    DateTimeField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    QuerySet,
    Value,
)

from baodao.accounts.queries import switches_in_force
from baodao.accounts.rules import HOUSEHOLD_FILES
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.prepared import Prepared
from baodao.kernel.questions import Question
from baodao.orgs.models import Organisation
from baodao.orgs.queries.policies import days_ahead
from baodao.residents.models import HouseholdFile, SupportMeasure
from baodao.residents.queries.files import Files, files, living
from baodao.residents.rules.policies import EXPIRY_DAYS

SOON = timedelta(days=3)
"""A measure that is due within three days stands among what waits."""

Ids = QuerySet[HouseholdFile, tuple[UUID]]


def due_count(actor: Actor, community: Organisation) -> Question[int]:
    """How many files of a community have a measure that is due within three days, or overdue."""
    return _DUE.number(actor, community)


def expiring_count(actor: Actor, community: Organisation) -> Question[int]:
    """How many files of a community are deleted soon unless their basis is renewed."""
    return _EXPIRING.number(actor, community)


def with_due_measure(rows: Files) -> Files:
    """Those of these files that have a measure due within three days, or overdue."""
    today = Value(clock.today(), output_field=DateField())
    step = Value(SOON, output_field=DurationField())
    soon = ExpressionWrapper(today + step, output_field=DateTimeField())
    due = SupportMeasure.objects.filter(file=OuterRef("pk"), ended_at=None, due_on__lte=soon)
    return rows.filter(Exists(due.order_by()))


def _here(actor: Actor, community: Organisation) -> Files:
    """The living files of a community, where files are switched on."""
    path = ExpressionWrapper(OuterRef("community__path"), output_field=CharField())
    switches = switches_in_force().filter(key=HOUSEHOLD_FILES).order_by().select_related(None)
    turned_on = switches.annotate(place=path).filter(place__startswith=F("organisation__path"))
    rows = living(files(actor)).filter(community__path__startswith=community.path)
    return rows.filter(Exists(turned_on)).order_by().select_related(None)


def _due(actor: Actor, community: Organisation) -> Ids:
    ids: Ids = with_due_measure(_here(actor, community)).values_list("pk")
    return ids


def _expiring(actor: Actor, community: Organisation) -> Ids:
    rows = _here(actor, community)
    soon = rows.filter(kept_until__lte=days_ahead(EXPIRY_DAYS, "community__path"))
    ids: Ids = soon.values_list("pk")
    return ids


_DUE, _EXPIRING = Prepared(_due), Prepared(_expiring)
