"""The official tables on paper, with their columns by level."""

from baodao.documents.blocks import Closing, Column, Heading, Paragraph, Spread, Table, line
from baodao.documents.form import Form
from baodao.documents.formats import LIST_FORMATS
from baodao.documents.parts import FOOTING, LIST_PAGE


def _figures(label: str, *more: Column) -> tuple[Column, ...]:
    return (
        Column("index", "序号", 2.4),
        Column("name", label, 12, "left"),
        *more,
        Column("members", "所属党员总数", 4.4, total=True),
        Column("in_service", "在职党员数", 4.4, total=True),
        Column("local", "居住在本地的在职党员数", 5.6, total=True),
        Column("reported", "已报到党员数", 4.4, total=True),
        Column("waiting", "待社区接收数", 4.4, total=True),
        Column("exempt", "免予或暂缓报到数", 4.8, total=True),
        Column("missing", "未报到数", 4.4, total=True),
        Column("rate", "报到率", 4),
        Column("remark", "备注", 5, "left"),
    )


_UNITS = Column("units", "单位报到数", 4.4, total=True)

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
    ),
    LIST_PAGE,
    LIST_FORMATS,
    (
        (
            "branch",
            (
                Column("index", "序号", 2.4),
                Column("name", "姓名", 4.5),
                Column("sex", "性别", 2.2),
                Column("position", "职务", 7, "left"),
                Column("branch", "所在党支部", 8, "left"),
                Column("community", "报到社区", 10, "left"),
                Column("accepted_on", "报到时间", 6),
                Column("reason", "未报到原因", 9, "left"),
                Column("remark", "备注", 4.5, "left"),
            ),
        ),
        ("unit", _figures("党支部")),
        (
            "community",
            (
                Column("index", "序号", 2.4),
                Column("name", "党员所在单位", 14, "left"),
                Column("unit_accepted_on", "单位报到时间", 6),
                Column("waiting", "待接收党员数", 4.4, total=True),
                Column("reported", "已报到党员数", 4.4, total=True),
                Column("placed", "已编入网格或服务队数", 5.4, total=True),
                Column("ended", "已结束报到数", 4.4, total=True),
                Column("remark", "备注", 6, "left"),
            ),
        ),
        ("street", _figures("组织名称", _UNITS)),
        ("district", _figures("组织名称", _UNITS)),
        ("city", _figures("组织名称", _UNITS)),
    ),
    blank_rows=14,
)


def _deeds(label: str, *more: Column) -> tuple[Column, ...]:
    return (
        Column("index", "序号", 2.4),
        Column("name", label, 11, "left"),
        Column("in_service", "在职党员数", 4.4, total=True),
        Column("served", "参加服务党员数", 4.8, total=True),
        Column("services", "服务人次", 4.4, total=True),
        Column("hours", "服务时长（小时）", 5, total=True),
        Column("posts", "认领岗位数", 4.4, total=True),
        *more,
        Column("remark", "备注", 5, "left"),
    )


_DONE_HERE = (
    Column("hosted", "在此报到党员数", 4.8, total=True),
    Column("services_here", "在此服务人次", 4.8, total=True),
    Column("needs_collected", "征集需求数", 4.4, total=True),
    Column("needs_met", "办实事次数", 4.4, total=True),
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
    ),
    LIST_PAGE,
    LIST_FORMATS,
    (
        ("branch", _deeds("姓名")),
        ("unit", _deeds("党支部")),
        (
            "community",
            (
                Column("index", "序号", 2.4),
                Column("name", "党员所在单位", 14, "left"),
                *_DONE_HERE,
                Column("remark", "备注", 6, "left"),
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
