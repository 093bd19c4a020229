"""What stands before every page: who asks, behind a proxy of our own, and how much they send."""

from collections.abc import Callable
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from baodao.spreadsheets.workbooks import MAX_BYTES

Answer = Callable[[HttpRequest], HttpResponse]

KEYED = ("/came/",)
"""Addresses to which only forms are sent that carry the key of whom they are from."""

MIB = 2**20
MOST_BYTES = MAX_BYTES + 2 * MIB
"""Of a whole form with the largest file that is read; `deploy/nginx` lets as much through."""


class ProxyMiddleware:
    """The address of the visitor in place of the proxy's, so that lock-outs hit one visitor.

    Believed only with `BAODAO_HTTPS=1`, where a proxy is in front: the last address of
    `X-Forwarded-For`, which that proxy itself wrote, with or without a port. What a visitor sends
    stands before it; what is no address is nobody's.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        addresses = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.HTTPS else ""
        nearest = _address(addresses.rpartition(",")[2].strip())
        if nearest:
            request.META["REMOTE_ADDR"] = nearest
        return self.get_response(request)


def _address(text: str) -> str:
    """The address in `192.0.2.1`, `192.0.2.1:5000`, `2001:db8::1` or `[2001:db8::1]:5000`, in its
    one spelling; "" for anything else. The port changes with every connection."""
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        return str(ip_address(text))
    except ValueError:
        return ""


class KeyedMiddleware:
    """What is sent with a key says by it for whom it acts: no session is read for it."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(KEYED):
            request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)
        return self.get_response(request)


class BodyMiddleware:
    """A form that is too large is refused by its length, before anything of it is read.

    Nobody who is not signed in sends more than fits in memory, so a stranger leaves no file in the
    temporary folder. The API has a limit and an answer of its own.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        size = int(length) if length.isascii() and length.isdecimal() else 0
        if size <= settings.FILE_UPLOAD_MAX_MEMORY_SIZE or request.path.startswith("/api/"):
            return self.get_response(request)
        most = MOST_BYTES if request.user.is_authenticated else settings.FILE_UPLOAD_MAX_MEMORY_SIZE
        if size <= most:
            return self.get_response(request)
        reason = _("This is larger than %(most)s MB. Send a smaller file, or part of it.")
        context = {"reason": reason % {"most": min(most, MAX_BYTES) // MIB}}
        return render(request, "ui/refused.html", context, status=413)
