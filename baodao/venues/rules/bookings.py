"""阵地预约: a room booked for an hour: its life, its words, and what the journal tells."""

from baodao.kernel.errors import gettext_noop
from baodao.kernel.lives import Code, Life


class RoomBookingState(Code):
    """待确认, 已确认, 已取消."""

    BOOKED = "booked", gettext_noop("To be confirmed")
    AGREED = "agreed", gettext_noop("Is confirmed")
    CANCELLED = "cancelled", gettext_noop("Cancelled")


ROOM_BOOKING = Life(
    "room-booking",
    moves={
        RoomBookingState.BOOKED: (RoomBookingState.AGREED, RoomBookingState.CANCELLED),
        RoomBookingState.AGREED: (RoomBookingState.BOOKED, RoomBookingState.CANCELLED),
        RoomBookingState.CANCELLED: (),
    },
    refusals={
        RoomBookingState.BOOKED: gettext_noop("This booking waits to be confirmed."),
        RoomBookingState.AGREED: gettext_noop("This booking is confirmed already."),
        RoomBookingState.CANCELLED: gettext_noop("This booking was cancelled."),
    },
    over=(RoomBookingState.CANCELLED,),
)
"""Once its hour is over nothing is asked: whether somebody came is nobody's business."""

BOOKER_STATES: dict[str, str] = {
    RoomBookingState.BOOKED: gettext_noop("Booked; it is confirmed soon"),
    RoomBookingState.AGREED: gettext_noop("Your room is confirmed"),
    RoomBookingState.CANCELLED: gettext_noop("Your booking was cancelled"),
}
"""The state of a booking in the words of the page that who booked it opens."""

CLOSED = gettext_noop("The place does not exist any more.")
NO_ROOM = gettext_noop("The room is not lent any more.")
"""Reasons kept as message ids; shown translated."""

STORIES: dict[str, str] = {
    "room.booked": gettext_noop("Booked for %(when)s"),
    "room.moved": gettext_noop("Moved to %(when)s"),
    "room.confirmed": gettext_noop("Is confirmed"),
    "room.cancelled": gettext_noop("Cancelled"),
    "room.unmasked": gettext_noop("Telephone read in full"),
    "room.contact-forgotten": gettext_noop("Name and telephone were forgotten"),
}
"""What the journal's verbs say to who keeps the place."""
