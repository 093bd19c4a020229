"""预约: its life, the visitor's word at its end, and what the journal tells of it."""

from dataclasses import dataclass, replace
from datetime import datetime

from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.lives import Code, Life
from baodao.spreadsheets.phones import kept_phone

VISITOR, PLACE, NOTES, REMARK = 60, 100, 200, 200
CONSENT = "2026-12"
"""The version of the words under which a resident leaves a telephone for an appointment."""


class AppointmentState(Code):
    """待确认, 已确认, 已完成, 未能赴约, 已取消."""

    BOOKED = "booked", gettext_noop("To be confirmed")
    AGREED = "agreed", gettext_noop("Is confirmed")
    DONE = "done", gettext_noop("Took place")
    MISSED = "missed", gettext_noop("Did not come about")
    CANCELLED = "cancelled", gettext_noop("Cancelled")


APPOINTMENT = Life(
    "appointment",
    moves={
        AppointmentState.BOOKED: {
            *(AppointmentState.AGREED, AppointmentState.DONE),
            *(AppointmentState.MISSED, AppointmentState.CANCELLED),
        },
        AppointmentState.AGREED: {
            *(AppointmentState.BOOKED, AppointmentState.DONE),
            *(AppointmentState.MISSED, AppointmentState.CANCELLED),
        },
        AppointmentState.DONE: (),
        AppointmentState.MISSED: {AppointmentState.DONE},
        AppointmentState.CANCELLED: (),
    },
    refusals={
        AppointmentState.BOOKED: gettext_noop("This appointment waits to be confirmed."),
        AppointmentState.AGREED: gettext_noop("This appointment is confirmed already."),
        AppointmentState.DONE: gettext_noop("This appointment took place already."),
        AppointmentState.MISSED: gettext_noop(
            "This appointment did not come about. Book another one whenever you like."
        ),
        AppointmentState.CANCELLED: gettext_noop("This appointment was cancelled."),
    },
    over=(AppointmentState.DONE, AppointmentState.MISSED, AppointmentState.CANCELLED),
)
"""Whoever does not come loses nothing by it: nobody counts it, and the next is booked as ever."""

OUTCOMES = (AppointmentState.DONE, AppointmentState.MISSED)


class VisitorWord(Code):
    """满意, 基本满意, 不满意."""

    GOOD = "good", gettext_noop("Satisfied with it")
    FAIR = "fair", gettext_noop("Largely satisfied")
    POOR = "poor", gettext_noop("Not satisfied with it")


class BookingWay(Code):
    """By which way it was booked; all are equal."""

    LINK = "link", gettext_noop("On the residents' page")
    WINDOW = "window", gettext_noop("At the window")
    PHONE = "phone", gettext_noop("By telephone")


BY_HAND = (BookingWay.WINDOW, BookingWay.PHONE)

VISITOR_STATES: dict[str, str] = {
    AppointmentState.BOOKED: gettext_noop("Booked; it is confirmed soon"),
    AppointmentState.AGREED: gettext_noop("Your appointment is confirmed"),
    AppointmentState.DONE: gettext_noop("Your appointment took place"),
    AppointmentState.MISSED: gettext_noop("It did not come about this time"),
    AppointmentState.CANCELLED: gettext_noop("Your appointment was cancelled"),
}
"""The state of an appointment in the words of the page that who booked it opens."""

NOT_NEEDED = gettext_noop("Whoever booked needs it no more.")
WITHDRAWN = gettext_noop("It is not offered any more.")
"""Reasons kept as message ids; shown translated."""

STORIES: dict[str, str] = {
    "appointment.booked": gettext_noop("Booked for %(when)s"),
    "appointment.moved": gettext_noop("Moved to %(when)s"),
    "appointment.confirmed": gettext_noop("Is confirmed"),
    "appointment.cancelled": gettext_noop("Cancelled"),
    "appointment.noted": gettext_noop("Noted: %(outcome)s"),
    "appointment.rated": gettext_noop("The visitor's word: %(word)s"),
    "appointment.unmasked": gettext_noop("Telephone read in full"),
    "appointment.contact-forgotten": gettext_noop("Name and telephone were forgotten"),
}
"""What the journal's verbs say to who looks after appointments."""


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
        visitor=facts.visitor.strip()[:VISITOR],
        phone=kept_phone(facts.phone),
        place=facts.place.strip()[:PLACE],
        notes=facts.notes.strip()[:NOTES],
    )
    if clean.phone and clean.consent != CONSENT:
        raise Refused(
            "need.consent",
            gettext_noop("Tick that the telephone may be kept, or leave it empty."),
        )
    if at_home and not clean.place:
        raise Refused("alliance.place", gettext_noop("Say where somebody shall come to."))
    return clean if clean.phone else replace(clean, consent="")
