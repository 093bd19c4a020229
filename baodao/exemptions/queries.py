"""Exemptions and delays: in scope, one's own, and in force on a day."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet

from baodao.exemptions.models import Exemption
from baodao.exemptions.rules.reasons import Effect
from baodao.exemptions.rules.states import EXEMPTION, ExemptionState
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.prepared import Prepared
from baodao.kernel.questions import Question
from baodao.kernel.scope import own
from baodao.notices.queries.pending import PendingRows
from baodao.orgs.models import Organisation
from baodao.people.queries.members import memberships


def _all() -> QuerySet[Exemption]:
    return Exemption.objects.select_related("person", "branch__parent")


def exemptions(
    actor: Actor, permission: Permission = Permission.REGISTRATION_READ
) -> QuerySet[Exemption]:
    """Requests and decisions about present members of branches on which the actor holds
    `permission`, whichever branch asked. Evidence may tell of an illness: it goes with the member,
    and a unit of before keeps its journal alone."""
    return _all().filter(person__in=memberships(actor, permission).values("person"))


def exemptions_of(organisation: Organisation) -> QuerySet[Exemption]:
    """Requests and decisions about the present members below an organisation the caller may see."""
    return _all().filter(
        person__memberships__closed_at=None,
        person__memberships__branch__path__startswith=organisation.path,
    )


def undecided(organisation: Organisation) -> Question[int]:
    """How many requests wait below an organisation the caller may see."""
    return _UNDECIDED.number(organisation)


def _undecided(organisation: Organisation) -> QuerySet[Exemption, UUID]:
    rows = exemptions_of(organisation).filter(state=ExemptionState.REQUESTED)
    return rows.order_by().values_list("pk", flat=True)


_UNDECIDED = Prepared(_undecided)


def own_exemptions(actor: Actor) -> QuerySet[Exemption]:
    """What was asked and decided about the actor in person."""
    return own(_all(), actor).order_by("-requested_at")


def in_force(on: date | None = None) -> QuerySet[Exemption]:
    """Approved, not revoked, begun and not over on the day."""
    day = on or clock.today()
    return Exemption.objects.filter(
        Q(to_on=None) | Q(to_on__gte=day), state=ExemptionState.APPROVED, from_on__lte=day
    )


def approved_until(as_of: datetime) -> QuerySet[Exemption]:
    """Everybody's approvals as they stood at an instant: decided before it, not revoked by then."""
    rows = Exemption.objects.filter(
        state__in=(ExemptionState.APPROVED, ExemptionState.REVOKED), decided_at__lt=as_of
    )
    return rows.filter(Q(revoked_at=None) | Q(revoked_at__gte=as_of))


def decided_rows() -> QuerySet[Exemption]:
    """Everything that was decided about anybody, for slices above."""
    return Exemption.objects.filter(decided_at__isnull=False)


def own_in_force(actor: Actor) -> Exemption | None:
    """What lets the actor in person off today."""
    return _OWN.first(actor)


_OWN = Prepared(lambda actor: own(in_force(), actor).order_by("pk")[:1])


def effects_in_force(person_ids: Collection[UUID]) -> dict[UUID, Effect]:
    """The effect of each person's exemption in force today; absent means none."""
    rows = in_force().filter(person__in=person_ids).values_list("person", "effect")
    return {person: Effect(effect) for person, effect in rows}


def live_exemption(person_id: UUID) -> Exemption | None:
    """The person's request or approval that has neither been refused nor revoked."""
    return _all().filter(person=person_id, state__in=EXEMPTION.live).first()


PENDING: dict[str, PendingRows] = {
    "exemption-requested": lambda: Exemption.objects.filter(
        pk=OuterRef("about"), state=ExemptionState.REQUESTED
    ),
}
"""For which rows notices ask."""
