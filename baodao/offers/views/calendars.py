"""月有主题: the month of a community, its theme set in place."""

from datetime import date
from functools import partial

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from baodao.kernel import clock
from baodao.kernel.authz import Permission
from baodao.kernel.days import read_month
from baodao.offers.commands.themes import set_theme
from baodao.offers.forms.offers import ThemeForm
from baodao.offers.kinds.registry import usual_kind
from baodao.offers.queries.calendars import month_of, theme_words
from baodao.offers.views.places import community_of
from baodao.ui.guards import asking
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound, submit


@asking
def month(request: ActorRequest) -> HttpResponse:
    """Activities by day; the theme is a field of the page for who may set it."""
    needed = Permission.OFFER_EDIT if request.method == "POST" else Permission.OFFER_READ
    community = community_of(request, needed)
    sheet = month_of(request.actor, community, _first(request.GET.get("month", "")))
    context = {
        "community": community,
        "month": sheet,
        "may_edit": request.actor.may(Permission.OFFER_EDIT, community.path),
        "usual": usual_kind(),
        "weekdays": [day.on for day in sheet.weeks[0]],
    }
    form = bound(request, ThemeForm)
    page = FormPage(form, "offers/calendar.html", context)
    page = page.editing(community, partial(theme_words, month=sheet.first))
    act = partial(set_theme, community_id=community.pk, month=sheet.first)
    to = f"{reverse('offers:calendar')}?month={sheet.first:%Y-%m}"
    return submit(request, act, to=to, message=gettext("Saved."), page=page)


def _first(words: str) -> date:
    """The first day of the month in the address, or of the present one where there is none."""
    return read_month(words) if words else clock.today().replace(day=1)
