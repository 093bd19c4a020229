"""On which page a form stands: where its sender is led when the form itself could not be taken."""

from collections.abc import Callable
from itertools import accumulate
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest
from django.urls import resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme

ACTS_ONLY, ASKS, TYPED_ON = "acts_only", "asks", "typed_on"
"""Marks of views: it takes a form and shows none; it shows the form that it takes; the name of the
page that shows again what was typed into the form that it takes."""


def page_of_form(request: HttpRequest) -> str:
    """The page on which the form stood that was sent to this address."""
    if shows_page(request.path):
        return request.get_full_path()
    return page_before(request, _referring(request) or page_above(request.path))


def page_of_typed(path: str) -> str | None:
    """The path of the page that can show again what was typed into a form for this address; None
    where nothing is kept of it."""
    view = view_at(path)
    if hasattr(view, ASKS):
        return path
    name = getattr(view, TYPED_ON, None)
    return reverse(name) if name else None


def page_before(request: HttpRequest, otherwise: str) -> str:
    """The page of ours from which a form came, as its field `back` says."""
    back = request.POST.get("back", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()})
    return back if safe and back else otherwise


def page_of_gone(request: HttpRequest) -> str:
    """The page that shows how things stand where nothing is at an address any more: the one on
    which the form stood, unless it stood here, else the one above."""
    above = page_above(request.path)
    came = _referring(request) if request.method == "POST" else ""
    return page_before(request, above if urlsplit(came).path in ("", request.path) else came)


def comes_from_page(request: HttpRequest) -> bool:
    """Whether a form or a link of ours led here, which was there when its page was opened."""
    return request.method == "POST" or bool(_referring(request))


def page_above(path: str) -> str:
    """The nearest address above an act's that shows a page."""
    steps = [f"{step}/" for step in path.strip("/").split("/")[:-1]]
    above = list(accumulate(steps, initial="/"))
    return next(address for address in reversed(above) if address == "/" or shows_page(address))


def shows_page(path: str) -> bool:
    """Whether a page stands at an address of ours."""
    view = view_at(path)
    return view is not None and not hasattr(view, ACTS_ONLY)


def view_at(path: str) -> Callable[..., object] | None:
    """What answers at this address; None where nothing does."""
    try:
        return resolve(path).func
    except Http404:
        return None


def _referring(request: HttpRequest) -> str:
    """The path and query of the page that the browser names, if it is one of ours that is shown."""
    came = urlsplit(request.headers.get("Referer", ""))
    if came.netloc != request.get_host() or not shows_page(came.path):
        return ""
    return came._replace(scheme="", netloc="", fragment="").geturl()
