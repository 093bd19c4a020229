"""The paper of a unit's own registration."""

from baodao.documents.blocks import Cell, Closing, Grid, Heading, Paragraph, line
from baodao.documents.form import Form, PageSetup
from baodao.documents.parts import label, opinion, pairs, wide

UNIT_CONTACT = Form(
    "unit-contact",
    "驻区单位党组织报到联系单",
    (
        Heading(line("驻区单位党组织报到联系单")),
        Paragraph(line("编号：{number}"), indent=0, align="right", small=True),
        Grid(
            (1.35, 1.6, 1.35, 1.6),
            (
                wide("unit", 3),
                wide("parent", 3),
                wide("unit_address", 3),
                pairs("unit_kind", "branches"),
                pairs("members", "in_service"),
                pairs("secretary", "secretary_phone"),
                pairs("unit_contact", "unit_phone"),
                wide("resources", 3, 3),
                wide("needs", 3, 3),
                (label("联系社区"), Cell(line("{community}"), 3)),
                pairs("community_contact", "community_phone"),
                opinion("单位党组织意见", "{unit_opinion}", 3, "presented_on"),
                opinion("社区党组织意见", "{community_opinion}", 3, "accepted_on"),
            ),
        ),
        Closing((), verify=True, caption="扫码核验本联系单的真伪"),
    ),
    PageSetup(top=25, bottom=18, inset=0.7, sizes=(13, 12, 11, 10)),
)

PAPERS = (UNIT_CONTACT,)
