"""Notices to read, and what of them is wanted."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from baodao.accounts.commands.accounts import change_preferences
from baodao.accounts.queries import reminders_of
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.notices.commands.notices import mark_read
from baodao.notices.commands.preferences import choose_topics, end_topic
from baodao.notices.forms import TopicsForm
from baodao.notices.queries import told_to
from baodao.notices.queries.preferences import choices_of
from baodao.notices.rules import KINDS
from baodao.notices.tables import notices_for, topic_of
from baodao.ui.listing import Listing
from baodao.ui.posts import send
from baodao.ui.requests import ActorRequest


@require_GET
def notices(request: ActorRequest) -> HttpResponse:
    """What I, or the organisation I act for, was told."""
    listing = Listing(*notices_for(request))
    return listing.response("notices/list.html", {"reminders": reminders_of(request.actor)})


@require_POST
def read(request: ActorRequest) -> HttpResponse:
    """All are read."""

    def act(actor: Actor) -> None:
        mark_read(actor)
        if request.acting and actor.may(Permission.REGISTRATION_READ, request.acting.path):
            mark_read(actor, organisation=request.acting)

    return send(request, act, to=reverse("notices:list"), said="")


@require_POST
def reminders(request: ActorRequest) -> HttpResponse:
    """Reminders on or off, with one tap."""
    on = request.POST.get("reminders") == "on"

    def act(actor: Actor) -> None:
        change_preferences(actor, reminders=on)

    said = _("You get reminders again.") if on else _("You get no reminders any more.")
    return send(request, act, to=reverse("notices:list"), said=said)


@require_POST
def end(request: ActorRequest, notice_id: UUID) -> HttpResponse:
    """The topic of this notice ends, with one tap."""
    found = told_to(request.actor, request.acting).filter(pk=notice_id).first()
    if found is None:
        raise Absent("notice")

    def act(actor: Actor) -> None:
        end_topic(actor, topic=KINDS[found.kind].topic)

    said = _("Nothing more about “%(topic)s”. You can turn it on again here.")
    to = reverse("notices:topics")
    return send(request, act, to=to, said=said % {"topic": topic_of(found)})


@require_http_methods(["GET", "POST"])
def topics(request: ActorRequest) -> HttpResponse:
    """Which topics I want in the app and outside."""
    form = TopicsForm(request.POST or None)
    if form.is_valid():
        wanted = form.cleaned_data

        def act(actor: Actor) -> None:
            choose_topics(actor, app=wanted["app"], outside=wanted["outside"])

        return send(request, act, to=reverse("notices:topics"), said=_("Saved."))
    acting, actor = request.acting, request.actor
    sets = acting is not None and actor.may(Permission.SETTING_EDIT, acting.path)
    context = {"choices": choices_of(actor), "place": acting if sets else None}
    return render(request, "notices/topics.html", context)
