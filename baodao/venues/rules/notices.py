"""What notices say about rooms: which and when, never who."""

from baodao.kernel.errors import gettext_noop
from baodao.notices.rules.catalogue import NoticeKind, Topic

OWN, OF_UNIT = "/me/rooms/", "/unit/rooms/"

NOTICES = (
    NoticeKind(
        "room-booked",
        Topic.TOGETHER,
        gettext_noop("“%(title)s”, %(when)s: the room is asked for. Please confirm it."),
        url="/bookings/%(about)s/",
    ),
    NoticeKind(
        "room-given-back",
        Topic.TOGETHER,
        gettext_noop("“%(title)s”, %(when)s: the room is not needed any more."),
        url="/bookings/%(about)s/",
    ),
    NoticeKind(
        "room-confirmed",
        Topic.TOGETHER,
        gettext_noop("“%(title)s”, %(when)s: the room is yours."),
        url=OWN,
    ),
    NoticeKind(
        "room-cancelled",
        Topic.TOGETHER,
        gettext_noop("“%(title)s”, %(when)s: the room cannot be had. Reason: %(reason)s"),
        url=OWN,
    ),
)
