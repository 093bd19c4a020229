"""Which activities are over, and how well they worked, for their community and for units."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from baodao.attendance.models import ActivityEffect
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.scope import within
from baodao.ledger.queries.records import record_rows, records
from baodao.ledger.rules.records import Way
from baodao.offers.kinds.activity.kind import ACTIVITY
from baodao.offers.models import Offer
from baodao.offers.queries.offers import Counted, Offers, offers
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import ids_below
from baodao.people.queries.members import unit_column


def gradable(actor: Actor) -> Offers:
    """Activities that took place where the actor records services: over, and somebody came."""
    return offers(actor, Permission.RECORD_CREATE).filter(
        kind=ACTIVITY.code, recorded_at__isnull=False, ends_at__lte=clock.now()
    )


def activities_to_grade(actor: Actor, community: Organisation) -> Counted:
    """Those of a community, and of those that it took over from, with their `grade`; first what has
    none, then what was last."""
    present = ActivityEffect.objects.filter(offer=OuterRef("pk"), until=None)
    rows = gradable(actor).filter(community__in=ids_below(community.path))
    rows = rows.annotate(
        grade=Subquery(present.values("grade")),
        graded_by=Subquery(present.values("graded_by")),
        graded_at=Subquery(present.values("since")),
    )
    return rows.order_by(F("graded_at").asc(nulls_first=True), "-starts_at", "pk")


def present_effect(offer: Offer) -> ActivityEffect | None:
    """How an activity that the caller fetched through its scope is graded now; None for not yet."""
    return ActivityEffect.objects.filter(offer=offer, until=None).first()


def effects(actor: Actor) -> QuerySet[ActivityEffect]:
    """How well the activities worked whose services the actor reads: those in their communities,
    and those in which members of their units served."""
    served = records(actor).filter(way=Way.ACTIVITY).order_by()
    rows = ActivityEffect.objects.filter(until=None, offer__in=served.values("offer_id"))
    return rows.select_related("offer__community")


def units_served(offer_ids: Collection[UUID]) -> list[tuple[UUID, int]]:
    """Each of these activities with each unit of which a member served, for who tells them."""
    rows = record_rows().filter(offer_id__in=offer_ids, way=Way.ACTIVITY, branch__isnull=False)
    pairs = rows.order_by().values_list("offer_id", unit_column("branch", "pk"))
    return sorted(set(pairs), key=str)


def effects_of_unit(actor: Actor, unit: Organisation) -> QuerySet[ActivityEffect]:
    """How well the activities worked in which members of a unit or branch served, the last first;
    empty out of scope."""
    records = within(record_rows(), actor, Permission.CLAIM_MAKE, "branch__path")
    served = records.filter(branch__in=ids_below(unit.path), way=Way.ACTIVITY).order_by()
    rows = ActivityEffect.objects.filter(until=None, offer__in=served.values("offer_id"))
    return rows.select_related("offer__community").order_by("-offer__starts_at", "pk")


def effects_until(as_of: datetime) -> QuerySet[ActivityEffect]:
    """How every activity was graded at an instant, for the slices above."""
    rows = ActivityEffect.objects.filter(since__lt=as_of)
    return rows.filter(Q(until=None) | Q(until__gte=as_of))
