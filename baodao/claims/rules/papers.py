"""The list of claims on paper."""

from baodao.documents.blocks import Heading, PaperColumn, Spread, Table, line
from baodao.documents.form import Form
from baodao.documents.formats import LIST_FORMATS
from baodao.documents.parts import FOOTING, LIST_PAGE

CLAIM_LIST = Form(
    "claim-list",
    "认领登记表",
    (
        Heading(line("认领登记表")),
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
                PaperColumn("name", "姓名", 4.5),
                PaperColumn("unit", "单位党组织", 9, "left"),
                PaperColumn("phone", "联系电话", 6.6),
                PaperColumn("offer", "岗位或活动", 9, "left"),
                PaperColumn("kind", "类别", 5.6),
                PaperColumn("when", "服务时间", 9, "left"),
                PaperColumn("place", "服务地点", 7, "left"),
                PaperColumn("claimed_on", "认领日期", 7),
                PaperColumn("state", "状态", 5),
                PaperColumn("remark", "备注", 4, "left"),
            ),
        ),
    ),
    blank_rows=14,
)

PAPERS = (CLAIM_LIST,)
