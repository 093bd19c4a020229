"""What a refusal or an absence becomes on a page, and what is no text at all."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.defaults import page_not_found

from baodao.kernel.errors import Absent, Refused
from baodao.ui.wording import worded


class RefusalMiddleware:
    """`Absent` is a 404 like any other; `Refused` a 409 page with the reason and a way back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Absent):
            return page_not_found(request, error)
        if isinstance(error, Refused):
            return render(request, "ui/refused.html", {"reason": worded(error)}, status=409)
        return None


NUL = "\0"


class NulMiddleware:
    """A NUL character in an address is a 404, in a query or a form a 400.

    PostgreSQL keeps no text with it and no keyboard types it, so nothing lies at such an address,
    and what sent such a form was none of our pages. Refused whole and not mended: a view, the
    kept answer of a form and the journal never see another text than was sent. It looks when the
    view is known: the form has been read by then, with the checks that belong to it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, *_: object) -> None:
        if getattr(view, "csrf_exempt", False):
            return  # the API takes no forms: it checks and answers in a shape of its own
        if NUL in request.path:
            raise Http404("NUL")
        sent = [*request.GET.lists(), *request.POST.lists()]
        if any(NUL in text for key, values in sent for text in (key, *values)):
            raise BadRequest("NUL")
