"""随手走访: the page that works without network, what it takes along, and what it delivers."""

from functools import partial
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from baodao.attendance.rules.lines import LineRule
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.once import once
from baodao.ui.guards import member_only, reading, writing
from baodao.ui.requests import ActorRequest
from baodao.ui.views import manifest_response, worker_response
from baodao.ui.wording import worded
from baodao.visits.commands.visits import note_visit
from baodao.visits.forms import sent_visit
from baodao.visits.queries.contacts import own_contacts
from baodao.visits.queries.visits import pack_of
from baodao.visits.rules.visits import RULES, VisitWords


@login_not_required
@reading
def along(request: HttpRequest) -> HttpResponse:
    """The page on the phone. It is the same for everybody and names nothing: what one is the
    contact of its script reads from the phone."""
    return render(request, "visits/along.html")


@login_not_required
@reading
def worker(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the same for everybody
    """The script that keeps the page for when there is no network."""
    return worker_response()


@login_not_required
@reading
def manifest(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the same for everybody
    """What the page is called on the first screen of a phone."""
    return manifest_response(gettext("Write a visit"), reverse("visits:along"))


@reading
@member_only
def pack(request: ActorRequest) -> HttpResponse:
    """To what the member is the contact, the rules with their words, and the token with which the
    phone delivers."""
    contacts = own_contacts(request.actor).answer()
    rules = {"rules": list(map(_rule, RULES)), "csrf": get_token(request)}
    return JsonResponse(pack_of(request.actor, contacts) | rules)


def _rule(rule: LineRule) -> dict[str, str]:
    words = {"code": rule.code, "words": gettext(rule.message)}
    return words | {"field": rule.field, "relation": rule.relation, "bound": rule.bound}


@writing
@member_only
def deliver(request: ActorRequest) -> HttpResponse:
    """Take one visit of a phone, once however often it is sent; one that is refused stays on the
    phone, with the reason."""
    text = request.POST.get("visit", "")
    try:
        _check_owner(request)
        visit_id, contact_id, words = sent_visit(text)
        run = partial(_take, request, visit_id, contact_id, words)
        answer, _ = once(request.actor, visit_id, {"path": request.path, "visit": text}, run)
    except Refused as refused:
        return JsonResponse({"reason": worded(refused), "code": refused.code}, status=409)
    return JsonResponse(answer)


def _take(
    request: ActorRequest, visit_id: UUID, contact_id: UUID, words: VisitWords
) -> dict[str, str]:
    visit = note_visit(request.actor, visit_id=visit_id, contact_id=contact_id, visit=words)
    return {"url": reverse("visits:visit", args=[visit.pk])}


def _check_owner(request: ActorRequest) -> None:
    """Refuse what somebody else wrote down on this phone."""
    if request.POST.get("owner", "") != str(request.actor.account_id):
        raise Refused(
            "visit.elsewhere",
            gettext_noop("Somebody else wrote this down on this phone. Whoever did delivers it."),
        )
