"""草根能人台账, and 服务记录单 of a resident who helps."""

from baodao.documents.blocks import (
    Closing,
    Grid,
    Heading,
    PaperColumn,
    Paragraph,
    Spread,
    Table,
    line,
)
from baodao.documents.form import Form, PageSetup
from baodao.documents.formats import LIST_FORMATS, SHEET_FORMATS
from baodao.documents.parts import FOOTING, LIST_PAGE, pairs

TALENT_LIST = Form(
    "talent-list",
    "草根能人台账",
    (
        Heading(line("草根能人台账")),
        Spread((line("填报单位（盖章）：{organisation}"), line("截止日期：{as_of}")), small=True),
        Table(),
        FOOTING,
    ),
    LIST_PAGE,
    LIST_FORMATS,
    (
        (
            "community",
            (
                PaperColumn("index", "序号", 2.4),
                PaperColumn("name", "姓名", 5),
                PaperColumn("phone", "联系电话", 6.6),
                PaperColumn("specialty", "能做什么", 14, "left"),
                PaperColumn("free_times", "可服务时间", 8, "left"),
                PaperColumn("listed_on", "入库日期", 7),
                PaperColumn("services", "服务次数", 4.4),
                PaperColumn("time_served", "服务时长", 6),
            ),
        ),
    ),
    blank_rows=14,
)

TALENT_SHEET = Form(
    "talent-sheet",
    "服务记录单（居民志愿者）",
    (
        Heading(line("服务记录单（居民志愿者）")),
        Grid(
            (1.2, 2, 1.2, 2),
            (
                pairs("name", "volunteer_number"),
                pairs("period", "records"),
                pairs("time_served", "handler"),
            ),
        ),
        Table(),
        Paragraph(
            line("注：以上服务由{community|8|社区党组织}记录，谁记录谁负责；不计入在职党员服务。"),
            indent=0,
            small=True,
        ),
        Spread((line("经办人：{handler}"), line("联系电话：{community_phone}")), small=True),
        Closing((line("{community|0|社区党组织}（盖章）"), line("{issued_on}"))),
    ),
    PageSetup(top=20, bottom=18, left=20, right=20, inset=0.45, sizes=(11,)),
    SHEET_FORMATS,
    (
        (
            "person",
            (
                PaperColumn("index", "序号", 3.1),
                PaperColumn("day", "服务日期", 6.6),
                PaperColumn("time", "时长", 5),
                PaperColumn("category", "服务类型", 6),
                PaperColumn("result", "服务内容", 12, "left"),
                PaperColumn("place", "服务地点", 7, "left"),
                PaperColumn("recorded_by", "记录人", 5),
            ),
        ),
    ),
    blank_rows=12,
)

PAPERS = (TALENT_LIST, TALENT_SHEET)
