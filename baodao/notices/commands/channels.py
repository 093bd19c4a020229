"""Setting up ways outside: sealed at once, tried with a test, taken away with all they carried."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.conf import settings

from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.locks import lock
from baodao.notices.commands.deliveries import defer
from baodao.notices.commands.gateway import NotSent, carrier_at
from baodao.notices.models import Channel, Delivery
from baodao.notices.queries.channels import channel_owner, channels
from baodao.notices.rules.channels import ChannelAddress, not_understood, read_address
from baodao.notices.rules.deliveries import DeliveryState
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import check_open

MOST = 5
BETWEEN_TESTS = timedelta(minutes=1)


@dataclass(frozen=True)
class ChannelDraft:
    """What was typed about a channel: its name, its address, the secret a robot signs with."""

    label: str
    address: str
    secret: str = ""


@command
def add_channel(
    actor: Actor, *, draft: ChannelDraft, organisation_id: int | None = None
) -> Channel:
    """A new channel of an organisation, or of the actor's own account."""
    place = _place(actor, organisation_id)
    address = _address(draft)
    mine = {"organisation": place} if place else {"account_id": actor.account_id}
    if Channel.objects.filter(**mine, removed_at=None).count() >= MOST:
        raise Refused(
            "channel.too-many",
            gettext_noop("There are %(most)s channels already; remove one first."),
            most=MOST,
        )
    channel = Channel.objects.create(
        **mine,
        schema=address.schema,
        label=draft.label.strip(),
        outline=address.outline[:200],
        **Channel.address.columns(address.url),
        added_by=actor.name,
        added_at=clock.now(),
    )
    _tell(actor, "channel.added", channel)
    return channel


@command
def remove_channel(actor: Actor, *, channel_id: UUID) -> None:
    """Take a channel away and forget its address; what waits on it is not said any more."""
    channel = lock(channels(actor), channel_id)
    channel.removed_at, channel.address_sealed = clock.now(), b""
    channel.save(update_fields=["removed_at", "address_sealed"])
    _tell(actor, "channel.removed", channel)


@command
def try_channel(actor: Actor, *, channel_id: UUID) -> Delivery:
    """Say one sentence on a channel now; the channel's page tells how it went."""
    channel = lock(channels(actor), channel_id)
    now = clock.now()
    lately = Delivery.objects.filter(channel=channel, test=True, planned_at__gt=now - BETWEEN_TESTS)
    if lately.exists():
        raise Refused(
            "channel.tested",
            gettext_noop("A test was sent within the last minute. Look first how it went."),
        )
    delivery = Delivery.objects.create(
        channel=channel, test=True, state=DeliveryState.WAITING, planned_at=now, next_at=now
    )
    defer(delivery, now)
    _tell(actor, "channel.tested", channel)
    return delivery


def _address(draft: ChannelDraft) -> ChannelAddress:
    """The address behind what was typed; refused when no message could be sent to it."""
    address = read_address(draft.address, draft.secret, settings.CHANNEL_HOSTS)
    try:
        carrier_at(address.url)
    except NotSent:
        raise not_understood() from None
    return address


def _place(actor: Actor, organisation_id: int | None) -> Organisation | None:
    """The organisation whose channel it becomes; None for one's own account."""
    if organisation_id is not None:
        place = channel_owner(actor, organisation_id)
        check_open(place)
        return place
    if actor.account_id is None or actor.person_id is None:
        raise Absent("account")
    return None


def _tell(actor: Actor, verb: str, channel: Channel) -> None:
    """In the journal of the organisation; one's own channels are one's own affair."""
    if channel.organisation_id is not None:
        facts = {"label": channel.label, "schema": channel.schema}
        journal.write(actor, verb, channel.pk, channel.organisation_id, **facts)
