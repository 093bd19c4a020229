"""预约单: one appointment on paper, also blank for the window."""

from baodao.documents.blocks import Closing, Grid, Heading, Paragraph, Spread, line
from baodao.documents.form import Form, PageSetup
from baodao.documents.formats import SHEET_FORMATS
from baodao.documents.parts import pairs, wide

APPOINTMENT_SLIP = Form(
    "appointment-slip",
    "预约单",
    (
        Heading(line("预约单")),
        Paragraph(line("查询码：{booking_code}"), indent=0, align="right", small=True),
        Grid(
            (1.2, 2, 1.2, 2),
            (
                pairs("booked_service", "booked_with"),
                pairs("booked_for", "booked_cost"),
                pairs("visitor", "visitor_phone"),
                wide("visit_place", 3),
                wide("booking_notes", 3, 2),
                pairs("booking_state", "booked_on"),
            ),
        ),
        Paragraph(
            line("注：本单不作收费凭据。有事不能来，请提前告诉社区或凭查询码改期、取消。"),
            indent=0,
            small=True,
        ),
        Spread((line("社区联系电话：{community_phone}"), line("经办人：{handler}")), small=True),
        Closing((line("{community|0|社区党组织}"), line("{issued_on}"))),
    ),
    PageSetup(top=20, bottom=18, left=24, right=24, inset=0.5, sizes=(12,)),
    SHEET_FORMATS,
)

PAPERS = (APPOINTMENT_SLIP,)
