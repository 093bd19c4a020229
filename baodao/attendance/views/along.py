"""离线名单: the page that works without network, what it takes along, and what it delivers."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from baodao.attendance.commands.lines import note_lines
from baodao.attendance.forms import lines_of
from baodao.attendance.queries.lines import pack_key, pack_of
from baodao.attendance.queries.rolls import list_to_keep
from baodao.attendance.rules.check_ins import CheckWay, check_shown
from baodao.attendance.rules.packs import check_pack
from baodao.kernel.errors import Refused
from baodao.kernel.once import once
from baodao.ui.guards import reading, writing
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import client_id_of
from baodao.ui.views import manifest_response, worker_response
from baodao.ui.wording import worded


@login_not_required
@reading
def along(request: HttpRequest) -> HttpResponse:
    """The page on the phone. It is the same for everybody and names nobody: what is on the list
    its script reads from the phone."""
    return render(request, "attendance/along.html")


@login_not_required
@reading
def worker(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the same for everybody
    """The script that keeps the page, and nothing else, for when there is no network."""
    return worker_response()


@login_not_required
@reading
def manifest(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the same for everybody
    """What the page is called when somebody puts it on the first screen of their phone."""
    return manifest_response(gettext("List taken along"), reverse("attendance:along"))


@reading
def pack(request: ActorRequest, offer_id: UUID) -> HttpResponse:
    """The list of an offer as a phone takes it along, and the token with which it delivers."""
    offer = list_to_keep(request.actor, offer_id)
    try:
        check_shown(offer.kind, offer.state)
    except Refused as refused:
        return _refusal(refused)
    return JsonResponse({**pack_of(request.actor, offer), "csrf": get_token(request)})


@writing
def deliver(request: ActorRequest, offer_id: UUID) -> HttpResponse:
    """Take the lines of a phone, once however often they are sent; each that is refused is named,
    with the reason."""
    list_to_keep(request.actor, offer_id)
    key, text = request.POST.get("key", ""), request.POST.get("lines", "")
    try:
        check_pack(pack_key(key), offer_id, request.actor.account_id)
        run = partial(_take, request, offer_id, text)
        body = {"path": request.path, "lines": text}
        answer, _ = once(request.actor, client_id_of(request), body, run)
    except Refused as refused:
        return _refusal(refused)
    return JsonResponse(answer)


def _take(request: ActorRequest, offer_id: UUID, text: str) -> dict[str, Any]:
    """Which lines are written down, and why others are not, by their ids."""
    lines = lines_of(text)
    batch = note_lines(request.actor, offer_id=offer_id, lines=lines, way=CheckWay.PHONE)
    refused = [{"id": label, "reason": worded(reason)} for label, reason in batch.refused]
    left = {label for label, _ in batch.refused}
    return {"taken": [line.label for line in lines if line.label not in left], "refused": refused}


def _refusal(refused: Refused) -> HttpResponse:
    """Nothing of it is taken, and why."""
    return JsonResponse({"reason": worded(refused)}, status=409)
