"""The list of pairings on paper."""

from baodao.documents.blocks import Heading, PaperColumn, Spread, Table, line
from baodao.documents.form import Form
from baodao.documents.formats import LIST_FORMATS
from baodao.documents.parts import FOOTING, LIST_PAGE

PAIRING_LIST = Form(
    "pairing-list",
    "结对帮扶登记表",
    (
        Heading(line("结对帮扶登记表")),
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
                PaperColumn("name", "帮扶对象", 4.5),
                PaperColumn("situation", "困难类别", 5),
                PaperColumn("phone", "联系电话", 6.6),
                PaperColumn("offer", "帮扶内容", 10, "left"),
                PaperColumn("supporter", "结对党员或单位", 8, "left"),
                PaperColumn("paired_on", "结对日期", 7),
                PaperColumn("rhythm", "走访频次", 5.4),
                PaperColumn("visits", "走访次数", 4.4),
                PaperColumn("visited_on", "最近走访", 7),
                PaperColumn("remark", "解除日期及原因", 8, "left"),
            ),
        ),
    ),
    blank_rows=14,
)

PAPERS = (PAIRING_LIST,)
