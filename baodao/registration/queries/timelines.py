"""Timelines: what happened to a registration, who did it, when and why."""

from baodao.kernel import journal
from baodao.kernel.authz import Actor
from baodao.kernel.errors import Absent
from baodao.registration.models import Exemption, Registration, UnitRegistration
from baodao.registration.queries.exemptions import exemptions, own_exemptions
from baodao.registration.queries.registrations import own_registrations, registrations_of
from baodao.registration.queries.units import unit_registrations
from baodao.registration.rules.stories import STORIES
from baodao.ui.timelines import TimelineItem, told


def timeline(actor: Actor, registration: Registration) -> list[TimelineItem]:
    """The story of a registration the actor may see, oldest first; raises `Absent`."""
    theirs = (registrations_of(actor, registration.person), own_registrations(actor))
    if not any(rows.filter(pk=registration.pk).exists() for rows in theirs):
        raise Absent("registration")
    return _told(registration)


def unit_timeline(actor: Actor, registration: UnitRegistration) -> list[TimelineItem]:
    """The story of a unit's registration; raises `Absent`."""
    if not unit_registrations(actor).filter(pk=registration.pk).exists():
        raise Absent("unit registration")
    return _told(registration)


def exemption_timeline(actor: Actor, exemption: Exemption) -> list[TimelineItem]:
    """The story of an exemption; raises `Absent`."""
    seen = exemptions(actor).filter(pk=exemption.pk).exists()
    if not seen and not own_exemptions(actor).filter(pk=exemption.pk).exists():
        raise Absent("exemption")
    return _told(exemption)


def _told(row: Registration | UnitRegistration | Exemption) -> list[TimelineItem]:
    return told(journal.timeline(row.pk), STORIES)
