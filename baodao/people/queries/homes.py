"""Where members lived as it was known, for the slices above."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import F, Q, QuerySet

from baodao.kernel import clock
from baodao.people.models import FormerHome, Membership
from baodao.people.queries.members import ever

HomeTime = tuple[str, int, date, date]
"""Whose home (the id as a text), in which community, its first and last day."""


def homes_until(theirs: Any, as_of: datetime) -> Iterator[HomeTime]:
    """Where the members lived of whom a condition on a column `person` holds, and when, as it was
    known at an instant; a home without a beginning was theirs always."""
    rows = FormerHome.objects.filter(theirs, since__lt=as_of).order_by("since", "pk")
    for one in rows:
        until = _day(one.until) if one.until < as_of else date.max
        yield str(one.person_id), one.community_id, _day(one.since), until
    present = ever().filter(theirs, person__home_community__isnull=False).order_by("person")
    present = present.exclude(person__home_since__gte=as_of).distinct("person")
    columns = ("person", F("person__home_community"), F("person__home_since"))
    for person, place, since in present.values_list(*columns):
        yield str(person), place, _day(since) if since else date.min, date.max


def _day(instant: datetime) -> date:
    return clock.local(instant).date()


def moved_between(since: datetime, until: datetime) -> QuerySet[Membership]:
    """Memberships of everybody of whom another home became known between two instants."""
    within = Q(person__home_since__gte=since, person__home_since__lt=until)
    return Membership.objects.filter(within).order_by()
