"""Appointments: booked by residents or for them, ended, rated; all else as every booking."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from baodao.accounts.queries import accounts_by_person
from baodao.alliance.models import AllianceService, Appointment
from baodao.alliance.queries.alliance import free_of, offered_services
from baodao.alliance.queries.appointments import (
    appointment_rows,
    appointments,
    in_charge,
    visitors_long_ago,
)
from baodao.alliance.rules.alliance import OUTCOMES, REMARK, VisitorWord
from baodao.alliance.rules.notices import OWN
from baodao.bookings.commands.bookings import check_by_hand, nobody_of, take_hour
from baodao.bookings.commands.kinds import BookableKind
from baodao.bookings.queries.bookings import booking_by_code
from baodao.bookings.rules.bookings import BookingFacts, BookingState, BookingWay
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.lives import check_length
from baodao.kernel.locks import lock
from baodao.kernel.scope import within
from baodao.kernel.stages import move
from baodao.needs.queries.residents import page_by_token
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import check_open, ids_below, places
from baodao.orgs.rules.tree import Kind


def _hold(service_id: UUID) -> AllianceService:
    return lock(offered_services(), service_id)


def _keeper(row: Appointment) -> Mapping[str, Any]:
    """Who offers, where they are a member who can sign in; else the community, which tells them."""
    person_id = row.service.member.person_id
    account = accounts_by_person([person_id]).get(person_id) if person_id else None
    if account is not None and account.is_active:
        return {"person_id": person_id, "url": OWN}
    return {"organisation_id": row.community_id}


APPOINTMENTS = BookableKind(
    model=Appointment,
    noun="appointment",
    what="service",
    rows=appointment_rows,
    kept=appointments,
    charge=in_charge,
    expired=visitors_long_ago,
    hold=_hold,
    free=free_of,
    keeper=_keeper,
    request="appointment-booked",
    release="appointment-cancelled",
    at_home=lambda service: service.at_home,
    has_outcome=True,
    known={"place": ""},
)


@command
def book(actor: Actor, *, token: str, service_id: UUID, facts: BookingFacts) -> Appointment:
    """Book on the residents' page of a community. Raises `Absent` for an unknown token or
    service."""
    community = page_by_token(token).community
    by_link = replace(facts, way=BookingWay.LINK)
    return _book(nobody_of(actor), community, service_id, by_link)


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
    check_by_hand(facts)
    return _book(actor, community, service_id, facts)


def _book(
    actor: Actor, community: Organisation, service_id: UUID, facts: BookingFacts
) -> Appointment:
    check_open(community)
    here = offered_services().filter(member__community__in=ids_below(community.path))
    if not here.filter(pk=service_id).exists():
        raise Absent("service")
    columns = {"community": community}
    return take_hour(actor, kind=APPOINTMENTS, what_id=service_id, facts=facts, columns=columns)


def _check_begun(row: Appointment) -> None:
    if not row.is_past:
        raise Refused("appointment.ahead", gettext_noop("Its hour has not begun yet."))


@command
def note_outcome(actor: Actor, *, booking_id: UUID, outcome: str) -> Appointment:
    """Whether it took place; that it did not is nobody's fault here and counts nowhere."""
    row = lock(in_charge(actor), booking_id)
    if outcome not in OUTCOMES:
        raise Refused("appointment.outcome", gettext_noop("Press one of the two buttons."))
    _check_begun(row)
    now = clock.now()
    move([row], BookingState(outcome), now, ended_at=now)
    words = BookingState(outcome).words
    journal.write(actor, "appointment.noted", row.pk, row.community_id, outcome=words)
    return row


@command
def answer_by_code(actor: Actor, *, code: str, word: str, remark: str = "") -> Appointment:
    """The visitor's own word, once; by it they say, too, that it took place. Raises `Absent`."""
    row = lock(appointment_rows(), booking_by_code(appointment_rows(), code).pk)
    if word not in set(VisitorWord):
        raise Refused("need.word", gettext_noop("Press one of the three buttons."))
    if row.word:
        raise Refused("need.answered", gettext_noop("You have answered already. Thank you."))
    _check_begun(row)
    now = clock.now()
    if row.state != BookingState.DONE:
        move([row], BookingState.DONE, now, ended_at=now)
    row.word, row.remark, row.rated_at = word, check_length(remark.strip(), REMARK), now
    row.save(update_fields=["word", "remark", "rated_at"])
    words = VisitorWord(word).words
    who = nobody_of(actor)
    journal.write(who, "appointment.rated", row.pk, row.community_id, word=words)
    return row
