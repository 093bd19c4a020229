"""The list of claims on paper."""

from baodao.documents.blocks import Column, Heading, Spread, Table, line
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
                Column("index", "序号", 2.4),
                Column("name", "姓名", 4.5),
                Column("unit", "单位党组织", 9, "left"),
                Column("phone", "联系电话", 6.6),
                Column("offer", "岗位或活动", 9, "left"),
                Column("kind", "类别", 5.6),
                Column("when", "服务时间", 9, "left"),
                Column("place", "服务地点", 7, "left"),
                Column("claimed_on", "认领日期", 7),
                Column("state", "状态", 5),
                Column("remark", "备注", 4, "left"),
            ),
        ),
    ),
    blank_rows=14,
)

PAPERS = (CLAIM_LIST,)
