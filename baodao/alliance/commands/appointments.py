"""Appointments: booked by residents or for them, confirmed, moved, cancelled, ended, rated."""

from dataclasses import asdict, replace
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from baodao.accounts.queries import accounts_by_person
from baodao.alliance.models import AllianceService, Appointment
from baodao.alliance.queries.alliance import free_of, offered_services
from baodao.alliance.queries.appointments import (
    appointment_by_code,
    appointment_of,
    appointment_rows,
    check_movable,
    in_charge,
    is_past,
    visitors_to_forget,
)
from baodao.alliance.rules.appointments import (
    APPOINTMENT,
    BY_HAND,
    NOT_NEEDED,
    OUTCOMES,
    REMARK,
    AppointmentState,
    BookingFacts,
    BookingWay,
    VisitorWord,
    check_booking,
)
from baodao.alliance.rules.notices import OWN
from baodao.kernel import clock, journal
from baodao.kernel.authz import NOBODY, Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.hours import FreeHour, check_slot
from baodao.kernel.lives import check_reason
from baodao.kernel.locks import is_double, lock
from baodao.kernel.masks import check_purpose
from baodao.kernel.scope import within
from baodao.kernel.stages import move
from baodao.needs.queries.residents import page_by_token
from baodao.notices.commands.complaints import fresh_code
from baodao.notices.commands.notices import Message, announce
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import check_open, ids_below, places
from baodao.orgs.rules.tree import Kind
from baodao.ui.wording import span_words

FORGOTTEN: dict[str, object] = {
    "visitor": "",
    "phone_sealed": None,
    "consent": "",
    "place": "",
    "notes": "",
}


@command
def book(actor: Actor, *, token: str, service_id: UUID, facts: BookingFacts) -> Appointment:
    """Book on the residents' page of a community. It is nobody's account that books, even of
    somebody signed in. Raises `Absent` for an unknown token or service."""
    community = page_by_token(token).community
    who = NOBODY if actor.account_id else actor
    return _book(who, community, service_id, replace(facts, way=BookingWay.LINK))


@command
def book_by_hand(
    actor: Actor, *, community_id: int, service_id: UUID, facts: BookingFacts
) -> Appointment:
    """Book for somebody at the window or on the telephone; who offers confirms it, or the
    community for them."""
    rows = within(places(Kind.COMMUNITY), actor, Permission.ALLIANCE_EDIT, "path")
    community = rows.filter(pk=community_id).first()
    if community is None:
        raise Absent("community")
    if facts.way not in BY_HAND:
        raise Refused("need.source", gettext_noop("Choose how the community heard of it."))
    return _book(actor, community, service_id, facts)


def _book(
    actor: Actor, community: Organisation, service_id: UUID, facts: BookingFacts
) -> Appointment:
    """Who books at once waits at the service: the second finds the hour taken."""
    check_open(community)
    here = offered_services().filter(member__community__in=ids_below(community.path))
    service = lock(here, service_id)
    clean = check_booking(facts, at_home=service.at_home)
    slot = check_slot(clean.starts_at, free_of(service))
    kept = asdict(clean)
    phone = kept.pop("phone")
    row = Appointment(
        code=fresh_code(),
        community=community,
        service=service,
        ends_at=slot.ends_at,
        booked_at=clock.now(),
        booked_by=actor.name,
        **kept,
        **Appointment.phone.columns(phone),
    )
    _save(row)
    journal.write(actor, "appointment.booked", row.pk, community.pk, when=_when(row))
    _tell("appointment-booked", row)
    return row


def _save(row: Appointment, *columns: str) -> None:
    """Keep the hour; refused where the database holds another at it."""
    try:
        with transaction.atomic():
            row.save(update_fields=columns or None)
    except IntegrityError as error:
        if not is_double(error):
            raise
        check_slot(row.starts_at, ())


def _when(row: Appointment) -> str:
    return span_words(row.starts_at, row.ends_at)


def _tell(kind: str, row: Appointment) -> None:
    """Who offers, where they are a member who can sign in; else the community, which tells them."""
    person_id = row.service.member.person_id
    account = accounts_by_person([person_id]).get(person_id) if person_id else None
    to: dict[str, object] = (
        {"person_id": person_id, "url": OWN}
        if account is not None and account.is_active
        else {"organisation_id": row.community_id}
    )
    facts = {"title": row.service.title, "when": _when(row)}
    announce([Message(kind, about=row.pk, facts=facts, **to)])  # type: ignore[arg-type]


@command
def confirm_appointment(actor: Actor, *, appointment_id: UUID) -> Appointment:
    """Who offers, or the community for them, says that they will be there."""
    row = lock(in_charge(actor), appointment_id)
    APPOINTMENT.check(row.state, AppointmentState.BOOKED)
    move([row], AppointmentState.AGREED, clock.now(), confirmed_at=clock.now())
    journal.write(actor, "appointment.confirmed", row.pk, row.community_id)
    return row


@command
def move_appointment(actor: Actor, *, code: str, starts_at: datetime) -> Appointment:
    """Whoever knows the code takes another hour that is free; who offers confirms it anew. Raises
    `Absent`."""
    service = lock(offered_services(), appointment_by_code(code).service_id)
    row = lock(appointment_rows(), appointment_by_code(code).pk)
    check_movable(row)
    slot = check_slot(starts_at, free_of(service, besides=row.pk))
    _take(row, slot)
    who = NOBODY if actor.account_id else actor
    journal.write(who, "appointment.moved", row.pk, row.community_id, when=_when(row))
    _tell("appointment-booked", row)
    return row


def _take(row: Appointment, slot: FreeHour) -> None:
    row.starts_at, row.ends_at = slot.starts_at, slot.ends_at
    row.state, row.confirmed_at = AppointmentState.BOOKED, None
    _save(row, "starts_at", "ends_at", "state", "confirmed_at")


@command
def cancel_by_code(actor: Actor, *, code: str) -> Appointment:
    """Whoever knows the code needs it no more; the hour is free again. Raises `Absent`."""
    row = lock(appointment_rows(), appointment_by_code(code).pk)
    check_movable(row)
    _cancel(NOBODY if actor.account_id else actor, row, NOT_NEEDED)
    _tell("appointment-cancelled", row)
    return row


@command
def cancel_appointment(actor: Actor, *, appointment_id: UUID, reason: str) -> Appointment:
    """Who offers, or the community for them, cannot; who booked reads why under their code."""
    row = lock(in_charge(actor), appointment_id)
    APPOINTMENT.check(row.state, *APPOINTMENT.live)
    _cancel(actor, row, check_reason(reason))
    return row


def _cancel(actor: Actor, row: Appointment, reason: str) -> None:
    now = clock.now()
    move([row], AppointmentState.CANCELLED, now, ended_at=now, reason=reason)
    journal.write(actor, "appointment.cancelled", row.pk, row.community_id)


def cancel_all(actor: Actor, service: AllianceService, reason: str) -> None:
    """What is booked of a service that is offered no more; part of the command that ends it."""
    rows = Appointment.objects.filter(service=service, state__in=APPOINTMENT.live)
    for row in rows.select_for_update().order_by("pk"):
        _cancel(actor, row, reason)


@command
def note_outcome(actor: Actor, *, appointment_id: UUID, outcome: str) -> Appointment:
    """Whether it took place; that it did not is nobody's fault here and counts nowhere."""
    row = lock(in_charge(actor), appointment_id)
    if outcome not in OUTCOMES:
        raise Refused("appointment.outcome", gettext_noop("Press one of the two buttons."))
    if not is_past(row):
        raise Refused("appointment.ahead", gettext_noop("Its hour has not begun yet."))
    now = clock.now()
    move([row], AppointmentState(outcome), now, ended_at=now)
    words = AppointmentState(outcome).words
    journal.write(actor, "appointment.noted", row.pk, row.community_id, outcome=words)
    return row


@command
def answer_by_code(actor: Actor, *, code: str, word: str, remark: str = "") -> Appointment:
    """The visitor's own word, once; by it they say, too, that it took place. Raises `Absent`."""
    row = lock(appointment_rows(), appointment_by_code(code).pk)
    if word not in set(VisitorWord):
        raise Refused("need.word", gettext_noop("Press one of the three buttons."))
    if row.word:
        raise Refused("need.answered", gettext_noop("You have answered already. Thank you."))
    if not is_past(row):
        raise Refused("appointment.ahead", gettext_noop("Its hour has not begun yet."))
    now = clock.now()
    if row.state != AppointmentState.DONE:
        move([row], AppointmentState.DONE, now, ended_at=now)
    row.word, row.remark, row.rated_at = word, remark.strip()[:REMARK], now
    row.save(update_fields=["word", "remark", "rated_at"])
    who = NOBODY if actor.account_id else actor
    words = VisitorWord(word).words
    journal.write(who, "appointment.rated", row.pk, row.community_id, word=words)
    return row


@command
def withdraw_visitor(actor: Actor, *, code: str) -> Appointment:
    """Whoever knows the code takes back name, telephone and what they wrote. Raises `Absent`."""
    row = lock(appointment_rows(), appointment_by_code(code).pk)
    Appointment.objects.filter(pk=row.pk).update(**FORGOTTEN)
    who = NOBODY if actor.account_id else actor
    journal.write(who, "appointment.contact-forgotten", row.pk, row.community_id)
    return appointment_by_code(code)


@command
def forget_visitors(actor: Actor) -> int:
    """Forget who booked what was long ago; how many. Anybody may: what may be kept is not decided
    by who asks."""
    old = visitors_to_forget().select_for_update(of=("self",), no_key=True)
    rows = list(old.order_by("pk"))
    Appointment.objects.filter(pk__in=[row.pk for row in rows]).update(**FORGOTTEN)
    acts = [journal.Act("appointment.contact-forgotten", row.pk, row.community_id) for row in rows]
    journal.write_many(actor, acts)
    return len(rows)


@command
def unmask_visitor(actor: Actor, *, appointment_id: UUID, reason: str) -> str:
    """The visitor's telephone in clear, for the community; what for stands in the journal."""
    row = appointment_of(actor, appointment_id)
    phone = row.phone
    if not phone:
        raise Refused("need.no-number", gettext_noop("No telephone was left."))
    words = check_purpose(reason)
    journal.write(actor, "appointment.unmasked", row.pk, row.community_id, reason=words)
    return phone
