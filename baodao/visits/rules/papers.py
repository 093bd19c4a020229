"""走访记录表: the visits of contact cadres on paper."""

from baodao.documents.blocks import Heading, PaperColumn, Spread, Table, line
from baodao.documents.form import Form
from baodao.documents.formats import LIST_FORMATS
from baodao.documents.parts import FOOTING, LIST_PAGE

VISIT_RECORDS = Form(
    "visit-records",
    "走访记录表",
    (
        Heading(line("走访记录表")),
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
                PaperColumn("on", "走访日期", 6.6),
                PaperColumn("cadre", "联系干部", 5.4),
                PaperColumn("unit", "所在单位", 8, "left"),
                PaperColumn("contact", "联系点", 8, "left"),
                PaperColumn("seen", "看", 10, "left"),
                PaperColumn("heard", "听", 10, "left"),
                PaperColumn("explained", "说", 10, "left"),
                PaperColumn("done", "办", 10, "left"),
                PaperColumn("outcome", "转办情况", 7, "left"),
            ),
        ),
    ),
    blank_rows=14,
)

PAPERS = (VISIT_RECORDS,)
