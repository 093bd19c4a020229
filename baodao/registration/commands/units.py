"""驻区单位党组织报到: a unit presents its contact form, the community accepts or returns it."""

from dataclasses import dataclass, fields
from uuid import UUID

from baodao.documents.commands import Paper, next_numbers, register, revoke
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.locking import lock
from baodao.notices.commands.notices import Message, announce
from baodao.orgs.models import Organisation
from baodao.registration.models import UnitRegistration
from baodao.registration.queries import (
    chosen_community,
    live_unit_registration,
    require_unit,
    unit_registrations,
)
from baodao.registration.rules import UnitState, check_reason, letter_number, move_unit
from baodao.registration.rules.unit_papers import UNIT_CONTACT


@dataclass(frozen=True)
class UnitContact:
    """What a unit tells on its contact form; names and numbers are those of its office."""

    secretary: str
    contact_name: str
    contact_phone: str
    secretary_phone: str = ""
    resources: str = ""
    needs: str = ""


@command
def present_unit(
    actor: Actor, *, unit_id: int, community_id: int, contact: UnitContact
) -> UnitRegistration:
    """Put a numbered contact form before a community; a returned one keeps its number."""
    unit = require_unit(actor, Permission.UNIT_REGISTRATION_PRESENT, unit_id)
    _check_contact(contact)
    community = chosen_community(community_id)
    held = live_unit_registration(unit)
    verb = "unit-registration.presented-again" if held else "unit-registration.presented"
    registration = _again(held) if held else _fresh(unit)
    registration.community = community
    registration.state = UnitState.SUBMITTED
    registration.submitted_at = clock.now()
    registration.returned_reason = ""
    for field in fields(contact):
        setattr(registration, field.name, getattr(contact, field.name).strip())
    registration.save()
    if not held:
        register([_paper(registration)])
    number = letter_number(registration.year, registration.number)
    journal.write(
        actor,
        verb,
        registration.pk,
        community.pk,
        number=number,
        community=community.name,
    )
    facts = {"unit": unit.name}
    announce(
        [
            Message(
                "unit-presented",
                organisation_id=community.pk,
                about=registration.pk,
                facts=facts,
            )
        ]
    )
    return registration


def _paper(registration: UnitRegistration) -> Paper:
    return Paper(
        form=UNIT_CONTACT.code,
        organisation_id=registration.unit_id,
        unit=registration.unit.name,
        year=registration.year,
        number=registration.number,
        about=registration.pk,
    )


def _check_contact(contact: UnitContact) -> None:
    if not all(
        told.strip() for told in (contact.secretary, contact.contact_name, contact.contact_phone)
    ):
        raise Refused(
            "unit-registration.contact-missing",
            gettext_noop("Name the secretary, the contact person and their telephone."),
        )


def _again(held: UnitRegistration) -> UnitRegistration:
    if held.state == UnitState.ACCEPTED:
        raise Refused(
            "unit-registration.accepted",
            gettext_noop("%(community)s has accepted the unit already; end that contact first."),
            community=held.community.name,
        )
    move_unit(held.state, UnitState.SUBMITTED)
    return held


def _fresh(unit: Organisation) -> UnitRegistration:
    year = clock.today().year
    [number] = next_numbers(organisation_id=unit.pk, form=UNIT_CONTACT.code, year=year, count=1)
    return UnitRegistration(unit=unit, year=year, number=number)


@command
def accept_unit(actor: Actor, *, unit_registration_id: UUID) -> UnitRegistration:
    """The community becomes the unit's partner community."""
    registration = _locked(actor, Permission.UNIT_REGISTRATION_ACCEPT, unit_registration_id)
    registration.state = move_unit(registration.state, UnitState.ACCEPTED)
    registration.accepted_at = clock.now()
    registration.accepted_by = actor.name
    registration.save(update_fields=["state", "accepted_at", "accepted_by"])
    _told(actor, registration, "unit-registration.accepted", "unit-accepted", "")
    return registration


@command
def return_unit(actor: Actor, *, unit_registration_id: UUID, reason: str) -> UnitRegistration:
    """Give the contact form back with a reason; it may be presented again."""
    told = check_reason(reason)
    registration = _locked(actor, Permission.UNIT_REGISTRATION_ACCEPT, unit_registration_id)
    registration.state = move_unit(registration.state, UnitState.RETURNED)
    registration.returned_reason = told
    registration.save(update_fields=["state", "returned_reason"])
    _told(actor, registration, "unit-registration.returned", "unit-returned", told)
    return registration


@command
def end_unit(actor: Actor, *, unit_registration_id: UUID, reason: str) -> UnitRegistration:
    """The unit ends its contact with the community, or takes its form back before acceptance."""
    told = check_reason(reason)
    registration = _locked(actor, Permission.UNIT_REGISTRATION_PRESENT, unit_registration_id)
    registration.state = move_unit(registration.state, UnitState.ENDED)
    registration.ended_at = clock.now()
    registration.save(update_fields=["state", "ended_at"])
    revoke(about=registration.pk)
    _told(actor, registration, "unit-registration.ended", "unit-ended", told)
    return registration


def _locked(actor: Actor, permission: Permission, unit_registration_id: UUID) -> UnitRegistration:
    return lock(unit_registrations(actor, permission), unit_registration_id)


def _told(actor: Actor, registration: UnitRegistration, verb: str, kind: str, reason: str) -> None:
    """Journal in the community; tell the other side."""
    facts = {"community": registration.community.name, "unit": registration.unit.name}
    facts |= {"reason": reason} if reason else {}
    journal.write(actor, verb, registration.pk, registration.community_id, **facts)
    to_community = registration.state == UnitState.ENDED
    announce(
        [
            Message(
                kind,
                organisation_id=registration.community_id if to_community else registration.unit_id,
                about=registration.pk,
                facts=facts,
            )
        ]
    )
