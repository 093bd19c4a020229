"""Reports as papers, set as GB/T 9704 sets official documents: margins, 28 characters a line,
22 lines a page."""

from baodao.documents.blocks import Closing, Diagram, Heading, Paragraph, Prose, line
from baodao.documents.form import Form, PageSetup

_PAGE = PageSetup(
    top=37, bottom=35, left=28, right=26, sizes=(16,), pitch=1.81, spacing=-0.25, official=True
)


def _report(code: str, title: str) -> Form:
    """A report: its title, to whom, its parts with a note to each figure, seal and date."""
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
            Diagram(line("附图：各月服务时长（小时）"), rows="months"),
        ),
        _PAGE,
    )


PAPERS = (
    _report("work-summary", "“双报到、双报告、双服务”工作总结"),
    _report("situation-report", "“双报到、双报告、双服务”工作情况汇报"),
    _report("community-feedback", "在职党员进社区服务情况反馈"),
    _report("quarterly-brief", "“双报到、双报告、双服务”工作季度简报"),
    _report("duty-report", "“双报到、双报告、双服务”工作述职报告"),
    _report("request-answer", "“双报到、双报告、双服务”工作填报"),
)
