"""What happens to a booking of any kind: taken, confirmed, moved, cancelled, forgotten.

Order of locks: what is booked, then the booking.
"""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from itertools import chain
from typing import Any, TypeVar
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from baodao.bookings.commands.kinds import BookableKind
from baodao.bookings.models import HourBooking
from baodao.bookings.queries.bookings import (
    ahead_of,
    booking_by_code,
    booking_of,
    check_movable,
    check_reachable,
)
from baodao.bookings.rules.bookings import (
    BOOKING,
    BY_HAND,
    NOT_NEEDED,
    BookingFacts,
    BookingState,
    check_booking,
)
from baodao.kernel import clock, journal
from baodao.kernel.authz import NOBODY, Actor
from baodao.kernel.command import command
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.hours import check_slot
from baodao.kernel.lives import check_reason
from baodao.kernel.locks import is_double, lock
from baodao.kernel.masks import check_purpose
from baodao.kernel.stages import move
from baodao.notices.commands.complaints import fresh_code
from baodao.notices.commands.notices import announce, announce_handover
from baodao.orgs.rules.handovers import UndoList

B = TypeVar("B", bound=HourBooking)
FORGOTTEN: dict[str, object] = {"visitor": "", "phone_sealed": None, "consent": "", "notes": ""}


def nobody_of(actor: Actor) -> Actor:
    """Who books or acts by a code: it is nobody's account, even of somebody signed in."""
    return NOBODY if actor.account_id else actor


def check_by_hand(facts: BookingFacts) -> None:
    """Refuse to take down what came by no way of a window."""
    if facts.way not in BY_HAND:
        raise Refused("need.source", gettext_noop("Choose how the community heard of it."))


def take_hour(
    actor: Actor,
    *,
    kind: BookableKind[B],
    what_id: UUID,
    facts: BookingFacts,
    columns: Mapping[str, Any],
) -> B:
    """Keep an hour of something; part of the command that books it. Who books at once waits at
    what is booked: the second finds the hour taken. `columns` are those that this kind adds."""
    what = kind.hold(what_id)
    clean = check_booking(facts, at_home=bool(kind.at_home and kind.at_home(what)))
    slot = check_slot(clean.starts_at, kind.free(what, None))
    kept = asdict(clean)
    phone = kept.pop("phone")
    if kind.at_home is None:
        kept.pop("place")
    kept |= {kind.what: what, "ends_at": slot.ends_at, "booked_by": actor.name, **columns}
    row = kind.model(
        code=fresh_code(), booked_at=clock.now(), **kept, **kind.model.phone.columns(phone)
    )
    _save(row)
    journal.write(actor, f"{kind.noun}.booked", row.pk, row.scope_id, when=row.when)
    if kind.confirms_by_hand and clean.way in BY_HAND:
        _confirm(actor, kind, row)
    else:
        announce(kind.note_to(kind.request, row, kind.keeper(row)))
    return row


def _save(row: HourBooking, *columns: str) -> None:
    """Keep the hour; refused where the database holds another at it."""
    try:
        with transaction.atomic():
            row.save(update_fields=columns or None)
    except IntegrityError as error:
        if not is_double(error):
            raise
        check_slot(row.starts_at, ())


@command
def confirm_booking(actor: Actor, *, kind: BookableKind[B], booking_id: UUID, hour: str) -> B:
    """Who offers or lends, or who keeps it for them, says yes to the hour that they read
    (`HourBooking.hour`), refused where who booked has moved it; who booked with an account is told,
    others read it under their code."""
    row = lock(kind.charge(actor), booking_id)
    BOOKING.check(row.state, BookingState.BOOKED)
    if hour != row.hour:
        raise Refused(
            "booking.moved",
            gettext_noop(
                "It was moved to another hour since you opened the page: %(when)s. Look at it, "
                "then confirm."
            ),
            when=row.when,
        )
    _confirm(actor, kind, row)
    announce(kind.note_to(kind.approval, row, kind.booker(row)))
    return row


def _confirm(actor: Actor, kind: BookableKind[B], row: B) -> None:
    move([row], BookingState.AGREED, clock.now(), confirmed_at=clock.now())
    journal.write(actor, f"{kind.noun}.confirmed", row.pk, row.scope_id)


@command
def move_booking(actor: Actor, *, kind: BookableKind[B], code: str, starts_at: datetime) -> B:
    """Whoever knows the code takes another hour that is free; it is confirmed anew. Raises
    `Absent`."""
    known = booking_by_code(kind.rows(), code)
    what = kind.hold(getattr(known, f"{kind.what}_id"))
    row = lock(kind.rows(), known.pk)
    check_movable(row)
    slot = check_slot(starts_at, kind.free(what, row.pk))
    row.at_hour(slot.starts_at, slot.ends_at)
    _save(row, "starts_at", "ends_at", "state", "confirmed_at")
    who = nobody_of(actor)
    journal.write(who, f"{kind.noun}.moved", row.pk, row.scope_id, when=row.when)
    announce(kind.note_to(kind.request, row, kind.keeper(row)))
    return row


@command
def cancel_by_code(actor: Actor, *, kind: BookableKind[B], code: str) -> B:
    """Whoever knows the code needs it no more; the hour is free again. Raises `Absent`."""
    row = lock(kind.rows(), booking_by_code(kind.rows(), code).pk)
    check_movable(row)
    _cancel(nobody_of(actor), kind, row, NOT_NEEDED)
    announce(kind.note_to(kind.release, row, kind.keeper(row)))
    return row


@command
def cancel_booking(actor: Actor, *, kind: BookableKind[B], booking_id: UUID, reason: str) -> B:
    """Who offers or lends cannot; who booked is told why, or reads it under their code."""
    row = lock(kind.charge(actor), booking_id)
    check_cancellable(row, kind)
    _cancel(actor, kind, row, check_reason(reason))
    announce(kind.note_to(kind.refusal, row, kind.booker(row), reason=row.why))
    return row


def check_cancellable(row: B, kind: BookableKind[B]) -> None:
    """Refuse to cancel for who keeps it what is over or, where nobody says afterwards what became
    of it, has begun."""
    if not kind.has_outcome:
        check_movable(row)
    BOOKING.check(row.state, *BOOKING.live)


def _cancel(actor: Actor, kind: BookableKind[B], row: B, reason: str) -> None:
    now = clock.now()
    move([row], BookingState.CANCELLED, now, ended_at=now, reason=reason)
    journal.write(actor, f"{kind.noun}.cancelled", row.pk, row.scope_id)


def cancel_all(actor: Actor, kind: BookableKind[B], rows: QuerySet[B], reason: str) -> int:
    """Cancel those of these that live, and tell who booked; how many. Part of the command that ends
    what is booked, or closes its hours."""
    live = rows.filter(state__in=BOOKING.live) if kind.has_outcome else ahead_of(rows)
    locked = list(live.select_for_update(of=("self",), no_key=True).order_by("pk"))
    for row in locked:
        _cancel(actor, kind, row, reason)
        announce(kind.note_to(kind.refusal, row, kind.booker(row), reason=row.why))
    return len(locked)


def cancel_with_place(
    changes: UndoList, kind: BookableKind[B], rows: QuerySet[B], at: datetime, reason: str
) -> None:
    """Cancel these, which live, because nobody takes over from the place where they are booked, so
    that it can be undone; who booked is told. Part of the act on the tree."""
    locked = list(rows.select_for_update(of=("self",), no_key=True).order_by("pk"))
    changes.move(locked, BookingState.CANCELLED, ended_at=at, reason=reason)
    notes = [kind.note_to(kind.refusal, row, kind.booker(row), reason=row.why) for row in locked]
    announce_handover(changes, chain.from_iterable(notes))


@command
def withdraw_visitor(actor: Actor, *, kind: BookableKind[B], code: str) -> B:
    """Whoever knows the code takes back name, telephone and what they wrote. Raises `Absent`."""
    row = lock(kind.rows(), booking_by_code(kind.rows(), code).pk)
    known = {name: value for name, value in kind.known.items() if name not in kind.kept_own}
    kind.rows().filter(pk=row.pk).update(**FORGOTTEN, **known)
    journal.write(nobody_of(actor), f"{kind.noun}.contact-forgotten", row.pk, row.scope_id)
    return booking_by_code(kind.rows(), code)


@command
def forget_visitors(actor: Actor, *, kind: BookableKind[B]) -> int:
    """Forget who booked what was long ago; how many. Anybody may: what may be kept is not decided
    by who asks."""
    old = kind.expired().select_for_update(of=("self",), no_key=True)
    rows = list(old.order_by("pk"))
    kind.rows().filter(pk__in=[row.pk for row in rows]).update(**FORGOTTEN, **kind.known)
    verb = f"{kind.noun}.contact-forgotten"
    journal.write_many(actor, [journal.Act(verb, row.pk, row.scope_id) for row in rows])
    return len(rows)


@command
def unmask_visitor(actor: Actor, *, kind: BookableKind[B], booking_id: UUID, reason: str) -> str:
    """The telephone in clear, for who keeps the bookings; what for stands in the journal."""
    row = booking_of(kind.kept(actor), booking_id)
    check_reachable(row)
    words = check_purpose(reason)
    journal.write(actor, f"{kind.noun}.unmasked", row.pk, row.scope_id, reason=words)
    return row.phone
