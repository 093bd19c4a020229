"""Pages that belong to no slice: help, expired forms, taking back what was just done; and what a
page that works without network needs beside it."""

from functools import partial
from pathlib import Path
from typing import cast
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils.translation import get_language, ngettext

from baodao.kernel import undo
from baodao.kernel.authz import NOBODY
from baodao.ui.guards import writing
from baodao.ui.interruptions import keep_typed
from baodao.ui.pages import comes_from_page, page_before, page_of_form, page_of_gone
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import sent_before, submit

WORKER = Path(__file__).parent / "static" / "ui" / "worker.js"


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The CSRF token did not match: the page is too old or not ours.

    It is ours, from before the sender signed in again, if the browser names our own origin: then
    the form is shown with what was typed, to be sent anew.
    """
    account_id = getattr(request, "actor", NOBODY).account_id
    ours = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    if ours and account_id and keep_typed(request, account_id):
        return redirect(page_of_form(request))
    page = page_of_form(request) if ours else "/"
    context = {"expired": True, "reason": reason, "page": page}
    return render(request, "403.html", context, status=403)


def not_found(
    request: HttpRequest,
    exception: Exception,  # noqa: ARG001 - Django hands it over by this name
) -> HttpResponse:
    """Nothing is at this address, or not for who asks; whom a page of ours led here reads that it
    may have ended since the page was opened, and where to see how things stand. A second tap on the
    button that ended it leads where the first did."""
    view = request.resolver_match
    sent = cast(ActorRequest, request)
    if view and (again := sent_before(sent, getattr(request, "actor", NOBODY))):
        return again
    known = {"stale": comes_from_page(request), "page": page_of_gone(request)} if view else {}
    return render(request, "404.html", known, status=404)


@login_not_required
def help_page(request: HttpRequest) -> HttpResponse:
    """How each role gets from signing in to done, on one page."""
    return render(request, "ui/help.html")


@writing
def take_back(request: ActorRequest, undo_id: UUID) -> HttpResponse:
    """Undo the act of a moment ago, and show the page again on which its sentence stood."""
    act = partial(undo.take_back, undo_id=undo_id)
    return submit(request, act, to=page_before(request, "/"), message=taken_back)


def taken_back(count: int) -> str:
    """What is said after an act was undone."""
    return ngettext("Undone for %(count)s.", "Undone for %(count)s.", count) % {"count": count}


def worker_response() -> HttpResponse:
    """The script that keeps the page beside which it is served, and nothing else, for when there is
    no network."""
    response = HttpResponse(WORKER.read_text(), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


def manifest_response(name: str, address: str) -> HttpResponse:
    """What a page is called when somebody puts it on the first screen of their phone."""
    content = {
        "name": name,
        "short_name": name,
        "lang": get_language(),
        "start_url": address,
        "scope": address,
        "display": "standalone",
        "icons": [{"src": static("ui/icon.svg"), "sizes": "any", "type": "image/svg+xml"}],
    }
    return JsonResponse(content, content_type="application/manifest+json")
