"""The public page behind a verifying code: whether a paper is true, and nothing else."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from baodao.documents import queries


@login_not_required
@require_safe
def verify(request: HttpRequest, token: str) -> HttpResponse:
    """Valid or not, form, number, unit, masked name and date; a wrong token gives 404."""
    paper = queries.verified(token)
    response = render(
        request, "documents/verify.html", {"paper": paper}, status=200 if paper else 404
    )
    response["Cache-Control"] = "no-store"
    return response
