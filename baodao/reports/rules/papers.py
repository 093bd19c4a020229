"""Reports as papers, set as GB/T 9704 sets official documents: margins, 28 characters a line."""

from baodao.documents.blocks import Closing, Heading, PaperColumn, Paragraph, Prose, Table, line
from baodao.documents.form import Form, PageSetup

_FIGURES = (
    PaperColumn("index", "序号", 1.2),
    PaperColumn("name", "指标", 4, "left"),
    PaperColumn("figure", "数值", 2.4),
    PaperColumn("span", "期间", 3),
    PaperColumn("meaning", "口径", 9, "left"),
)
_PAGE = PageSetup(top=37, bottom=35, left=28, right=26, sizes=(16,), ruled=0.75)


def _report(code: str, title: str) -> Form:
    """A report: its title, to whom, its parts, seal and date; then the figures as an annex."""
    return Form(
        code,
        title,
        (
            Heading(line(title)),
            Paragraph(line("{organisation}（{period}）"), indent=0, align="center"),
            Paragraph(line("编号：{number}"), indent=0, align="right", small=True),
            Paragraph(line("{addressees}："), indent=0),
            Prose("report_text"),
            Closing(
                (
                    line("{organisation}（盖章）"),
                    line("签发人：{report_signer}"),
                    line("{submitted_on}"),
                ),
                verify=True,
                caption="扫码核验本报告的真伪",
            ),
            Paragraph(line("附：数据一览（统计截止{as_of}）"), indent=0),
            Table(),
        ),
        _PAGE,
        tables=(("figures", _FIGURES),),
        blank_rows=6,
    )


PAPERS = (
    _report("work-summary", "“双报到、双报告、双服务”工作总结"),
    _report("situation-report", "“双报到、双报告、双服务”工作情况汇报"),
)
