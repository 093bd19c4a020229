"""One click a role: only where the database itself is marked as a demo."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from baodao.demo.queries import account_of, entries
from baodao.kernel.errors import Absent
from baodao.ui.requests import ActorRequest
from baodao.ui.sessions import Way, sign_in


@login_not_required
@require_GET
def entrance(request: ActorRequest) -> HttpResponse:
    """Who one may be."""
    found = entries()
    if not found:
        raise Absent("demo")
    return render(request, "demo/entrance.html", {"entries": found})


@login_not_required
@require_POST
def enter(request: ActorRequest) -> HttpResponse:
    """Be one of them."""
    sign_in(request, account_of(request.POST.get("seat", "")), Way.DEMO)
    return redirect("home")
