"""Where the pages of a kind of bookings are, and what they print: declared by the slice whose they
are. Its own templates `booking.html` and `booked.html` say what is booked."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Generic, TypeVar

from django.http import HttpResponse
from django.urls import reverse

from baodao.bookings.commands.kinds import BookableKind
from baodao.bookings.models import HourBooking
from baodao.documents.form import Form
from baodao.documents.sheets import Item
from baodao.ui.requests import ActorRequest

B = TypeVar("B", bound=HourBooking)


@dataclass(frozen=True)
class BookingPages(Generic[B]):
    """The pages of a kind: `app` is the slice with addresses and templates, `desk` the name of the
    page of who keeps it; `slip` is filled in with `slip_item`."""

    kind: BookableKind[B]
    app: str
    desk: str
    slip: Form
    slip_item: Callable[[B, str], Item]

    def at_desk(self, row: B) -> str:
        """The page of who keeps it."""
        return reverse(f"{self.app}:{self.desk}", args=[row.pk])

    def by_code(self, row: B) -> str:
        """The page of whoever knows the code."""
        return reverse(f"{self.app}:booked", args=[row.code])

    def at(self, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        """A page of this kind: the parts of its address, however they are called there, name which
        booking, then the rest."""

        @wraps(view)
        def page(request: ActorRequest, **parts: Any) -> HttpResponse:
            return view(request, self, *parts.values())

        return page
