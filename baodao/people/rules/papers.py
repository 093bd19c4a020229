"""The roster on paper."""

from baodao.documents.blocks import (
    Heading,
    PaperColumn,
    Paragraph,
    Spread,
    Table,
    line,
)
from baodao.documents.form import Form
from baodao.documents.formats import LIST_FORMATS
from baodao.documents.parts import FOOTING, LIST_PAGE

_ROSTER_COLUMNS = (
    PaperColumn("index", "序号", 2.4),
    PaperColumn("name", "姓名", 4.5),
    PaperColumn("sex", "性别", 2.2),
    PaperColumn("ethnicity", "民族", 3),
    PaperColumn("born_on", "出生年月", 5.4),
    PaperColumn("education", "学历", 3.6),
    PaperColumn("joined_on", "入党时间", 5.4),
    PaperColumn("grade", "党员类别", 4.2),
    PaperColumn("standing", "人员状态", 4.2),
    PaperColumn("branch", "所在党支部", 8, "left"),
    PaperColumn("position", "职务", 6, "left"),
    PaperColumn("phone", "联系电话", 6.6),
    PaperColumn("remark", "备注", 4, "left"),
)

ROSTER = Form(
    "roster",
    "党员花名册",
    (
        Heading(line("党员花名册")),
        Spread((line("填报单位（盖章）：{organisation}"), line("截止日期：{as_of}")), small=True),
        Table(),
        Paragraph(
            line("注：共有党员{members}名，其中在职党员{in_service}名。"), indent=0, small=True
        ),
        FOOTING,
    ),
    LIST_PAGE,
    LIST_FORMATS,
    (("unit", _ROSTER_COLUMNS),),
    blank_rows=14,
)

PAPERS = (ROSTER,)
