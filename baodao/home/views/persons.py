"""A person as their unit, their community or a supervisor may see them."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from baodao.home.tables.profile import profile_of
from baodao.ui.guards import reading
from baodao.ui.requests import ActorRequest


@reading
def person(request: ActorRequest, person_id: UUID) -> HttpResponse:
    """Facts in the viewer's scope, every registration, and what can be done with the live one."""
    context = {"profile": profile_of(request.actor, person_id)}
    return render(request, "home/person.html", context)
