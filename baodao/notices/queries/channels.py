"""Channels that the actor may set, the channel that holds for an addressee, and what it carried."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.kernel.scope import within
from baodao.notices.models import Channel, Delivery, Notice, TurnedOff
from baodao.notices.queries.preferences import off_outside
from baodao.notices.rules.catalogue import KINDS, Topic
from baodao.notices.rules.deliveries import DeliveryState
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import organisations


def channels(actor: Actor) -> QuerySet[Channel]:
    """The actor's own channels, and those of organisations whose settings they may edit."""
    rows = Channel.objects.filter(removed_at=None).select_related("organisation", "account")
    editable = within(Channel.objects.all(), actor, Permission.SETTING_EDIT, "organisation__path")
    mine = Q(organisation__isnull=False, pk__in=editable.values("pk"))
    if actor.account_id is not None:
        mine |= Q(account=actor.account_id)
    return rows.filter(mine).order_by("added_at", "pk")


def channel_count() -> int:
    """Of the whole site: how many channels lead outside."""
    return Channel.objects.filter(removed_at=None).count()


def given_up_count(since: datetime) -> int:
    """Of the whole site: how many messages to channels that are still there were tried and never
    left."""
    rows = Delivery.objects.filter(state=DeliveryState.GIVEN_UP, channel__removed_at=None)
    return rows.filter(planned_at__gte=since, attempts__gt=0).count()


def channel_owner(actor: Actor, organisation_id: int) -> Organisation:
    """The organisation, for who may edit its settings. Raises `Absent`."""
    place = organisations(actor, Permission.SETTING_EDIT).filter(pk=organisation_id).first()
    if place is None:
        raise Absent("organisation")
    return place


def inherited_channels(organisation: Organisation) -> list[Channel]:
    """The channels that hold for an organisation: its own, else those of the nearest above."""
    return _nearest(organisation.path, _by_code([organisation.path]))


def channels_for(notices: Iterable[Notice]) -> dict[Channel, list[Notice]]:
    """On which channels these notices are said, each with its notices: those that hold for the
    organisation, those of the person's account. Topics turned off outside are left out."""
    all_notices = list(notices)
    persons: dict[UUID | None, list[Notice]] = {}
    for notice in all_notices:
        if notice.person_id:
            persons.setdefault(notice.person_id, []).append(notice)
    by_channel: dict[Channel, list[Notice]] = {}
    personal = Channel.objects.select_related("account").filter(
        account__person__in=list(persons), account__is_active=True, removed_at=None
    )
    if persons:
        for channel in personal:
            assert channel.account is not None
            by_channel[channel] = persons[channel.account.person_id]
    for channel, notice in _of_organisations(all_notices):
        by_channel.setdefault(channel, []).append(notice)
    off = off_outside(by_channel) if by_channel else set()
    left = {
        channel: [one for one in rows if (channel.pk, KINDS[one.kind].topic) not in off]
        for channel, rows in by_channel.items()
    }
    return {channel: rows for channel, rows in left.items() if rows}


def _of_organisations(notices: list[Notice]) -> Iterable[tuple[Channel, Notice]]:
    """Each notice to an organisation with each channel that holds for it."""
    by_id = {notice.pk: notice for notice in notices if notice.organisation_id}
    if not by_id:
        return
    rows = Notice.objects.filter(pk__in=by_id).values_list("pk", "organisation__path")
    paths = dict(rows)
    by_code = _by_code(paths.values())
    for pk, path in paths.items():
        for channel in _nearest(path, by_code):
            yield channel, by_id[pk]


def _by_code(paths: Iterable[str]) -> dict[str, list[Channel]]:
    """The channels on and above these paths, by the code of their organisation."""
    codes = {code for path in set(paths) for code in path.rstrip(".").split(".")}
    rows = Channel.objects.filter(organisation__code__in=codes, removed_at=None)
    by_code: dict[str, list[Channel]] = {}
    for channel in rows.select_related("organisation").order_by("added_at", "pk"):
        assert channel.organisation is not None
        by_code.setdefault(channel.organisation.code, []).append(channel)
    return by_code


def _nearest(path: str, by_code: dict[str, list[Channel]]) -> list[Channel]:
    codes = reversed(path.rstrip(".").split("."))
    return next((by_code[code] for code in codes if code in by_code), [])


def deliveries(channel: Channel) -> QuerySet[Delivery]:
    """What was said, or is to be said, on a channel that the caller fetched in its scope."""
    return Delivery.objects.filter(channel=channel)


def delivery_by_token(token: str) -> Delivery:
    """The message whose link this is, for whoever holds it. Raises `Absent`."""
    rows = Delivery.objects.select_related("channel__account", "channel__organisation")
    delivery = rows.filter(token=token).first()
    if delivery is None:
        raise Absent("message")
    return delivery


def topics_of(delivery: Delivery) -> list[Topic]:
    """The topics of a message, in the order of the catalogue."""
    kinds = delivery.notices.order_by().values_list("kind", flat=True).distinct()
    spoken = {KINDS[kind].topic for kind in kinds}
    return [topic for topic in Topic if topic in spoken]


def silenced(channel: Channel) -> list[tuple[str, str]]:
    """The topics turned off on a channel of an organisation, each with its name."""
    rows = TurnedOff.objects.filter(channel=channel).order_by("topic")
    return [(row.topic, Topic(row.topic).words) for row in rows]
