"""Of whom something that policies count was recorded between two instants."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from baodao.appraisal.queries.cards import card_rows
from baodao.claims.queries.seats import every_seat
from baodao.exemptions.queries import decided_rows
from baodao.ledger.queries.records import record_rows
from baodao.partnership.queries import contacts_ever
from baodao.people.queries.homes import moved_between
from baodao.people.queries.members import recorded_memberships
from baodao.registration.queries.registrations import registration_rows

_WHEN = (
    (record_rows, ("recorded_at",)),
    (recorded_memberships, ("recorded_at", "closed_at")),
    (decided_rows, ("decided_at", "revoked_at")),
    (registration_rows, ("accepted_at", "ended_at")),
    (every_seat, ("since", "until")),
    (card_rows, ("signed_at", "withdrawn_at")),
)
"""The rows of which `subjects.queries.members` makes facts of members, and the instants by which
they come and go; a row that is added there needs its line here."""


def changed_persons(since: datetime, until: datetime) -> set[UUID]:
    """Everybody of whom something was recorded from `since` on and before `until`."""
    return {person for rows in _changed(since, until) for person in rows if person}


def _changed(since: datetime, until: datetime) -> Iterator[QuerySet[Any, UUID]]:
    for rows, columns in _WHEN:
        within = Q()
        for column in columns:
            within |= Q(**{f"{column}__gte": since, f"{column}__lt": until})
        plain: QuerySet[Any] = rows()
        plain = plain.select_related(None).filter(within).order_by()
        yield plain.values_list("person", flat=True).distinct()
    yield moved_between(since, until).values_list("person", flat=True)
    began = Q(accepted_at__gte=since, accepted_at__lt=until)
    contacts = contacts_ever().filter(began | Q(ended_at__gte=since, ended_at__lt=until))
    for path in contacts.order_by().values_list("unit__path", flat=True):
        theirs = recorded_memberships().filter(branch__path__startswith=path).order_by()
        yield theirs.values_list("person", flat=True).distinct()
