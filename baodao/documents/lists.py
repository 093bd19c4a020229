"""The lists of an organisation: roster and official tables, with their columns by level."""

from baodao.documents.blocks import (
    Cell,
    Closing,
    Column,
    Grid,
    Heading,
    Paragraph,
    Slot,
    Spread,
    Table,
    line,
)
from baodao.documents.fields import FIELDS
from baodao.documents.form import Form, Page

_FOOTING = Spread(
    (line("填表人：{compiler}"), line("审核人：{reviewer}"), line("填表日期：{compiled_on}")),
    small=True,
)
_LIST_PAGE = Page(top=20, bottom=18, left=18, right=18, landscape=True, sizes=(11,))

_ROSTER_COLUMNS = (
    Column("index", "序号", 2.4),
    Column("name", "姓名", 4.5),
    Column("sex", "性别", 2.2),
    Column("ethnicity", "民族", 3),
    Column("born_on", "出生年月", 5.4),
    Column("education", "学历", 3.6),
    Column("joined_on", "入党时间", 5.4),
    Column("grade", "党员类别", 4.2),
    Column("standing", "人员状态", 4.2),
    Column("branch", "所在党支部", 8, "left"),
    Column("position", "职务", 6, "left"),
    Column("phone", "联系电话", 6.6),
    Column("remark", "备注", 4, "left"),
)

ROSTER = Form(
    "roster",
    "党员花名册",
    (
        Heading(line("党员花名册")),
        Spread((line("填报单位（盖章）：{organisation}"), line("截止日期：{as_of}")), small=True),
        Table(),
        Paragraph(
            line("注：共有党员{members}名，其中在职党员{in_service}名。"), indent=0, small=True
        ),
        _FOOTING,
    ),
    _LIST_PAGE,
    ("pdf", "xlsx", "docx", "html"),
    (("unit", _ROSTER_COLUMNS),),
    blank_rows=14,
)


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
        _FOOTING,
        Closing((), verify=True, caption="扫码核验本表的真伪"),
    ),
    _LIST_PAGE,
    ("pdf", "xlsx", "docx", "html"),
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

_RECORDS = (
    Column("index", "序号", 3.1),
    Column("day", "服务日期", 5.6),
    Column("time", "时长", 4.6),
    Column("category", "服务类型", 5.4),
    Column("way", "服务方式", 5.4),
    Column("result", "服务内容", 8, "left"),
    Column("place", "服务地点", 5.8, "left"),
    Column("community", "服务社区", 5.4, "left"),
    Column("origin", "记录方式", 6.6),
    Column("confirmed_by", "确认人", 4.5),
)
_PORTRAIT = Page(top=20, bottom=18, left=20, right=20, inset=0.45, sizes=(11,))


def _facts(*names: str) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    for name in names:
        cells += [Cell((FIELDS[name].label,), label=True), Cell((Slot(name),))]
    return tuple(cells)


RECORD_SHEET = Form(
    "record-sheet",
    "服务记录单",
    (
        Heading(line("{sheet_name}")),
        Paragraph(
            line("编号：{number|0|〔　　　　〕　　　号}"), indent=0, align="right", small=True
        ),
        Grid(
            (1.2, 2, 1.2, 2),
            (
                _facts("name", "volunteer_number"),
                (*_facts("unit"), Cell(("服务社区",), label=True), Cell((Slot("community"),))),
                _facts("period", "records"),
                _facts("time_served", "handler"),
            ),
        ),
        Table(),
        Paragraph(
            line(
                "注：以上服务由{community|8|社区党组织}记录，谁记录谁负责。人工登记的在“记录方式”中注明。"
            ),
            indent=0,
            small=True,
        ),
        Spread((line("经办人：{handler}"), line("联系电话：{community_phone}")), small=True),
        Closing(
            (line("{community|0|社区党组织}（盖章）"), line("{issued_on}")),
            verify=True,
            caption="扫码核验服务记录",
        ),
    ),
    _PORTRAIT,
    ("pdf", "docx", "html"),
    (("person", tuple(one for one in _RECORDS if one.name != "community")),),
    blank_rows=12,
)

YEAR_SHEET = Form(
    "service-year",
    "服务社区情况记录表",
    (
        Heading(line("服务社区情况记录表")),
        Spread((line("{served_year}年度"), line("统计截止日期：{as_of}")), small=True),
        Grid(
            (1.2, 2, 1.2, 2),
            (
                _facts("name", "volunteer_number"),
                _facts("unit", "branch"),
                _facts("records", "time_served"),
            ),
        ),
        Table(),
        Closing((line("{community|0|社区党组织}（盖章）"), line("{|0|　　　　年　　月　　日}"))),
    ),
    _PORTRAIT,
    ("pdf", "docx", "html"),
    (("person", tuple(one for one in _RECORDS if one.name != "confirmed_by")),),
    blank_rows=16,
)

CLAIM_LIST = Form(
    "claim-list",
    "认领登记表",
    (
        Heading(line("认领登记表")),
        Spread((line("填报单位（盖章）：{organisation}"), line("截止日期：{as_of}")), small=True),
        Table(),
        _FOOTING,
    ),
    _LIST_PAGE,
    ("pdf", "xlsx", "docx", "html"),
    (
        (
            "community",
            (
                Column("index", "序号", 2.4),
                Column("name", "姓名", 4.5),
                Column("unit", "单位党组织", 9, "left"),
                Column("phone", "联系电话", 6.6),
                Column("offer", "岗位或活动", 9, "left"),
                Column("kind", "类别", 5.6),
                Column("when", "服务时间", 9, "left"),
                Column("place", "服务地点", 7, "left"),
                Column("claimed_on", "认领日期", 7),
                Column("state", "状态", 5),
                Column("remark", "备注", 4, "left"),
            ),
        ),
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
        _FOOTING,
        Closing((), verify=True, caption="扫码核验本表的真伪"),
    ),
    _LIST_PAGE,
    ("pdf", "xlsx", "docx", "html"),
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
