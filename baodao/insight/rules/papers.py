"""The official tables on paper, with their columns by level."""

from baodao.documents.blocks import (
    Closing,
    Diagram,
    Heading,
    PaperColumn,
    Paragraph,
    Spread,
    Table,
    line,
)
from baodao.documents.form import Form
from baodao.documents.formats import LIST_FORMATS
from baodao.documents.parts import FOOTING, LIST_PAGE


def _figures(label: str, *more: PaperColumn) -> tuple[PaperColumn, ...]:
    return (
        PaperColumn("index", "序号", 2.4),
        PaperColumn("name", label, 12, "left"),
        *more,
        PaperColumn("members", "所属党员总数", 4.4, total=True),
        PaperColumn("in_service", "在职党员数", 4.4, total=True),
        PaperColumn("local", "居住在本地的在职党员数", 5.6, total=True),
        PaperColumn("reported", "已报到党员数", 4.4, total=True),
        PaperColumn("waiting", "待社区接收数", 4.4, total=True),
        PaperColumn("exempt", "免予或暂缓报到数", 4.8, total=True),
        PaperColumn("missing", "未报到数", 4.4, total=True),
        PaperColumn("rate", "报到率", 4),
        PaperColumn("remark", "备注", 5, "left"),
    )


_UNITS = PaperColumn("units", "单位报到数", 4.4, total=True)

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
    (
        (
            "branch",
            (
                PaperColumn("index", "序号", 2.4),
                PaperColumn("name", "姓名", 4.5),
                PaperColumn("sex", "性别", 2.2),
                PaperColumn("position", "职务", 7, "left"),
                PaperColumn("branch", "所在党支部", 8, "left"),
                PaperColumn("community", "报到社区", 10, "left"),
                PaperColumn("accepted_on", "报到时间", 6),
                PaperColumn("reason", "未报到原因", 9, "left"),
                PaperColumn("remark", "备注", 4.5, "left"),
            ),
        ),
        ("unit", _figures("党支部")),
        (
            "community",
            (
                PaperColumn("index", "序号", 2.4),
                PaperColumn("name", "党员所在单位", 14, "left"),
                PaperColumn("unit_accepted_on", "单位报到时间", 6),
                PaperColumn("waiting", "待接收党员数", 4.4, total=True),
                PaperColumn("reported", "已报到党员数", 4.4, total=True),
                PaperColumn("placed", "已编入网格或服务队数", 5.4, total=True),
                PaperColumn("ended", "已结束报到数", 4.4, total=True),
                PaperColumn("remark", "备注", 6, "left"),
            ),
        ),
        ("street", _figures("组织名称", _UNITS)),
        ("district", _figures("组织名称", _UNITS)),
        ("city", _figures("组织名称", _UNITS)),
    ),
    blank_rows=14,
)


def _deeds(label: str, *more: PaperColumn) -> tuple[PaperColumn, ...]:
    return (
        PaperColumn("index", "序号", 2.4),
        PaperColumn("name", label, 11, "left"),
        PaperColumn("in_service", "在职党员数", 4.4, total=True),
        PaperColumn("served", "参加服务党员数", 4.8, total=True),
        PaperColumn("services", "服务人次", 4.4, total=True),
        PaperColumn("hours", "服务时长（小时）", 5, total=True),
        PaperColumn("posts", "认领岗位数", 4.4, total=True),
        *more,
        PaperColumn("remark", "备注", 5, "left"),
    )


_DONE_HERE = (
    PaperColumn("hosted", "在此报到党员数", 4.8, total=True),
    PaperColumn("services_here", "在此服务人次", 4.8, total=True),
    PaperColumn("needs_collected", "征集需求数", 4.4, total=True),
    PaperColumn("needs_met", "办实事次数", 4.4, total=True),
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
    (
        ("branch", _deeds("姓名")),
        ("unit", _deeds("党支部")),
        (
            "community",
            (
                PaperColumn("index", "序号", 2.4),
                PaperColumn("name", "党员所在单位", 14, "left"),
                *_DONE_HERE,
                PaperColumn("remark", "备注", 6, "left"),
            ),
        ),
        ("street", _deeds("组织名称", *_DONE_HERE)),
        ("district", _deeds("组织名称", *_DONE_HERE)),
        ("city", _deeds("组织名称", *_DONE_HERE)),
    ),
    blank_rows=14,
)

PAPERS = (
    REGISTRATION_TABLE,
    SERVICE_TABLE,
)
