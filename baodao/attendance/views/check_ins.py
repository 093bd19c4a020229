"""签到: the code on the leader's screen, and the page that a scan opens."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from baodao.attendance.commands.check_ins import check_in
from baodao.attendance.forms import CheckInForm
from baodao.attendance.queries.check_ins import (
    code_now,
    offer_attended,
    own_presence,
    presences,
)
from baodao.attendance.queries.doors import bearer_of, door_by_code, own_key
from baodao.attendance.queries.rolls import list_to_keep
from baodao.attendance.rules.check_ins import TURN, check_shown
from baodao.attendance.views.rolls import page_behind
from baodao.kernel.errors import Absent, Refused
from baodao.ui.guards import member_only, reading, writing
from baodao.ui.requests import ActorRequest
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
    part = "code_part" if request.htmx else "code"
    return render(request, f"attendance/{part}.html", context)


@reading
@member_only
@never_cache
def here(request: ActorRequest, place_code: str) -> HttpResponse:
    """What a scan opens: at which offer one is, and one button to say so."""
    try:
        offer = door_by_code(request.actor, place_code).offer
    except Refused as refused:
        context = {"reason": worded(refused)}
        return render(request, "attendance/not_here.html", context, status=409)
    beside = {
        "offer": offer,
        "presence": own_presence(request.actor, offer),
        "key": own_key(request.actor, place_code),
        "place_code": place_code,
    }
    return render(request, "attendance/here.html", beside)


@csrf_exempt
@login_not_required
@writing
def came(request: ActorRequest, place_code: str) -> HttpResponse:
    """What the button sends. It carries the key of whose page it was, so that hundreds who come at
    once are written down without a session; why somebody is refused, the page of the code says."""
    form = CheckInForm(request.POST)
    if not form.is_valid():
        return redirect("attendance:here", place_code)
    try:
        actor = bearer_of(form.cleaned_data["key"], place_code)
        row = check_in(actor, code=place_code, side=form.cleaned_data["side"])
    except (Absent, Refused):
        return redirect("attendance:here", place_code)
    return redirect("attendance:there", row.offer_id)


@reading
@member_only
@never_cache
def there(request: ActorRequest, offer_id: UUID) -> HttpResponse:
    """That it is written down, and when one came and went."""
    offer = offer_attended(request.actor, offer_id)
    context = {"offer": offer, "presence": own_presence(request.actor, offer)}
    return render(request, "attendance/there.html", context)
