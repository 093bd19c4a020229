"""月有主题: the month of a community, its theme set in place."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.days import read_month
from baodao.offers.commands.themes import set_theme
from baodao.offers.forms.offers import ThemeForm
from baodao.offers.kinds.registry import usual_kind
from baodao.offers.queries.calendars import Month, month_of
from baodao.offers.views.places import community_of
from baodao.ui.guards import asking
from baodao.ui.posts import send
from baodao.ui.requests import ActorRequest


@asking
def month(request: ActorRequest) -> HttpResponse:
    """Activities by day; the theme is a field of the page for who may set it."""
    community = community_of(request, Permission.OFFER_READ)
    shown = month_of(request.actor, community, _first(request.GET.get("month", "")))
    if request.method == "POST":
        return _set(request, shown)
    theme = shown.theme
    known = {"title": theme.title, "note": theme.note} if theme else {}
    context = {
        "community": community,
        "month": shown,
        "form": ThemeForm(initial=known),
        "may_edit": request.actor.may(Permission.OFFER_EDIT, community.path),
        "usual": usual_kind(),
        "weekdays": [day.on for day in shown.weeks[0]],
    }
    return render(request, "offers/calendar.html", context)


def _first(words: str) -> date:
    """The first day of the month in the address, or of the present one where there is none."""
    return read_month(words) if words else clock.today().replace(day=1)


def _set(request: ActorRequest, shown: Month) -> HttpResponse:
    community = community_of(request)
    form = ThemeForm(request.POST)
    told = form.cleaned_data if form.is_valid() else {"title": "", "note": ""}

    def act(actor: Actor) -> None:
        set_theme(
            actor,
            community_id=community.pk,
            month=shown.first,
            title=told.get("title", ""),
            note=told.get("note", ""),
        )

    to = f"{reverse('offers:calendar')}?month={shown.first:%Y-%m}"
    return send(request, act, to=to, said=gettext("Saved."))
