"""Who asks, when a proxy of our own stands between."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]


class ProxyMiddleware:
    """The address of the visitor in place of the proxy's, so that lock-outs hit one visitor.

    Believed only with `BAODAO_HTTPS=1`, where a proxy is in front: the last address of
    `X-Forwarded-For`, which that proxy itself wrote. What a visitor sends stands before it.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        addresses = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.HTTPS else ""
        nearest = addresses.rpartition(",")[2].strip()
        if nearest:
            request.META["REMOTE_ADDR"] = nearest
        return self.get_response(request)
