"""Pages that belong to no slice: help, and expired forms."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The CSRF token did not match: the page is too old or not ours."""
    return render(request, "403.html", {"expired": True, "reason": reason}, status=403)


@login_not_required
def help_page(request: HttpRequest) -> HttpResponse:
    """How each role gets from signing in to done, on one page."""
    return render(request, "ui/help.html")
