"""Who offers and what: added, put right, ended; the hours of a service."""

from dataclasses import asdict, replace
from datetime import date
from uuid import UUID

from baodao.alliance.commands.appointments import APPOINTMENTS
from baodao.alliance.models import AllianceMember, AllianceService, ServiceDay
from baodao.alliance.queries.alliance import alliance_members, member_of, services_in_charge
from baodao.alliance.queries.appointments import appointment_rows
from baodao.alliance.rules.alliance import (
    WITHDRAWN,
    AllianceFacts,
    MemberKind,
    ServiceFacts,
    check_member,
    check_service,
)
from baodao.bookings.commands.bookings import cancel_all
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.hours import check_lengths, tidy_hours
from baodao.kernel.locks import lock
from baodao.kernel.masks import check_purpose
from baodao.kernel.scope import within
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import check_open, places
from baodao.orgs.rules.tree import Kind
from baodao.registration.queries.registrations import accepted_in
from baodao.registration.rules.states import State


@command
def add_member(actor: Actor, *, community_id: int, facts: AllianceFacts) -> AllianceMember:
    """Add a shop or a neighbour who offers, as they agreed with the community."""
    rows = within(places(Kind.COMMUNITY), actor, Permission.ALLIANCE_EDIT, "path")
    community = lock(rows, community_id)
    check_open(community)
    kept = _kept(actor, community, facts)
    row = AllianceMember.objects.create(
        community=community, joined_at=clock.now(), joined_by=actor.name, **kept
    )
    journal.write(actor, "alliance.joined", row.pk, community.pk)
    return row


def _kept(actor: Actor, community: Organisation, facts: AllianceFacts) -> dict[str, object]:
    """The columns of checked facts; the member of the number has to be registered here."""
    kept = asdict(check_member(facts))
    number, phone = kept.pop("number"), kept.pop("phone")
    person_id = None
    if number:
        here = accepted_in(actor, community).filter(state=State.ACCEPTED, person__number=number)
        registration = here.first()
        if registration is None:
            raise Refused(
                "alliance.number",
                gettext_noop("Nobody registered here has this volunteer number."),
            )
        person_id = registration.person_id
    return {**kept, "person_id": person_id, **AllianceMember.phone.columns(phone)}


@command
def edit_member(actor: Actor, *, member_id: UUID, facts: AllianceFacts) -> AllianceMember:
    """Put right who offers and how they are reached, which stays where none is told."""
    row = lock(alliance_members(actor).filter(ended_at=None), member_id)
    same = replace(facts, phone=facts.phone or row.phone)
    kept = _kept(actor, row.community, same)
    for name, value in kept.items():
        setattr(row, name, value)
    row.save(update_fields=list(kept))
    journal.write(actor, "alliance.edited", row.pk, row.community_id)
    return row


@command
def end_member(actor: Actor, *, member_id: UUID) -> AllianceMember:
    """Who offered does so no more: what is booked is cancelled, residents read it under their code,
    and how they were reached is forgotten."""
    row = lock(alliance_members(actor).filter(ended_at=None), member_id)
    services = AllianceService.objects.filter(member=row, ended_at=None)
    for service in services.select_for_update().order_by("pk"):
        _end(actor, service, row.community_id)
    row.ended_at, row.phone_sealed, row.consent, row.person_id = clock.now(), None, "", None
    if row.kind == MemberKind.NEIGHBOUR:
        row.name = ""
    row.save(update_fields=["ended_at", "phone_sealed", "consent", "person", "name"])
    journal.write(actor, "alliance.left", row.pk, row.community_id)
    return row


@command
def unmask_member(actor: Actor, *, member_id: UUID, reason: str) -> str:
    """The telephone in clear; what for stands in the journal."""
    row = member_of(actor, member_id)
    words = check_purpose(reason)
    journal.write(actor, "alliance.unmasked", row.pk, row.community_id, reason=words)
    return row.phone


@command
def publish_service(actor: Actor, *, member_id: UUID, facts: ServiceFacts) -> AllianceService:
    """Let residents book what somebody offers, from now on."""
    member = lock(alliance_members(actor).filter(ended_at=None), member_id)
    check_open(member.community)
    kept = _columns(facts)
    service = AllianceService.objects.create(member=member, published_at=clock.now(), **kept)
    journal.write(actor, "alliance.published", service.pk, member.community_id, title=service.title)
    return service


def _columns(facts: ServiceFacts) -> dict[str, object]:
    clean = check_service(facts)
    return {**asdict(clean), "weekly": list(clean.weekly)}


@command
def edit_service(actor: Actor, *, service_id: UUID, facts: ServiceFacts) -> AllianceService:
    """Change what is offered and its hours; what is booked stays as it is."""
    service = lock(services_in_charge(actor), service_id)
    kept = _columns(facts)
    for name, value in kept.items():
        setattr(service, name, value)
    service.save(update_fields=list(kept))
    scope = service.member.community_id
    journal.write(actor, "alliance.service-edited", service.pk, scope, title=service.title)
    return service


@command
def set_day(actor: Actor, *, service_id: UUID, on: date, hours: str) -> AllianceService:
    """Say at which hours of one day it is offered, or that it is not; what is booked stays until it
    is cancelled."""
    service = lock(services_in_charge(actor), service_id)
    if on < clock.today():
        raise Refused("alliance.past", gettext_noop("This day is over."))
    words = tidy_hours(hours)
    check_lengths(words, service.minutes)
    ServiceDay.objects.update_or_create(service=service, on=on, defaults={"hours": words})
    scope = service.member.community_id
    journal.write(actor, "alliance.day-set", service.pk, scope, on=on.isoformat())
    return service


@command
def give_back_day(actor: Actor, *, service_id: UUID, on: date) -> AllianceService:
    """Let the hours of the week hold on a day again."""
    service = lock(services_in_charge(actor), service_id)
    ServiceDay.objects.filter(service=service, on=on).delete()
    scope = service.member.community_id
    journal.write(actor, "alliance.day-given-back", service.pk, scope, on=on.isoformat())
    return service


@command
def discontinue_service(actor: Actor, *, service_id: UUID) -> AllianceService:
    """Let nothing be booked of it any more; what is booked is cancelled, and who booked it reads
    why under their code."""
    service = lock(services_in_charge(actor), service_id)
    _end(actor, service, service.member.community_id)
    return service


def _end(actor: Actor, service: AllianceService, scope: int) -> None:
    service.ended_at = clock.now()
    service.save(update_fields=["ended_at"])
    booked = appointment_rows().filter(service=service)
    cancel_all(actor, APPOINTMENTS, booked, WITHDRAWN)
    journal.write(actor, "alliance.discontinued", service.pk, scope, title=service.title)
