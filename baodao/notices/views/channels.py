"""Ways outside: of oneself, and of the organisations whose settings one edits."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from baodao.kernel.authz import Actor
from baodao.kernel.errors import Absent
from baodao.notices.commands.channels import add_channel, remove_channel, try_channel
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
from baodao.ui.listing import Listing
from baodao.ui.posts import kept, send
from baodao.ui.requests import ActorRequest

asking = require_http_methods(["GET", "POST"])


@asking
def own(request: ActorRequest) -> HttpResponse:
    """Where I am told outside what is told to me as a member."""
    if request.actor.person_id is None:
        raise Absent("channels")
    form = ChannelForm(request.POST or None)
    here = reverse("notices:own_channels")
    if form.is_valid() and kept(request, form, _adding(form, None), to=here):
        return redirect(here)
    rows = channels(request.actor).filter(account=request.actor.account_id)
    return render(request, "notices/channels.html", {"channels": rows, "form": form})


@asking
def of_organisation(request: ActorRequest, organisation_id: int) -> HttpResponse:
    """Where an organisation, and what is below it, is told outside."""
    place = channel_owner(request.actor, organisation_id)
    form = ChannelForm(request.POST or None)
    here = reverse("notices:channels", args=[place.pk])
    if form.is_valid() and kept(request, form, _adding(form, place.pk), to=here):
        return redirect(here)
    rows = channels(request.actor).filter(organisation=place)
    above = [] if rows else inherited_channels(place)
    policy = values_at(place.path)
    context = {"channels": rows, "above": above, "place": place, "form": form, "policy": policy}
    return render(request, "notices/channels.html", context)


def _adding(form: ChannelForm, organisation_id: int | None) -> Callable[[Actor], str]:
    def act(actor: Actor) -> str:
        made = add_channel(actor, typed=form.typed(), organisation_id=organisation_id)
        return reverse("notices:channel", args=[made.pk])

    return act


@require_GET
def channel(request: ActorRequest, channel_id: UUID) -> HttpResponse:
    """One channel: what was said on it, and how it went."""
    found = _found(request, channel_id)
    listing = Listing(deliveries_of(found), request, deliveries_spec())
    return listing.response("notices/channel.html", {"channel": found, "off": silenced(found)})


@require_POST
def test(request: ActorRequest, channel_id: UUID) -> HttpResponse:
    """One sentence, now."""
    here = reverse("notices:channel", args=[_found(request, channel_id).pk])

    def act(actor: Actor) -> None:
        try_channel(actor, channel_id=channel_id)

    said = _("A test message is on its way. Refresh this page to see how it went.")
    return send(request, act, to=here, said=said)


@require_POST
def remove(request: ActorRequest, channel_id: UUID) -> HttpResponse:
    """Nothing is said on it any more."""
    found = _found(request, channel_id)

    def act(actor: Actor) -> None:
        remove_channel(actor, channel_id=channel_id)

    place = found.organisation_id
    to = reverse("notices:channels", args=[place]) if place else reverse("notices:own_channels")
    return send(request, act, to=to, said=_("Removed; its address is forgotten."))


@require_POST
def again(request: ActorRequest, channel_id: UUID) -> HttpResponse:
    """A topic that was ended by a message's link is said again."""
    here = reverse("notices:channel", args=[_found(request, channel_id).pk])

    def act(actor: Actor) -> None:
        say_again(actor, channel_id=channel_id, topic=request.POST.get("topic", ""))

    return send(request, act, to=here, said=_("Saved."))


def _found(request: ActorRequest, channel_id: UUID) -> Channel:
    found = channels(request.actor).filter(pk=channel_id).first()
    if found is None:
        raise Absent("channel")
    return found
