"""Which topics somebody turned off, in the app and outside."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from baodao.accounts.queries import without_reminders
from baodao.kernel.authz import Actor
from baodao.kernel.prepared import Prepared
from baodao.notices.models import Channel, TurnedOff
from baodao.notices.rules.catalogue import Topic, topics_in_use
from baodao.notices.rules.deliveries import NoticePlace

APP, OUTSIDE = NoticePlace.APP, NoticePlace.OUTSIDE


@dataclass(frozen=True)
class TopicChoice:
    """One topic as its reader has it."""

    topic: Topic
    name: str
    app: bool
    outside: bool


def topics_off(actor: Actor, place: str = APP) -> set[str]:
    """The topics that the actor turned off in one place."""
    if actor.account_id is None:
        return set()
    return {topic for (topic,) in _OFF.rows(actor.account_id, str(place))}


def _off(account_id: UUID, place: str) -> QuerySet[TurnedOff, tuple[str]]:
    return TurnedOff.objects.filter(account=account_id, place=place).values_list("topic")


_OFF = Prepared(_off)
"""Every page asks on which something is unread."""


def choices_of(actor: Actor) -> list[TopicChoice]:
    """Every topic on which something can be said, on or off in each place."""
    app, outside = topics_off(actor), topics_off(actor, OUTSIDE)
    return [
        TopicChoice(topic, topic.words, topic not in app, topic not in outside)
        for topic in topics_in_use()
    ]


def unwanted_reminders(
    person_ids: Collection[UUID], topics: Collection[str]
) -> set[tuple[UUID, str]]:
    """Persons, each with a topic of these, who do not want to be reminded of it."""
    rows = TurnedOff.objects.filter(
        account__person__in=person_ids, topic__in=topics, place=APP
    ).values_list("account__person", "topic")
    none_at_all = without_reminders(person_ids)
    return set(rows) | {(person, topic) for person in none_at_all for topic in topics}


def off_outside(channels: Iterable[Channel]) -> set[tuple[UUID, str]]:
    """Channels, by id, with each topic that is not said on them: turned off by the account that
    owns the channel, or for a channel of an organisation."""
    all_channels = list(channels)
    by_account: dict[UUID, list[UUID]] = {}
    for channel in all_channels:
        if channel.account_id:
            by_account.setdefault(channel.account_id, []).append(channel.pk)
    rows = TurnedOff.objects.filter(place=OUTSIDE)
    own = rows.filter(account__in=by_account).values_list("account", "topic")
    shared = rows.filter(channel__in=[channel.pk for channel in all_channels])
    own_off = {(pk, topic) for account, topic in own for pk in by_account[account]}
    return own_off | set(shared.values_list("channel", "topic"))
