"""Turning topics off and on: in the app and outside, by oneself or by a message's own link."""

from collections.abc import Collection
from uuid import UUID

from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.kernel.errors import Absent
from baodao.kernel.locks import lock
from baodao.notices.models import Channel, TurnedOff
from baodao.notices.queries.channels import channels, delivery_by_token, topics_of
from baodao.notices.queries.preferences import APP, OUTSIDE
from baodao.notices.rules.catalogue import Topic, topics_in_use


@command
def choose_topics(actor: Actor, *, app: Collection[str], outside: Collection[str]) -> None:
    """Keep which topics the actor wants in the app and outside; the others are off."""
    account = _account(actor)
    for place, topics in ((APP, app), (OUTSIDE, outside)):
        TurnedOff.objects.filter(account=account, place=place, topic__in=topics).delete()
        off = [topic for topic in topics_in_use() if topic not in topics]
        _turn_off([TurnedOff(account_id=account, topic=topic, place=place) for topic in off])


@command
def mute_topic(actor: Actor, *, topic: Topic) -> None:
    """Show and remind of nothing more on this topic in the app, but decisions about oneself."""
    _turn_off([TurnedOff(account_id=_account(actor), topic=topic, place=APP)])


@command
def mute_by_link(actor: Actor, *, token: str, topics: Collection[str]) -> Channel:
    """Say nothing more outside on those of a message's topics, for who holds its link.

    What goes to an account ends for the account; what goes to an organisation's channel ends on
    that channel, which its journal and its page tell. Raises `Absent` for a wrong link.
    """
    delivery = delivery_by_token(token)
    channel = delivery.channel
    ended = [topic for topic in topics_of(delivery) if topic in topics]
    owner = {"account_id": channel.account_id} if channel.account_id else {"channel": channel}
    _turn_off([TurnedOff(**owner, topic=topic, place=OUTSIDE) for topic in ended])
    if channel.organisation_id and ended:
        _tell(actor, "channel.quieted", channel, [topic.value for topic in ended])
    return channel


@command
def say_again(actor: Actor, *, channel_id: UUID, topic: str) -> None:
    """Say a topic again on a channel of an organisation."""
    channel = lock(channels(actor).filter(organisation__isnull=False), channel_id)
    TurnedOff.objects.filter(channel=channel, topic=topic).delete()
    _tell(actor, "channel.resumed", channel, [topic])


def _turn_off(rows: list[TurnedOff]) -> None:
    for row in rows:
        row.since = clock.now()
    TurnedOff.objects.bulk_create(rows, ignore_conflicts=True)


def _tell(actor: Actor, verb: str, channel: Channel, topics: list[str]) -> None:
    assert channel.organisation_id is not None
    place = channel.organisation_id
    journal.write(actor, verb, channel.pk, place, label=channel.label, topics=topics)


def _account(actor: Actor) -> UUID:
    if actor.account_id is None:
        raise Absent("account")
    return actor.account_id
