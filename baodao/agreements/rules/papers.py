"""共驻共建协议书 on paper."""

from baodao.documents.blocks import (
    Closing,
    Heading,
    PaperColumn,
    Paragraph,
    Prose,
    Spread,
    Table,
    line,
)
from baodao.documents.form import Form, PageSetup
from baodao.documents.formats import LIST_FORMATS

AGREEMENT_PAPER = Form(
    "agreement",
    "共驻共建协议书",
    (
        Heading(line("共驻共建协议书")),
        Spread((line("{served_year}年度"), line("编号：{number}")), small=True),
        Prose("agreement_end"),
        Paragraph(line("甲方（社区党组织）：{community}"), indent=0),
        Paragraph(line("乙方（单位党组织）：{unit}"), indent=0),
        Table(),
        Spread(
            (
                line("甲方签订人：{community_signer}（盖章）"),
                line("乙方签订人：{unit_signer}（盖章）"),
            )
        ),
        Paragraph(line("文本校验值（SHA-256）：{digest}"), indent=0, small=True),
        Closing((line("{signed_on}"),), verify=True, caption="扫码核验本协议书的真伪"),
    ),
    PageSetup(top=22, bottom=18, left=24, right=24, sizes=(11,)),
    LIST_FORMATS,
    (
        (
            "community",
            (
                PaperColumn("index", "序号", 3),
                PaperColumn("title", "事项", 8, "left"),
                PaperColumn("words", "约定内容", 28, "left"),
            ),
        ),
    ),
    blank_rows=8,
)

PAPERS = (AGREEMENT_PAPER,)
