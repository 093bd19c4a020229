"""阵地预约单: one booking of a room on paper."""

from baodao.bookings.rules.papers import booking_slip
from baodao.documents.blocks import line
from baodao.documents.parts import pairs, wide

ROOM_SLIP = booking_slip(
    "room-slip",
    "阵地预约单",
    (
        pairs("venue_name", "room_title"),
        wide("venue_address", 3),
        pairs("booked_for", "booking_state"),
        pairs("visitor", "visitor_phone"),
        wide("booking_notes", 3, 2),
        wide("booked_on", 3),
    ),
    "注：场地免费使用。有事不能来，请提前告诉我们或凭查询码改期、取消。",
    (line("联系电话：{venue_phone}"), line("{venue_keeper}")),
)

PAPERS = (ROOM_SLIP,)
