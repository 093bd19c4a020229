"""What a refusal or an absence becomes on a page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
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
