"""The supplies of a call-up on paper."""

from baodao.documents.blocks import Heading, PaperColumn, Spread, Table, line
from baodao.documents.form import Form
from baodao.documents.formats import LIST_FORMATS
from baodao.documents.parts import FOOTING, LIST_PAGE

SUPPLY_LEDGER = Form(
    "supply-ledger",
    "物资台账",
    (
        Heading(line("物资台账")),
        Spread((line("填报单位（盖章）：{organisation}"), line("截止日期：{as_of}")), small=True),
        Table(),
        FOOTING,
    ),
    LIST_PAGE,
    LIST_FORMATS,
    (
        (
            "organisation",
            (
                PaperColumn("index", "序号", 2.4),
                PaperColumn("at", "时间", 9),
                PaperColumn("item", "物资名称", 9, "left"),
                PaperColumn("amount_in", "收入", 4.4),
                PaperColumn("amount_out", "发出", 4.4),
                PaperColumn("balance", "结存", 4.4),
                PaperColumn("measure", "单位", 3.6),
                PaperColumn("party", "来源或去向", 12, "left"),
                PaperColumn("writer", "登记人", 6),
                PaperColumn("remark", "备注", 12, "left"),
            ),
        ),
    ),
    blank_rows=14,
)

PAPERS = (SUPPLY_LEDGER,)
