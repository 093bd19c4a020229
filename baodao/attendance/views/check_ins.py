"""签到: the code on the leader's screen, and the page that a scan opens."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from baodao.attendance.commands.check_ins import check_in
from baodao.attendance.forms import CheckInForm
from baodao.attendance.models import CheckIn
from baodao.attendance.queries.check_ins import (
    code_now,
    offer_by_code,
    own_presence,
    presences,
)
from baodao.attendance.queries.rolls import list_to_keep
from baodao.attendance.rules.check_ins import TURN, CheckSide, check_shown
from baodao.attendance.views.rolls import page_behind
from baodao.kernel import clock
from baodao.kernel.errors import Refused
from baodao.ui.guards import choosing, member_only, reading
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound, submit
from baodao.ui.wording import worded


@reading
@never_cache
def code(request: ActorRequest, offer_id: UUID) -> HttpResponse:
    """The code that is shown now, large, with how many have scanned one; it turns by itself."""
    offer = list_to_keep(request.actor, offer_id)
    check_shown(offer.kind, offer.state)
    context = {
        "offer": offer,
        "back": page_behind(request.actor, offer),
        "link": reverse("attendance:here", args=[code_now(offer)]),
        "scans": sum(presence.scanned for presence in presences(offer).values()),
        "seconds": int(TURN.total_seconds()),
    }
    return render(request, "attendance/code.html", context)


@choosing
@member_only
@never_cache
def here(request: ActorRequest, place_code: str) -> HttpResponse:
    """What a scan opens: at which offer one is, and one button to say so."""
    try:
        offer = offer_by_code(request.actor, place_code)
    except Refused as refused:
        context = {"reason": worded(refused)}
        return render(request, "attendance/not_here.html", context, status=409)
    presence = own_presence(request.actor, offer)
    form = bound(request, CheckInForm)
    page = FormPage(form, "attendance/here.html", {"offer": offer, "presence": presence})
    act = partial(check_in, code=place_code)
    return submit(request, act, to=reverse("home:member"), message=_message, page=page)


def _message(row: CheckIn) -> str:
    """When it was written down."""
    time = f"{clock.local(row.scanned_at):%H:%M}"
    if row.side == CheckSide.ARRIVAL:
        return gettext("You arrived at %(time)s. Thank you for coming.") % {"time": time}
    return gettext("You left at %(time)s. Thank you.") % {"time": time}
