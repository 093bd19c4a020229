"""月有主题: the month of a community, its theme set in place."""

from datetime import date
from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from baodao.kernel import clock
from baodao.kernel.authz import Permission
from baodao.kernel.days import read_month
from baodao.offers.commands.themes import set_theme
from baodao.offers.forms.offers import ThemeForm
from baodao.offers.kinds.registry import usual_kind
from baodao.offers.queries.calendars import month_of
from baodao.offers.views.places import community_of
from baodao.ui.guards import asking
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import submit


@asking
def month(request: ActorRequest) -> HttpResponse:
    """Activities by day; the theme is a field of the page for who may set it."""
    community = community_of(request, Permission.OFFER_READ)
    sheet = month_of(request.actor, community, _first(request.GET.get("month", "")))
    if request.method == "POST":
        return _set(request, sheet.first)
    theme = sheet.theme
    known = {"title": theme.title, "note": theme.note} if theme else {}
    context = {
        "community": community,
        "month": sheet,
        "form": ThemeForm(initial=known),
        "may_edit": request.actor.may(Permission.OFFER_EDIT, community.path),
        "usual": usual_kind(),
        "weekdays": [day.on for day in sheet.weeks[0]],
    }
    return render(request, "offers/calendar.html", context)


def _first(words: str) -> date:
    """The first day of the month in the address, or of the present one where there is none."""
    return read_month(words) if words else clock.today().replace(day=1)


def _set(request: ActorRequest, first: date) -> HttpResponse:
    community = community_of(request)
    form = ThemeForm(request.POST)
    words = form.cleaned_data if form.is_valid() else {}
    theme = {"title": words.get("title", ""), "note": words.get("note", "")}
    act = partial(set_theme, community_id=community.pk, month=first, **theme)
    to = f"{reverse('offers:calendar')}?month={first:%Y-%m}"
    return submit(request, act, to=to, message=gettext("Saved."))
