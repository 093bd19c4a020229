"""征求意见汇总表: what was asked, how it was marked line by line, words and what became of them."""

from baodao.documents.blocks import Heading, PaperColumn, Paragraph, Spread, Table, line
from baodao.documents.form import Form
from baodao.documents.formats import LIST_FORMATS
from baodao.documents.parts import LIST_PAGE

OPINION_SUMMARY = Form(
    "opinion-summary",
    "征求意见汇总表",
    (
        Heading(line("征求意见汇总表")),
        Spread(
            (
                line("征求意见单位：{opinion_asker}"),
                line("征求对象：{opinion_audience}"),
                line("征求时段：{opinion_period}"),
            ),
            small=True,
        ),
        Paragraph(line("{opinion_counts}"), indent=0, small=True),
        Table(),
        Paragraph(
            line("注：党员意见可不署名；不足五份时不汇总、不列出未署名意见。"), indent=0, small=True
        ),
    ),
    LIST_PAGE,
    LIST_FORMATS,
    (
        (
            "community",
            (
                PaperColumn("index", "序号", 2.4),
                PaperColumn("opinion_name", "提出意见的单位或个人", 8, "left"),
                PaperColumn("opinion_text", "意见建议", 18, "left"),
                PaperColumn("opinion_reply", "办理情况", 16, "left"),
                PaperColumn("opinion_settled", "回访结果", 5),
            ),
        ),
    ),
    blank_rows=10,
)

PAPERS = (OPINION_SUMMARY,)
