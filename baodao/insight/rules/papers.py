"""The official tables as papers of the catalogue."""

from baodao.documents.blocks import (
    Closing,
    Diagram,
    Heading,
    Paragraph,
    Spread,
    Table,
    line,
)
from baodao.documents.form import Form
from baodao.documents.formats import LIST_FORMATS
from baodao.documents.parts import FOOTING, LIST_PAGE
from baodao.figures.rules.sheets import StatSheet
from baodao.insight.rules.columns import by_level

REGISTRATION_TABLE = Form(
    "registration-table",
    "在职党员报到情况统计表",
    (
        Heading(line("在职党员报到情况统计表")),
        Paragraph(line("编号：{number}"), indent=0, align="right", small=True),
        Spread(
            (line("填报单位（盖章）：{organisation}"), line("统计截止日期：{as_of}")), small=True
        ),
        Table(),
        Paragraph(
            line("注：{note}"),
            indent=0,
            small=True,
        ),
        FOOTING,
        Closing((), verify=True, caption="扫码核验本表的真伪"),
        Diagram(
            line("附图：报到情况（人）"),
            ("registered", "waiting", "exempt", "missing"),
            whole=True,
        ),
    ),
    LIST_PAGE,
    LIST_FORMATS,
    by_level(StatSheet.REGISTRATION),
    blank_rows=12,
)


SERVICE_TABLE = Form(
    "service-table",
    "在职党员服务情况统计表",
    (
        Heading(line("在职党员服务情况统计表")),
        Paragraph(line("编号：{number}"), indent=0, align="right", small=True),
        Spread(
            (
                line("填报单位（盖章）：{organisation}"),
                line("统计期间：{period}"),
                line("统计截止日期：{as_of}"),
            ),
            small=True,
        ),
        Table(),
        Paragraph(line("注：{service_note}"), indent=0, small=True),
        FOOTING,
        Closing((), verify=True, caption="扫码核验本表的真伪"),
        Diagram(line("附图：服务时长（小时）"), ("minutes",)),
        Diagram(line("附图：各月服务时长（小时）"), rows="months"),
    ),
    LIST_PAGE,
    LIST_FORMATS,
    by_level(StatSheet.SERVICE),
    blank_rows=12,
)

PAPERS = (
    REGISTRATION_TABLE,
    SERVICE_TABLE,
)
