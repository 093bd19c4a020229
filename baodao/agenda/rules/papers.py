"""The list of wishes on paper."""

from baodao.documents.blocks import Heading, PaperColumn, Spread, Table, line
from baodao.documents.form import Form
from baodao.documents.formats import LIST_FORMATS
from baodao.documents.parts import FOOTING, LIST_PAGE

WISH_LIST = Form(
    "wish-list",
    "微心愿登记表",
    (
        Heading(line("微心愿登记表")),
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
                PaperColumn("name", "心愿人", 4.5),
                PaperColumn("situation", "困难类别", 5),
                PaperColumn("phone", "联系电话", 6.6),
                PaperColumn("offer", "微心愿内容", 11, "left"),
                PaperColumn("place", "地址", 7, "left"),
                PaperColumn("claimed_by", "认领人", 8, "left"),
                PaperColumn("claimed_on", "认领日期", 7),
                PaperColumn("met_on", "实现日期", 7),
                PaperColumn("satisfied", "本人评价", 5),
                PaperColumn("remark", "备注", 4, "left"),
            ),
        ),
    ),
    blank_rows=14,
)

PAPERS = (WISH_LIST,)
