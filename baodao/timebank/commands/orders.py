"""Help ordered for hours: by the owner, or for them at the window and on the telephone."""

from dataclasses import replace
from uuid import UUID

from django.db import IntegrityError, transaction

from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.lives import check_reason
from baodao.kernel.locks import is_double, lock
from baodao.notices.commands.notices import Message, announce
from baodao.orgs.queries.tree import standing_of
from baodao.timebank.commands.accounts import held_by_hand, held_own
from baodao.timebank.commands.bookings import counter_of, post_minutes, settle
from baodao.timebank.models import TimeAccount, TimeOrder
from baodao.timebank.queries.accounts import account_rows, one_kin
from baodao.timebank.queries.orders import (
    order_in_charge,
    order_rows,
    orders_in_charge,
    own_order,
    paid_by,
)
from baodao.timebank.rules.accounts import BookingKind, check_enough
from baodao.timebank.rules.orders import (
    BY_HAND,
    TIME_ORDER,
    OrderWay,
    TimeOrderFacts,
    TimeOrderState,
    check_time_order,
)


@command
def order_help(actor: Actor, *, facts: TimeOrderFacts) -> TimeOrder:
    """Order help for oneself or for kin; the minutes are booked off at once."""
    account = held_own(actor)
    row = _order(actor, account, replace(facts, way=OrderWay.PHONE))
    if not (row.need_id or row.appointment_id):
        words = {"title": row.words}
        here = row.community_id
        announce([Message("time-ordered", organisation_id=here, about=row.pk, facts=words)])
    return row


@command
def order_by_hand(actor: Actor, *, account_id: UUID, facts: TimeOrderFacts) -> TimeOrder:
    """Order at the window or on the telephone for who owns the account, or out of the pool."""
    if facts.way not in BY_HAND:
        raise Refused("need.source", gettext_noop("Choose how the community heard of it."))
    return _order(actor, held_by_hand(actor, account_id), facts)


def _order(actor: Actor, account: TimeAccount, facts: TimeOrderFacts) -> TimeOrder:
    """The account is held: whoever orders at once waits, and finds what is left."""
    clean = check_time_order(facts)
    check_enough(clean.minutes, account.balance)
    kin = one_kin(account, clean.kin_id) if clean.kin_id else None
    row = TimeOrder(
        account=account,
        kin=kin,
        community=standing_of(account.community),
        words=clean.words,
        minutes=clean.minutes,
        way=clean.way,
        ordered_at=clock.now(),
        ordered_by=actor.name,
        **paid_by(clean.code),
    )
    _save(row)
    pair = (account, counter_of(account.community))
    post_minutes(actor, BookingKind.ORDERED, pair, row.minutes, order=row)
    words = {"minutes": row.minutes}
    journal.write(actor, "time.ordered", row.pk, row.community_id, **words)
    return row


def _save(row: TimeOrder) -> None:
    """Refused where the database holds another order that pays the same."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if not is_double(error):
            raise
        raise Refused(
            "time.paid", gettext_noop("What has this code is paid by an order already.")
        ) from error


def _lock_both(row: TimeOrder) -> tuple[TimeAccount, TimeOrder]:
    """The account of an order, then the order, both locked."""
    account = lock(account_rows(), row.account_id)
    return account, lock(order_rows(), row.pk)


@command
def cancel_own_order(actor: Actor, *, order_id: UUID) -> TimeOrder:
    """The help is needed no more; the minutes come back. Also while the time bank is off."""
    account, row = _lock_both(own_order(actor, order_id))
    TIME_ORDER.check(row.state, TimeOrderState.ORDERED)
    settle(actor, row, account, TimeOrderState.CANCELLED)
    return row


@command
def cancel_order(actor: Actor, *, order_id: UUID, reason: str) -> TimeOrder:
    """The help does not come; the minutes go back, and the owner reads why."""
    account, row = _lock_both(order_in_charge(actor, order_id))
    TIME_ORDER.check(row.state, TimeOrderState.ORDERED)
    settle(actor, row, account, TimeOrderState.CANCELLED, check_reason(reason))
    if account.person_id:
        words: dict[str, str | int] = {"title": row.words, "minutes": row.minutes}
        person = account.person_id
        announce([Message("time-cancelled", person_id=person, about=row.pk, facts=words)])
    return row


@command
def confirm_order(actor: Actor, *, order_id: UUID) -> TimeOrder:
    """The help came: what was booked off stays so."""
    row = lock(orders_in_charge(actor), order_id)
    TIME_ORDER.check(row.state, TimeOrderState.ORDERED)
    settle(actor, row, row.account, TimeOrderState.DONE)
    return row
