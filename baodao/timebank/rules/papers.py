"""时间银行对账单: what one account holds and how it came about."""

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
from baodao.documents.formats import LIST_FORMATS
from baodao.documents.parts import pairs

TIME_STATEMENT = Form(
    "time-statement",
    "时间银行对账单",
    (
        Heading(line("时间银行对账单")),
        Grid(
            (1.2, 2, 1.2, 2),
            (
                pairs("name", "volunteer_number"),
                pairs("time_earned", "time_spent"),
                pairs("time_left", "time_pending"),
            ),
        ),
        Table(),
        Paragraph(
            line(
                "注：时长来自服务记录，只能用于本人或亲属接受服务、赠予他人，不兑换钱物，不作评比。"
            ),
            indent=0,
            small=True,
        ),
        Spread((line("联系电话：{community_phone}"), line("截止日期：{as_of}")), small=True),
        Closing((line("{community|0|社区党组织}"), line("{issued_on}"))),
    ),
    PageSetup(top=20, bottom=18, left=20, right=20, inset=0.45, sizes=(11,)),
    LIST_FORMATS,
    (
        (
            "person",
            (
                PaperColumn("index", "序号", 3.1),
                PaperColumn("day", "日期", 7),
                PaperColumn("booking", "事项", 7),
                PaperColumn("result", "说明", 15, "left"),
                PaperColumn("change", "增减（分钟）", 6),
                PaperColumn("balance", "结余（分钟）", 6),
            ),
        ),
    ),
    blank_rows=12,
)

PAPERS = (TIME_STATEMENT,)
