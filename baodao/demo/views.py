"""One click a role: only where the database itself is marked as a demo."""

from functools import cached_property

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from baodao.demo.queries import account_of, castings, world
from baodao.kernel.authz import NOBODY
from baodao.kernel.errors import Absent
from baodao.ui.guards import reading, writing
from baodao.ui.requests import ActorRequest
from baodao.ui.sessions import SignInWay, sign_in


class Demo:
    """What pages say of the demo, worked out when a page asks: redirects cost no query."""

    def __init__(self, request: ActorRequest) -> None:
        self._actor = getattr(request, "actor", NOBODY)

    @cached_property
    def invented(self) -> bool:
        """Whether everybody and everything here is invented."""
        return world() is not None

    @property
    def url(self) -> str:
        """Where one enters with a click; empty outside a demo, and for who is signed in."""
        return reverse("demo:entrance") if self.invented and not self._actor.account_id else ""


def around(request: ActorRequest) -> dict[str, object]:
    """The context processor: `demo` for every page."""
    return {"demo": Demo(request)}


@login_not_required
@reading
def entrance(request: ActorRequest) -> HttpResponse:
    """Who one may be."""
    cast = castings()
    if not cast:
        raise Absent("demo")
    return render(request, "demo/entrance.html", {"castings": cast})


@login_not_required
@writing
def enter(request: ActorRequest) -> HttpResponse:
    """Be one of them."""
    sign_in(request, account_of(request.POST.get("seat", "")), SignInWay.DEMO)
    return redirect(settings.LOGIN_REDIRECT_URL)
