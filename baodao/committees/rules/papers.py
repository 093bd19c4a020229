"""会议纪要 on paper."""

from baodao.documents.blocks import Closing, Heading, Paragraph, Prose, line
from baodao.documents.form import Form, PageSetup
from baodao.documents.formats import LIST_FORMATS

_PAGE = PageSetup(top=37, bottom=35, left=28, right=26, sizes=(16,), pitch=1.81, spacing=-0.25)

MINUTES = Form(
    "meeting-minutes",
    "会议纪要",
    (
        Heading(line("会议纪要")),
        Paragraph(line("{committee}"), indent=0, align="center"),
        Paragraph(line("编号：{number}"), indent=0, align="right", small=True),
        Paragraph(line("时间：{meeting_time}"), indent=0),
        Paragraph(line("地点：{meeting_spot}"), indent=0),
        Prose("minutes_text"),
        Closing(
            (line("{organisation}（盖章）"), line("签发人：{report_signer}"), line("{issued_on}")),
            verify=True,
            caption="扫码核验本纪要的真伪",
        ),
    ),
    _PAGE,
    LIST_FORMATS,
)

PAPERS = (MINUTES,)
