"""Numbers that units are to compare with the card, and what they have answered."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from baodao.identities.models import NumberCheck
from baodao.identities.rules.checks import CHECK, CheckState
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.prepared import Prepared
from baodao.kernel.questions import Question
from baodao.people.queries.members import current, memberships
from baodao.people.queries.numbers import contested_members


def open_checks() -> QuerySet[NumberCheck]:
    """What waits for a unit, while its member is one of two entries under one number."""
    contests = contested_members()
    parties = Q(person__in=contests.values("pk")) | Q(person__in=contests.values_list(F("holder")))
    members = Exists(current().filter(person=OuterRef("person")))
    rows = NumberCheck.objects.filter(members, parties, state=CheckState.WAITING)
    return rows.select_related("person").order_by("asked_at")


def waiting_checks(actor: Actor) -> QuerySet[NumberCheck]:
    """What waits for the actor's unit."""
    theirs = memberships(actor, Permission.PERSON_EDIT).filter(person=OuterRef("person"))
    return open_checks().filter(Exists(theirs))


def numbers_to_compare(actor: Actor) -> Question[int]:
    """How many numbers wait for the actor's unit to compare them with the card."""
    return _TO_COMPARE.number(actor)


def _to_compare(actor: Actor) -> QuerySet[NumberCheck, UUID]:
    return waiting_checks(actor).order_by().values_list("pk", flat=True)


_TO_COMPARE = Prepared(_to_compare)


def standing_checks(person_ids: Collection[UUID]) -> dict[UUID, NumberCheck]:
    """What was asked about the numbers that these persons have now, or was answered, by person."""
    rows = NumberCheck.objects.filter(person__in=person_ids, state__in=CHECK.live)
    return {row.person_id: row for row in rows}
