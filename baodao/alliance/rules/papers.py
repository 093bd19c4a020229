"""预约单: one appointment on paper."""

from baodao.bookings.rules.papers import booking_slip
from baodao.documents.blocks import line
from baodao.documents.parts import pairs, wide

APPOINTMENT_SLIP = booking_slip(
    "appointment-slip",
    "预约单",
    (
        pairs("booked_service", "booked_with"),
        pairs("booked_for", "booked_cost"),
        pairs("visitor", "visitor_phone"),
        wide("visit_place", 3),
        wide("booking_notes", 3, 2),
        pairs("booking_state", "booked_on"),
    ),
    "注：本单不作收费凭据。有事不能来，请提前告诉社区或凭查询码改期、取消。",
    (line("社区联系电话：{community_phone}"), line("{community|0|社区党组织}")),
)

PAPERS = (APPOINTMENT_SLIP,)
