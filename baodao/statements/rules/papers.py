"""The sheets of a person's records."""

from baodao.documents.blocks import (
    Cell,
    Closing,
    Diagram,
    Grid,
    Heading,
    PaperColumn,
    Paragraph,
    Slot,
    Spread,
    Table,
    line,
)
from baodao.documents.form import Form, PageSetup
from baodao.documents.formats import SHEET_FORMATS
from baodao.documents.parts import pairs

_RECORDS = (
    PaperColumn("index", "序号", 3.1),
    PaperColumn("day", "服务日期", 5.6),
    PaperColumn("time", "时长", 4.6),
    PaperColumn("category", "服务类型", 5.4),
    PaperColumn("way", "服务方式", 5.4),
    PaperColumn("result", "服务内容", 8, "left"),
    PaperColumn("place", "服务地点", 5.8, "left"),
    PaperColumn("community", "服务社区", 5.4, "left"),
    PaperColumn("origin", "记录方式", 6.6),
    PaperColumn("confirmed_by", "确认人", 4.5),
)

_PORTRAIT = PageSetup(top=20, bottom=18, left=20, right=20, inset=0.45, sizes=(11,))

RECORD_SHEET = Form(
    "record-sheet",
    "服务记录单",
    (
        Heading(line("{sheet_name}")),
        Paragraph(
            line("编号：{number|0|〔　　　　〕　　　号}"), indent=0, align="right", small=True
        ),
        Grid(
            (1.2, 2, 1.2, 2),
            (
                pairs("name", "volunteer_number"),
                (*pairs("unit"), Cell(("服务社区",), label=True), Cell((Slot("community"),))),
                pairs("period", "records"),
                pairs("time_served", "handler"),
            ),
        ),
        Table(),
        Paragraph(
            line(
                "注：以上服务由{community|8|社区党组织}记录，谁记录谁负责。人工登记的在“记录方式”中注明。"
            ),
            indent=0,
            small=True,
        ),
        Spread((line("经办人：{handler}"), line("联系电话：{community_phone}")), small=True),
        Closing(
            (line("{community|0|社区党组织}（盖章）"), line("{issued_on}")),
            verify=True,
            caption="扫码核验服务记录",
        ),
    ),
    _PORTRAIT,
    SHEET_FORMATS,
    (("person", tuple(one for one in _RECORDS if one.name != "community")),),
    blank_rows=12,
)

YEAR_SHEET = Form(
    "service-year",
    "服务社区情况记录表",
    (
        Heading(line("服务社区情况记录表")),
        Spread((line("{served_year}年度"), line("统计截止日期：{as_of}")), small=True),
        Grid(
            (1.2, 2, 1.2, 2),
            (
                pairs("name", "volunteer_number"),
                pairs("unit", "branch"),
                pairs("records", "time_served"),
            ),
        ),
        Table(),
        Closing((line("{community|0|社区党组织}（盖章）"), line("{|0|　　　　年　　月　　日}"))),
        Diagram(line("附图：各月服务时长（小时）"), rows="months"),
    ),
    _PORTRAIT,
    SHEET_FORMATS,
    (("person", tuple(one for one in _RECORDS if one.name != "confirmed_by")),),
    blank_rows=16,
)

PAPERS = (
    RECORD_SHEET,
    YEAR_SHEET,
)
