"""帮扶记录: what a help group did for its households, on paper."""

from baodao.documents.blocks import Heading, PaperColumn, Spread, Table, line
from baodao.documents.form import Form
from baodao.documents.formats import LIST_FORMATS
from baodao.documents.parts import FOOTING, LIST_PAGE

HELP_RECORDS = Form(
    "help-records",
    "帮扶记录",
    (
        Heading(line("帮扶记录")),
        Spread((line("帮扶小组：{help_group}"), line("截止日期：{as_of}")), small=True),
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
                PaperColumn("on", "帮扶日期", 7),
                PaperColumn("household_number", "档案编号", 7),
                PaperColumn("offer", "帮扶对象（不写姓名）", 12, "left"),
                PaperColumn("aide", "帮扶人", 6),
                PaperColumn("minutes", "时长", 6),
                PaperColumn("result", "帮扶内容", 24, "left"),
                PaperColumn("remark", "核实情况", 6),
            ),
        ),
    ),
    blank_rows=14,
)

PAPERS = (HELP_RECORDS,)
