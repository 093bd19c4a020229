"""Reports about the site itself, for inspectors and for the authority that files applications."""

from baodao.documents.blocks import (
    Heading,
    PaperColumn,
    Paragraph,
    Spread,
    Table,
    line,
)
from baodao.documents.form import Form, PageSetup
from baodao.documents.formats import LIST_FORMATS

_PAGE = PageSetup(top=22, bottom=20, left=22, right=22, sizes=(11,))

COMPLIANCE_REPORT = Form(
    "compliance-report",
    "合规情况报告",
    (
        Heading(line("合规情况报告")),
        Spread((line("部署单位（盖章）：{organisation}"), line("统计时间：{as_of}")), small=True),
        Table(),
        Paragraph(
            line("注：各项由本系统即时核对得出，不由人填写；“由测试证明”的见项目自带的测试。"),
            indent=0,
            small=True,
        ),
    ),
    _PAGE,
    LIST_FORMATS,
    (
        (
            "site",
            (
                PaperColumn("index", "序号", 2.2),
                PaperColumn("name", "要求", 11, "left"),
                PaperColumn("state", "状态", 4.6),
                PaperColumn("fact", "事实", 14, "left"),
            ),
        ),
    ),
    blank_rows=17,
    site=True,
)

FILING_DRAFT = Form(
    "filing-draft",
    "政务应用程序备案申请表（事实部分草稿）",
    (
        Heading(line("政务应用程序备案申请表（事实部分草稿）")),
        Spread((line("申请单位：{organisation}"), line("填写时间：{as_of}")), small=True),
        Table(),
        Paragraph(
            line("注：本表只列出系统自身能够说明的事实，其余各项由申请单位填写。"),
            indent=0,
            small=True,
        ),
    ),
    _PAGE,
    LIST_FORMATS,
    (
        (
            "site",
            (
                PaperColumn("index", "序号", 2.2),
                PaperColumn("name", "项目", 8, "left"),
                PaperColumn("fact", "内容", 18, "left"),
            ),
        ),
    ),
    blank_rows=12,
    site=True,
)

PAPERS = (COMPLIANCE_REPORT, FILING_DRAFT)
