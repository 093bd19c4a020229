"""月有主题: the month of a community, its theme set in place; and the calendars of members and
units, which phones read."""

from datetime import date
from functools import partial

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from baodao.agenda.commands.calendars import (
    renew_feed,
    renew_unit_feed,
    set_theme,
    withdraw_unit_feed,
)
from baodao.agenda.documents import calendar_of
from baodao.agenda.forms import ThemeForm
from baodao.agenda.models import Feed
from baodao.agenda.queries.calendars import month_of, quarter_of, theme_words
from baodao.agenda.queries.feeds import appointments, feed_at, unit_feed
from baodao.kernel import clock
from baodao.kernel.authz import Permission
from baodao.kernel.days import read_month
from baodao.kernel.errors import Absent
from baodao.offers.kinds.registry import usual_kind
from baodao.orgs.requests import acting_community, acting_unit
from baodao.ui.guards import asking, reading, writing
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound, question, submit


@asking
def month(request: ActorRequest) -> HttpResponse:
    """Activities by day; the theme is a field of the page for who may set it."""
    needed = Permission.OFFER_EDIT if request.method == "POST" else Permission.OFFER_READ
    community = acting_community(request, needed)
    sheet = month_of(request.actor, community, month_asked(request.GET.get("month", "")))
    context = {
        "community": community,
        "month": sheet,
        "may_edit": request.actor.may(Permission.OFFER_EDIT, community.path),
        "usual": usual_kind(),
        "weekdays": [day.on for day in sheet.weeks[0]],
    }
    page = FormPage(bound(request, ThemeForm), "agenda/calendar.html", context)
    page = page.editing(community, partial(theme_words, month=sheet.first))
    act = partial(set_theme, community_id=community.pk, month=sheet.first)
    to = f"{reverse('agenda:month')}?month={sheet.first:%Y-%m}"
    return submit(request, act, to=to, message=gettext("Saved."), page=page)


@reading
def quarter(request: ActorRequest) -> HttpResponse:
    """季有安排: three months with their themes and activities, for reading and for the notice
    board."""
    community = acting_community(request, Permission.OFFER_READ)
    first = month_asked(request.GET.get("month", ""))
    months = quarter_of(request.actor, community, first)
    context = {
        "community": community,
        "months": months,
        "number": (months[0].first.month + 2) // 3,
        "previous": months[0].previous,
        "next": months[-1].next,
    }
    return render(request, "agenda/quarter.html", context)


def month_asked(words: str) -> date:
    """The first day of the month in the address, or of the present one where there is none."""
    return read_month(words) if words else clock.today().replace(day=1)


def feed_address(feed: Feed | None) -> str:
    """The whole address, as a calendar wants it; empty where there is none."""
    return f"{settings.PUBLIC_URL}{reverse('agenda:feed', args=[feed.token])}" if feed else ""


def renewal_words(feed: Feed) -> str:
    """What is said of an address that was made."""
    if feed.replaced:
        return gettext("This is the new address; an old one no longer works.")
    return gettext("This is the address. Subscribe to it in your calendar.")


@writing
def renew(request: ActorRequest) -> HttpResponse:
    """Make the address of the calendar, or a new one that ends the old."""
    return submit(request, renew_feed, to=reverse("agenda:own"), message=renewal_words)


@writing
def renew_for_unit(request: ActorRequest) -> HttpResponse:
    """Make the address of the unit's calendar, or a new one that ends the old."""
    unit = acting_unit(request, Permission.CLAIM_MAKE)
    act = partial(renew_unit_feed, unit_id=unit.pk)
    return submit(request, act, to=reverse("agenda:party"), message=renewal_words)


@asking
def withdraw_for_unit(request: ActorRequest) -> HttpResponse:
    """End the address of the unit's calendar, after asking."""
    unit = acting_unit(request, Permission.CLAIM_MAKE)
    if unit_feed(unit) is None:
        raise Absent("feed")
    title = gettext("Withdraw the address of the calendar?")
    lead = gettext("Calendars that read it show nothing new any more. A new one can be made later.")
    page = question(bound(request, Form), title, gettext("Withdraw the address"), lead)
    act = partial(withdraw_unit_feed, unit_id=unit.pk)
    message = gettext("The address no longer works.")
    return submit(request, act, to=reverse("agenda:party"), message=message, page=page)


@login_not_required
@reading
def feed(request: ActorRequest, feed_token: str) -> HttpResponse:  # noqa: ARG001
    """The calendar of the holder of this address; calendars cannot sign in."""
    calendar = feed_at(feed_token)
    content = calendar_of(calendar, appointments(calendar))
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    return response
