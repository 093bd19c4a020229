"""What a refusal or an absence becomes on a page, and what of a sent text people can see."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.shortcuts import render

from baodao.kernel.errors import Absent, Refused
from baodao.kernel.texts import visible
from baodao.ui.pages import page_above, shows_page
from baodao.ui.views import not_found
from baodao.ui.wording import worded


class RefusalMiddleware:
    """`Absent` is a 404 like any other; `Refused` a 409 page with the reason and a way back; who
    opens an address that only takes a form is shown the way to the page where it stands."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and not shows_page(request.path):
            page = render(request, "405.html", {"page": page_above(request.path)}, status=405)
            page["Allow"] = response["Allow"]
            return page
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Absent):
            return not_found(request, error)
        if isinstance(error, Refused):
            return render(request, "ui/refused.html", {"reason": worded(error)}, status=409)
        return None


class NoStoreMiddleware:
    """What a view made is kept nowhere on its way or in the browser, unless the view says how
    long: nearly every page names somebody, and a computer at a counter has many readers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        return response


NUL = "\0"


class TextMiddleware:
    """What is sent in an address, a query or a form is text, and text that people can see.

    A NUL character in an address is a 404, in a query or a form a 400: PostgreSQL keeps no text
    with it and no keyboard types it, so nothing lies at such an address, and what sent such a form
    was none of our pages. Hidden characters, which come with what people copy, are taken out
    before a view reads a query, a form or the name of a file. It looks when the view is known: the
    form has been read by then, with the checks that belong to it.
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
        texts = [text for key, values in sent for text in (key, *values)]
        if any(NUL in text for text in texts):
            raise BadRequest("NUL")
        if any(visible(text) != text for text in texts):
            request.GET = _visible(request.GET)
            request.POST = _visible(request.POST)
        for _name, uploads in request.FILES.lists():
            for upload in uploads:
                upload.name = visible(upload.name or "")


def _visible(sent: QueryDict) -> Any:
    """What was sent, without hidden characters."""
    texts = sent.copy()
    for key, values in sent.lists():
        del texts[key]
        texts.setlist(visible(key), [visible(value) for value in values])
    return texts
