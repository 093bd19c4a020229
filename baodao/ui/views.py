"""Pages that belong to no slice: expired forms, and the errors of the server itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The CSRF token did not match: the page is too old or not ours."""
    return render(request, "403.html", {"expired": True, "reason": reason}, status=403)
