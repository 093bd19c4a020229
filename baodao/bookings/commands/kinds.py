"""What distinguishes one kind of bookings from another: declared once by the slice whose they are;
what happens to a booking is the same for all (`bookings.py`)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import QuerySet

from baodao.bookings.models import HourBooking
from baodao.kernel.authz import Actor
from baodao.kernel.hours import FreeHour
from baodao.notices.commands.notices import Message

B = TypeVar("B", bound=HourBooking)


@dataclass(frozen=True)
class BookableKind(Generic[B]):
    """A kind of bookings. `noun` begins the journal's verbs; `what` is the column of what is
    booked.

    `rows` are all with what pages show of them, `kept` those of which the actor may read who
    booked, `charge` those that the actor confirms and cancels; `expired` those of long ago that
    still know who booked.
    `hold` locks something that can be booked now, and `free` tells its hours, without the booking
    that moves; `at_home` whether somebody comes to the resident there.
    `request` and `release` are notices to whom `keeper` names, `approval` and `refusal` those
    to whom `booker` names: only columns of the message. `confirms_by_hand`: taken down at the
    window it is confirmed. `has_outcome`: once its hour has begun somebody says whether it took
    place, and it may be cancelled until then. `known` is forgotten beside name and telephone, with
    what it becomes; `kept_own` of it is not forgotten by the code: the owner's account stays.
    """

    model: type[B]
    noun: str
    what: str
    rows: Callable[[], QuerySet[B]]
    kept: Callable[[Actor], QuerySet[B]]
    charge: Callable[[Actor], QuerySet[B]]
    expired: Callable[[], QuerySet[B]]
    hold: Callable[[UUID], Any]
    free: Callable[[Any, UUID | None], list[FreeHour]]
    keeper: Callable[[B], Mapping[str, Any]]
    request: str
    release: str
    booker: Callable[[B], Mapping[str, Any]] = lambda _: {}
    approval: str = ""
    refusal: str = ""
    at_home: Callable[[Any], bool] | None = None
    confirms_by_hand: bool = False
    has_outcome: bool = False
    known: Mapping[str, object] = field(default_factory=dict)
    kept_own: frozenset[str] = frozenset()

    def note_to(self, kind: str, row: B, whom: Mapping[str, Any], **more: str) -> list[Message]:
        """The notice of this kind about a booking, where there is somebody to tell."""
        if not (kind and whom):
            return []
        facts = {"title": row.title, "when": row.when, **more}
        return [Message(kind, about=row.pk, facts=facts, **whom)]
