"""Messages to the outside: planned with their notices, sent by the worker, tried for a day."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from cryptography.exceptions import InvalidTag

from baodao.kernel import clock, jobs, journal
from baodao.kernel.authz import SYSTEM, Actor
from baodao.kernel.command import command
from baodao.kernel.locks import lock
from baodao.notices.commands.gateway import NotSent, say
from baodao.notices.models import Channel, Delivery, Notice
from baodao.notices.queries.channels import channels_for
from baodao.notices.queries.messages import message_of
from baodao.notices.queries.reminders import quiet_in, values_for, working_in
from baodao.notices.rules.catalogue import KINDS
from baodao.notices.rules.deliveries import DeliveryState, Failure, digest_at, retry_at
from baodao.notices.rules.reminders import shown_at

KEPT = timedelta(days=journal.KEPT_DAYS)
UNSENT = (DeliveryState.COLLECTING, DeliveryState.SENDING, DeliveryState.WAITING)


def plan(notices: Sequence[Notice]) -> None:
    """Let these notices be said on the channels that hold for them, in the caller's transaction.

    For an organisation once an hour in working hours, all of the hour in one message; for a
    person by day. What still waits on a channel takes up what comes. What is urgent leaves at once,
    alone.
    """
    by_channel = channels_for(notices)
    for channel in sorted(by_channel, key=lambda one: one.pk):
        urgent = [one for one in by_channel[channel] if KINDS[one.kind].urgent]
        others = [one for one in by_channel[channel] if one not in urgent]
        if others:
            _collecting(channel).notices.add(*others)
        if urgent:
            _leaving(channel).notices.add(*urgent)


def _leaving(channel: Channel) -> Delivery:
    """A new message that leaves with its transaction."""
    now = clock.now()
    delivery = Delivery.objects.create(
        channel=channel, state=DeliveryState.SENDING, planned_at=now, next_at=now
    )
    defer(delivery, now)
    return delivery


def unsay(notice_ids: Collection[UUID]) -> set[UUID]:
    """Take back, in the caller's transaction, those of these notices that were neither read nor
    handed over to a channel: they were never said. Returns their ids.

    What a channel still collects leaves without them; a message of nothing else is given up.
    """
    joined = Delivery.objects.filter(notices__in=notice_ids).values("pk")
    rows = Delivery.objects.filter(pk__in=joined).select_for_update(no_key=True).order_by("pk")
    deliveries = list(rows)
    left = [row for row in deliveries if row.state != DeliveryState.COLLECTING]
    carried = Notice.objects.filter(delivery__in=left).values("pk")
    unsaid = Notice.objects.filter(pk__in=notice_ids, read_at=None).exclude(pk__in=carried)
    notices = list(unsaid.select_for_update())
    for delivery in deliveries:
        delivery.notices.remove(*notices)
        if delivery.state == DeliveryState.COLLECTING and not delivery.notices.exists():
            delivery.state, delivery.next_at = DeliveryState.GIVEN_UP, None
            delivery.save(update_fields=["state", "next_at"])
    ids = {notice.pk for notice in notices}
    Notice.objects.filter(pk__in=ids).delete()
    return ids


def _collecting(channel: Channel) -> Delivery:
    """The message that still waits on a channel, held until the end of the transaction: the worker
    takes it only with what was added. A new one is deferred with its transaction."""
    while True:
        rows = Delivery.objects.select_for_update(of=("self",), no_key=True)
        waiting = rows.filter(channel=channel, state=DeliveryState.COLLECTING).first()
        if waiting is not None:
            return waiting
        local = clock.local(clock.now())
        values = values_for(channel)
        if channel.organisation_id:
            at = digest_at(local, working_in(values))
        else:
            at = shown_at(local, quiet_in(values))
        fresh = Delivery(channel=channel, state=DeliveryState.COLLECTING, planned_at=at, next_at=at)
        Delivery.objects.bulk_create([fresh], ignore_conflicts=True)
        if Delivery.objects.filter(pk=fresh.pk).exists():
            defer(fresh, at)
            return fresh


def defer(delivery: Delivery, at: datetime) -> None:
    """Let the worker send it at `at`; its only argument is the id."""
    lock_name = f"notices.deliver:{delivery.pk}"
    jobs.defer("notices.deliver", lock=lock_name, at=at, delivery_id=str(delivery.pk))


def deliver(delivery_id: UUID) -> None:
    """Send one message, in two transactions: that it is being sent is known before it leaves.

    A worker that is killed leaves it unsent, or sent and not yet noted: then it is sent again. The
    time between the other side's answer and the commit is all that can double a message.
    """
    if take_up(SYSTEM, delivery_id=delivery_id):
        dispatch(SYSTEM, delivery_id=delivery_id)


@command
def take_up(actor: Actor, *, delivery_id: UUID) -> bool:  # noqa: ARG001 — the worker is nobody
    """Close a message for what comes later; False when it left already or is given up, as on a
    channel that was removed meanwhile."""
    delivery = lock(Delivery.objects.select_related("channel"), delivery_id)
    if delivery.state not in UNSENT:
        return False
    removed = delivery.channel.removed_at is not None
    delivery.state = DeliveryState.GIVEN_UP if removed else DeliveryState.SENDING
    delivery.attempts += 1
    delivery.tried_at = clock.now()
    delivery.save(update_fields=["state", "attempts", "tried_at"])
    return not removed


@command
def dispatch(actor: Actor, *, delivery_id: UUID) -> None:  # noqa: ARG001 — the worker is nobody
    """Send a message that was taken up, its row locked meanwhile so that no second worker does."""
    delivery = lock(
        Delivery.objects.select_related("channel__account", "channel__organisation"), delivery_id
    )
    if delivery.state != DeliveryState.SENDING:
        return
    try:
        say(_address(delivery.channel), message_of(delivery))
    except NotSent as failed:
        _postpone(delivery, failed)
    else:
        delivery.state, delivery.sent_at, delivery.next_at = DeliveryState.SENT, clock.now(), None
        delivery.failure = delivery.answer = ""
    delivery.save(update_fields=["state", "sent_at", "next_at", "failure", "answer"])


def _address(channel: Channel) -> str:
    try:
        address = channel.address
    except (KeyError, InvalidTag):
        raise NotSent(Failure.ADDRESS) from None
    if not address:
        raise NotSent(Failure.ADDRESS)
    return address


def _postpone(delivery: Delivery, failed: NotSent) -> None:
    """Try again after a pause; give up after a day, and a test at once."""
    delivery.failure, delivery.answer = failed.failure, failed.answer[:60]
    quiet, local = quiet_in(values_for(delivery.channel)), clock.local(clock.now())
    again = (
        None if delivery.test else retry_at(delivery.attempts, delivery.planned_at, local, quiet)
    )
    delivery.next_at = again
    delivery.state = DeliveryState.WAITING if again else DeliveryState.GIVEN_UP
    if again:
        defer(delivery, again)


@command
def forget_deliveries(actor: Actor) -> int:  # noqa: ARG001 — the worker is nobody
    """Delete messages that left, or were given up, half a year ago; their links end with them."""
    old = Delivery.objects.exclude(state__in=UNSENT).filter(planned_at__lt=clock.now() - KEPT)
    return old.delete()[0]
