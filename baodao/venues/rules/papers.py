"""阵地预约单: one booking of a room on paper, also blank for the window."""

from baodao.documents.blocks import Closing, Grid, Heading, Paragraph, Spread, line
from baodao.documents.form import Form, PageSetup
from baodao.documents.formats import SHEET_FORMATS
from baodao.documents.parts import pairs, wide

ROOM_SLIP = Form(
    "room-slip",
    "阵地预约单",
    (
        Heading(line("阵地预约单")),
        Paragraph(line("查询码：{booking_code}"), indent=0, align="right", small=True),
        Grid(
            (1.2, 2, 1.2, 2),
            (
                pairs("venue_name", "room_title"),
                wide("venue_address", 3),
                pairs("booked_for", "booking_state"),
                pairs("visitor", "visitor_phone"),
                wide("booking_notes", 3, 2),
                wide("booked_on", 3),
            ),
        ),
        Paragraph(
            line("注：场地免费使用。有事不能来，请提前告诉我们或凭查询码改期、取消。"),
            indent=0,
            small=True,
        ),
        Spread((line("联系电话：{venue_phone}"), line("经办人：{handler}")), small=True),
        Closing((line("{venue_keeper}"), line("{issued_on}"))),
    ),
    PageSetup(top=20, bottom=18, left=24, right=24, inset=0.5, sizes=(12,)),
    SHEET_FORMATS,
)

PAPERS = (ROOM_SLIP,)
