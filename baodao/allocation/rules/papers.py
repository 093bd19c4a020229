"""分配方案: who would serve where, what it comes to beside today, and why each row stands so."""

from baodao.documents.blocks import Heading, PaperColumn, Paragraph, Spread, Table, line
from baodao.documents.form import Form
from baodao.documents.formats import LIST_FORMATS
from baodao.documents.parts import FOOTING, LIST_PAGE

ALLOCATION_PLAN = Form(
    "allocation-plan",
    "服务力量分配方案",
    (
        Heading(line("服务力量分配方案")),
        Spread((line("填报单位（盖章）：{organisation}"), line("截止日期：{as_of}")), small=True),
        Paragraph(line("{allocation_counts}"), indent=0, small=True),
        Table(),
        Paragraph(
            line("注：本方案须经本人或单位同意后办理，未同意的不变动。"), indent=0, small=True
        ),
        FOOTING,
    ),
    LIST_PAGE,
    LIST_FORMATS,
    (
        (
            "organisation",
            (
                PaperColumn("index", "序号", 2.4),
                PaperColumn("name", "单位或党员", 9, "left"),
                PaperColumn("unit", "单位党组织", 10, "left"),
                PaperColumn("allocation_former", "现联系社区", 8, "left"),
                PaperColumn("allocation_community", "拟联系社区", 8, "left"),
                PaperColumn("allocation_way", "距离", 6),
                PaperColumn("allocation_reason", "理由", 18, "left"),
                PaperColumn("allocation_state", "办理情况", 8, "left"),
            ),
        ),
    ),
    blank_rows=14,
)

PAPERS = (ALLOCATION_PLAN,)
