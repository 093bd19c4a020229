"""Ways outside: of oneself, and of the organisations whose settings one edits."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from baodao.kernel.authz import Actor
from baodao.kernel.errors import Absent
from baodao.notices.commands.channels import ChannelDraft, add_channel, remove_channel, try_channel
from baodao.notices.commands.preferences import say_again
from baodao.notices.forms import ChannelForm
from baodao.notices.models import Channel
from baodao.notices.queries.channels import (
    channel_owner,
    channels,
    inherited_channels,
    silenced,
)
from baodao.notices.tables import deliveries_of, deliveries_spec
from baodao.orgs.queries.policies import values_at
from baodao.ui.guards import asking, reading, writing
from baodao.ui.listing import Listing
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound, submit


@asking
def own(request: ActorRequest) -> HttpResponse:
    """Where I am told outside what is told to me as a member."""
    if request.actor.person_id is None:
        raise Absent("channels")
    rows = channels(request.actor).filter(account=request.actor.account_id)
    return _adding(request, None, {"channels": rows})


@asking
def of_organisation(request: ActorRequest, organisation_id: int) -> HttpResponse:
    """Where an organisation, and what is below it, is told outside."""
    # no end: channels are added as often as need be
    place = channel_owner(request.actor, organisation_id)
    rows = channels(request.actor).filter(organisation=place)
    above = [] if rows else inherited_channels(place)
    policy = values_at(place.path)
    context = {"channels": rows, "above": above, "place": place, "policy": policy}
    return _adding(request, place.pk, context)


def _adding(
    request: ActorRequest, organisation_id: int | None, context: dict[str, object]
) -> HttpResponse:
    """The channels, with the form for one more; it leads to the new one's page."""
    return submit(
        request,
        partial(_add, organisation_id),
        to=lambda channel: reverse("notices:channel", args=[channel.pk]),
        page=FormPage(bound(request, ChannelForm), "notices/channels.html", context),
    )


def _add(organisation_id: int | None, actor: Actor, **typed: Any) -> Channel:
    return add_channel(actor, draft=ChannelDraft(**typed), organisation_id=organisation_id)


@reading
def channel(request: ActorRequest, channel_id: UUID) -> HttpResponse:
    """One channel: what was said on it, and how it went."""
    row = _channel(request, channel_id)
    listing = Listing(deliveries_of(row), request, deliveries_spec())
    return listing.response("notices/channel.html", {"channel": row, "off": silenced(row)})


@writing
def test(request: ActorRequest, channel_id: UUID) -> HttpResponse:
    """One sentence, now."""
    here = reverse("notices:channel", args=[_channel(request, channel_id).pk])
    act = partial(try_channel, channel_id=channel_id)
    message = _("A test message is on its way. Refresh this page to see how it went.")
    return submit(request, act, to=here, message=message)


@writing
def remove(request: ActorRequest, channel_id: UUID) -> HttpResponse:
    """Nothing is said on it any more."""
    place = _channel(request, channel_id).organisation_id
    to = reverse("notices:channels", args=[place]) if place else reverse("notices:own_channels")
    act = partial(remove_channel, channel_id=channel_id)
    return submit(request, act, to=to, message=_("Removed; its address is forgotten."))


@writing
def again(request: ActorRequest, channel_id: UUID) -> HttpResponse:
    """A topic that was ended by a message's link is said again."""
    here = reverse("notices:channel", args=[_channel(request, channel_id).pk])
    act = partial(say_again, channel_id=channel_id, topic=request.POST.get("topic", ""))
    return submit(request, act, to=here, message=_("Saved."))


def _channel(request: ActorRequest, channel_id: UUID) -> Channel:
    row = channels(request.actor).filter(pk=channel_id).first()
    if row is None:
        raise Absent("channel")
    return row
