"""公示, 名单 and 荣誉证书: what is posted up, issued with a number, given to who is honoured.

None of them shows a telephone, and none says why somebody does not stand on it.
"""

from baodao.documents.blocks import Closing, Heading, PaperColumn, Paragraph, Spread, Table, line
from baodao.documents.form import Form, PageSetup
from baodao.documents.formats import LIST_FORMATS, SHEET_FORMATS

_PAGE = PageSetup(top=24, bottom=18, left=24, right=24, sizes=(12,))
_COLUMNS = (
    (
        "community",
        (
            PaperColumn("index", "序号", 3),
            PaperColumn("honour_name", "姓名或单位名称", 10, "left"),
            PaperColumn("honour_belongs", "所在党组织", 18, "left"),
            PaperColumn("honour_verdict", "结果", 8),
        ),
    ),
)

HONOUR_NOTICE = Form(
    "honour-notice",
    "评优评议公示",
    (
        Heading(line("评优评议公示")),
        Paragraph(
            line(
                "根据有关办法，经审核，现将{honour_title|12}名单予以公示，"
                "排名不分先后。公示时间：{honour_from|0|　　年　　月　　日}至"
                "{honour_until|0|　　年　　月　　日}。"
            )
        ),
        Table(),
        Paragraph(line("{honour_changes|0|}"), small=True),
        Paragraph(
            line(
                "如有异议，请在公示期内向本单位反映，也可以登录后在“我的评优评议”提出。"
                "对每一条异议，将在规定时间内答复。"
            )
        ),
        Closing((line("{honour_issuer|12|公示单位}（盖章）"), line("{honour_from}"))),
    ),
    _PAGE,
    LIST_FORMATS,
    _COLUMNS,
    blank_rows=12,
)

HONOUR_LIST = Form(
    "honour-list",
    "评优评议名单",
    (
        Heading(line("评优评议名单")),
        Spread((line("评定单位：{honour_issuer}"), line("编号：{number}")), small=True),
        Paragraph(line("{honour_title|12}名单："), indent=0),
        Table(),
        Paragraph(line("{honour_changes|0|}"), small=True),
        Paragraph(line("注：按党组织和姓名拼音排列，排名不分先后。"), indent=0, small=True),
        Closing(
            (line("{honour_issuer|12|评定单位}（盖章）"), line("{issued_on}")),
            verify=True,
            caption="扫码核验本名单的真伪",
        ),
    ),
    _PAGE,
    LIST_FORMATS,
    _COLUMNS,
    blank_rows=12,
)

HONOUR_CERTIFICATE = Form(
    "honour-certificate",
    "荣誉证书",
    (
        Heading(line("荣誉证书")),
        Spread((line(""), line("编号：{number}")), small=True),
        Paragraph(line("{honour_to|16}："), indent=0),
        Paragraph(line("在党员进社区、服务群众工作中表现突出，被评为{honour_award|12}。")),
        Paragraph(line("特发此证，以资鼓励。")),
        Closing(
            (line("{honour_issuer|12|评定单位}（盖章）"), line("{issued_on}")),
            verify=True,
            caption="扫码核验本证书的真伪",
        ),
    ),
    _PAGE,
    SHEET_FORMATS,
)

PAPERS = (HONOUR_NOTICE, HONOUR_LIST, HONOUR_CERTIFICATE)
