"""A paper as a page; and the public page behind a verifying code: whether one is true."""

from collections.abc import Sequence

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from baodao.documents import queries
from baodao.documents.form import Form
from baodao.documents.html import sheets
from baodao.documents.sheets import Item


def paper_page(request: HttpRequest, form: Form, items: Sequence[Item]) -> HttpResponse:
    """The form for every item to look at and print, with its other media, of which each address
    ends with the medium in place of html; no items give the form blank."""
    context = {"form": form, "sheets": sheets(form, items)}
    return render(request, "documents/paper.html", context)


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
