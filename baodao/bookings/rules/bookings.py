"""预约: an hour of what is offered or lent, booked by whoever needs it: its life, its words, what
is typed, and what the journal tells of it."""

from dataclasses import dataclass, replace
from datetime import datetime

from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.lives import Code, Life, check_length
from baodao.spreadsheets.phones import kept_phone

VISITOR, PLACE, NOTES = 60, 100, 200
CONSENT = "2026-12"
"""The version of the words under which somebody leaves a telephone for a booking."""


class BookingState(Code):
    """待确认, 已确认, 已完成, 未能成行, 已取消."""

    BOOKED = "booked", gettext_noop("To be confirmed")
    AGREED = "agreed", gettext_noop("Is confirmed")
    DONE = "done", gettext_noop("Took place")
    MISSED = "missed", gettext_noop("Did not come about")
    CANCELLED = "cancelled", gettext_noop("Cancelled")


BOOKING = Life(
    "booking",
    moves={
        BookingState.BOOKED: set(BookingState) - {BookingState.BOOKED},
        BookingState.AGREED: set(BookingState) - {BookingState.AGREED},
        BookingState.DONE: (),
        BookingState.MISSED: {BookingState.DONE},
        BookingState.CANCELLED: (),
    },
    refusals={
        BookingState.BOOKED: gettext_noop("This booking waits to be confirmed."),
        BookingState.AGREED: gettext_noop("This booking is confirmed already."),
        BookingState.DONE: gettext_noop("This booking took place already."),
        BookingState.MISSED: gettext_noop(
            "This booking did not come about. Book another one whenever you like."
        ),
        BookingState.CANCELLED: gettext_noop("This booking was cancelled."),
    },
    over=(BookingState.DONE, BookingState.MISSED, BookingState.CANCELLED),
)
"""Whoever does not come loses nothing by it: nobody counts it, and the next is booked as ever."""

BOOKER_STATES: dict[str, str] = {
    BookingState.BOOKED: gettext_noop("Booked; it is confirmed soon"),
    BookingState.AGREED: gettext_noop("Your booking is confirmed"),
    BookingState.DONE: gettext_noop("Your appointment took place"),
    BookingState.MISSED: gettext_noop("It did not come about this time"),
    BookingState.CANCELLED: gettext_noop("Your booking was cancelled"),
}
"""The state of a booking in the words of the page that who booked it opens."""


class BookingWay(Code):
    """By which way it was booked; all are equal."""

    LINK = "link", gettext_noop("On the residents' page")
    WINDOW = "window", gettext_noop("At the window")
    PHONE = "phone", gettext_noop("By telephone")


BY_HAND = (BookingWay.WINDOW, BookingWay.PHONE)

NOT_NEEDED = gettext_noop("Whoever booked needs it no more.")
"""A reason kept as a message id; shown translated."""

STORIES: dict[str, str] = {
    "booked": gettext_noop("Booked for %(when)s"),
    "moved": gettext_noop("Moved to %(when)s"),
    "confirmed": gettext_noop("Is confirmed"),
    "cancelled": gettext_noop("Cancelled"),
    "noted": gettext_noop("Noted: %(outcome)s"),
    "rated": gettext_noop("The visitor's word: %(word)s"),
    "unmasked": gettext_noop("Telephone read in full"),
    "contact-forgotten": gettext_noop("Name and telephone were forgotten"),
}
"""What the journal's verbs, behind the noun of a kind, say to who looks after bookings."""


@dataclass(frozen=True)
class BookingFacts:
    """When, for whom and where. Name and telephone may stay empty; a telephone needs `consent`, and
    who shall come to a home has to know where that is."""

    starts_at: datetime
    visitor: str = ""
    phone: str = ""
    place: str = ""
    notes: str = ""
    consent: str = ""
    way: str = BookingWay.LINK


def check_booking(facts: BookingFacts, *, at_home: bool) -> BookingFacts:
    """The facts as they may be kept, the telephone in digits."""
    clean = replace(
        facts,
        visitor=check_length(facts.visitor.strip(), VISITOR),
        phone=kept_phone(facts.phone),
        place=check_length(facts.place.strip(), PLACE),
        notes=check_length(facts.notes.strip(), NOTES),
    )
    if clean.phone and clean.consent != CONSENT:
        raise Refused(
            "need.consent",
            gettext_noop("Tick that the telephone may be kept, or leave it empty."),
        )
    if at_home and not clean.place:
        raise Refused("alliance.place", gettext_noop("Say where somebody shall come to."))
    return clean if clean.phone else replace(clean, consent="")
