"""Booking: minutes from one account to another, both held; what is due of what was served.

Whoever books holds the account's row. The balance is kept beside the bookings, and the database
refuses one below 0, whoever books at once.
"""

from typing import Any
from uuid import UUID

from django.db.models import F

from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.kernel.locks import lock_many
from baodao.kernel.stages import move
from baodao.orgs.models import Organisation
from baodao.timebank.models import TimeAccount, TimeBooking, TimeKin, TimeOrder
from baodao.timebank.queries.accounts import account_rows, has_left, home_of, is_open_at
from baodao.timebank.queries.bookings import due_of, gift_of
from baodao.timebank.queries.orders import orders_to_settle, outcome_of
from baodao.timebank.rules.accounts import AccountEnding, AccountKind, BookingKind
from baodao.timebank.rules.orders import TimeOrderState


def counter_of(community: Organisation) -> TimeAccount:
    """The counter account of a community, made when it is first needed."""
    row, _is_new = TimeAccount.objects.get_or_create(
        kind=AccountKind.CLEARING, community=community, closed_at=None
    )
    return row


def post_minutes(
    actor: Actor,
    kind: BookingKind,
    accounts: tuple[TimeAccount, TimeAccount],
    minutes: int,
    **columns: Any,
) -> TimeBooking:
    """Book minutes from the first of two accounts to the second; the caller holds those of them
    that are no counter accounts, and has checked that there are enough."""
    payer, payee = accounts
    now = clock.now()
    row = TimeBooking.objects.create(
        kind=kind,
        payer=payer,
        payee=payee,
        minutes=minutes,
        booked_at=now,
        booked_by=actor.name,
        **{"of": now} | columns,
    )
    for account, change in ((payer, -minutes), (payee, minutes)):
        if account.kind != AccountKind.CLEARING and minutes:
            TimeAccount.objects.filter(pk=account.pk).update(balance=F("balance") + change)
            account.balance += change
    return row


def post_due(actor: Actor, account: TimeAccount) -> None:
    """Bring a locked account up to date: where it is kept, what became of its orders, what was
    served and put right since, what has expired; part of the command that holds it. Nothing while
    the time bank is off."""
    if not is_open_at(account.community):
        return
    _follow(account)
    for order in orders_to_settle(account):
        settle(actor, order, account, outcome_of(order))
    due, counter = due_of(account), counter_of(account.community)
    for credit in due.credits:
        post_minutes(
            actor,
            BookingKind.EARNED,
            (counter, account),
            credit.minutes,
            of=credit.deed.recorded_at,
            source=credit.deed.source_id,
            source_community_id=credit.deed.community_id,
            served_on=credit.deed.served_on,
            served=credit.deed.minutes,
        )
    for taking in due.takings:
        post_minutes(
            actor,
            BookingKind.TAKEN_BACK,
            (account, counter),
            taking.minutes,
            of=taking.deed.undone_at,
            source=taking.deed.source_id,
            source_community_id=taking.deed.community_id,
            served_on=taking.deed.served_on,
            served=taking.deed.minutes,
        )
    if due.expired:
        post_minutes(actor, BookingKind.EXPIRED, (account, counter), due.expired)


def _follow(account: TimeAccount) -> None:
    """A member's account goes along to the community in which they are registered now."""
    home = home_of(account.person_id) if account.person_id else None
    if home is not None and home.pk != account.community_id:
        account.community = home
        account.save(update_fields=["community"])


def settle(
    actor: Actor, order: TimeOrder, account: TimeAccount, outcome: TimeOrderState, reason: str = ""
) -> None:
    """Let an order of a locked account have its end: where the help did not come the minutes go
    back. Nothing where it has none yet."""
    if outcome == TimeOrderState.ORDERED:
        return
    now = clock.now()
    move([order], outcome, now, ended_at=now, reason=reason)
    verb = "time.order-done"
    if outcome == TimeOrderState.CANCELLED:
        verb = "time.order-cancelled"
        counter = counter_of(account.community)
        pair = (counter, account)
        post_minutes(actor, BookingKind.GIVEN_BACK, pair, order.minutes, order=order)
    journal.write(actor, verb, order.pk, order.community_id)


@command
def post_account(actor: Actor, *, account_id: UUID) -> None:
    """Bring one account up to date, and close that of somebody who left. Anybody may: what was
    served is not decided by who asks."""
    first = _twin(account_id)
    keys = [account_id] if first is None else [account_id, first.pk]
    rows_by_id = {row.pk: row for row in lock_many(account_rows().filter(closed_at=None), keys)}
    account = rows_by_id[account_id]
    post_due(actor, account)
    if first is not None:
        _join(actor, account, rows_by_id[first.pk])
    elif has_left(account) and is_open_at(account.community):
        close(actor, account, AccountEnding.LEFT)


def _twin(account_id: UUID) -> TimeAccount | None:
    """The earlier account of the same person, where two entries of them were merged."""
    rows = account_rows().filter(closed_at=None)
    account = rows.filter(pk=account_id, person__isnull=False).first()
    if account is None:
        return None
    first = rows.filter(person=account.person_id).order_by("opened_at", "pk").first()
    return None if first is None or first.pk == account.pk else first


def _join(actor: Actor, account: TimeAccount, first: TimeAccount) -> None:
    if account.balance:
        for lot in gift_of(account, account.balance):
            post_minutes(actor, BookingKind.JOINED, (account, first), lot.minutes, of=lot.since)
    TimeKin.objects.filter(account=account).update(account=first)
    TimeOrder.objects.filter(account=account).update(account=first)
    _end(actor, account, AccountEnding.JOINED)


def close(actor: Actor, account: TimeAccount, ending: AccountEnding) -> None:
    """Close a locked account: help that has not come is cancelled, what it held is booked out, and
    who its kin are is forgotten."""
    for order in account.orders.filter(state=TimeOrderState.ORDERED).order_by("pk"):
        settle(actor, order, account, TimeOrderState.CANCELLED)
    if account.balance:
        pair = (account, counter_of(account.community))
        post_minutes(actor, BookingKind.CLOSED, pair, account.balance)
    over = {"name_sealed": None, "consent": "", "ended_at": clock.now()}
    account.kin.filter(ended_at=None).update(**over)
    _end(actor, account, ending)


def _end(actor: Actor, account: TimeAccount, ending: AccountEnding) -> None:
    account.closed_at, account.ending = clock.now(), ending
    account.save(update_fields=["closed_at", "ending"])
    facts = {"account_ending": str(ending)}
    journal.write(actor, "time.account-closed", account.pk, account.community_id, **facts)
