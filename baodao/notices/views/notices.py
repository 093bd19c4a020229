"""Notices to read, and which topics somebody is told of."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from baodao.accounts.commands.accounts import change_preferences
from baodao.accounts.models import Account
from baodao.accounts.queries import account_by_id, reminders_of
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.notices.commands.notices import mark_read
from baodao.notices.commands.preferences import choose_topics, mute_topic
from baodao.notices.forms import TopicsForm
from baodao.notices.queries.notices import notices_to
from baodao.notices.queries.preferences import choices_of
from baodao.notices.rules.catalogue import KINDS
from baodao.notices.tables import notices_for, topic_of
from baodao.ui.guards import asking, reading, writing
from baodao.ui.listing import Listing
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound, submit


@reading
def notices(request: ActorRequest) -> HttpResponse:
    """What I, or the organisation I act for, was told."""
    listing = Listing(*notices_for(request))
    return listing.response("notices/list.html", {"reminders": reminders_of(request.actor)})


@writing
def read(request: ActorRequest) -> HttpResponse:
    """All are read."""

    def act(actor: Actor) -> None:
        mark_read(actor)
        if request.acting and actor.may(Permission.REGISTRATION_READ, request.acting.path):
            mark_read(actor, organisation=request.acting)

    return submit(request, act, to=reverse("notices:list"))


@writing
def reminders(request: ActorRequest) -> HttpResponse:
    """Reminders on or off, with one tap."""
    on = request.POST.get("reminders") == "on"
    act = partial(change_preferences, reminders=on)
    message = _("You get reminders again.") if on else _("You get no reminders any more.")
    return submit(request, act, to=reverse("notices:list"), message=message)


@writing
def end(request: ActorRequest, notice_id: UUID) -> HttpResponse:
    """The topic of this notice ends, with one tap."""
    notice = notices_to(request.actor, request.acting).filter(pk=notice_id).first()
    if notice is None:
        raise Absent("notice")
    message = _("Nothing more about “%(topic)s”. You can turn it on again here.")
    return submit(
        request,
        partial(mute_topic, topic=KINDS[notice.kind].topic),
        to=reverse("notices:topics"),
        message=message % {"topic": topic_of(notice)},
    )


@asking
def topics(request: ActorRequest) -> HttpResponse:
    """Which topics I am told of in the app and outside."""
    acting, actor = request.acting, request.actor
    if actor.account_id is None:
        raise Absent("account")
    sets = acting is not None and actor.may(Permission.SETTING_EDIT, acting.path)
    context = {"choices": choices_of(actor), "place": acting if sets else None}
    page = FormPage(bound(request, TopicsForm), "notices/topics.html", context)
    page = page.editing(account_by_id(actor.account_id), partial(_topics, actor))
    to = reverse("notices:topics")
    return submit(request, choose_topics, to=to, message=_("Saved."), page=page)


def _topics(actor: Actor, _account: Account) -> dict[str, list[str]]:
    """The topics that the actor wants, in the app and outside."""
    choices = choices_of(actor)
    return {
        "app": [choice.topic.value for choice in choices if choice.app],
        "outside": [choice.topic.value for choice in choices if choice.outside],
    }
