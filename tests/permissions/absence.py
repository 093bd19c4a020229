"""What is not there, or not theirs, answered without its page."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotFound

from baodao.kernel.errors import Absent


class AbsenceMiddleware:
    """A 404 of a view is answered by its status alone.

    Two of three answers of the walk are such a page, which says the same to somebody at every
    address; to draw it each time took a fifth of the walk. It is looked at once for each role,
    under an address that is none.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return HttpResponseNotFound() if isinstance(error, Absent | Http404) else None
