"""A member's own data: everything kept about them, who has read it, and copies to take away."""

from django.http import HttpResponse
from django.shortcuts import render

from baodao.home.documents.copies import copied, copied_text, copied_workbook
from baodao.registration.tables.copy import readings
from baodao.ui.guards import member_only, reading
from baodao.ui.listing import download
from baodao.ui.requests import ActorRequest


@reading
@member_only
def own_records(request: ActorRequest) -> HttpResponse:
    """Everything kept about the member, and everybody who has read a number of theirs."""
    context = {"copy": copied(request.actor), "readings": readings(request.actor)}
    return render(request, "home/own_records.html", context)


@reading
@member_only
def own_copy_json(request: ActorRequest) -> HttpResponse:
    """The member's copy for machines."""
    return download(copied_text(request.actor))


@reading
@member_only
def own_copy_xlsx(request: ActorRequest) -> HttpResponse:
    """The member's copy for reading."""
    return download(copied_workbook(request.actor))
