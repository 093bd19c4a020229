"""The catalogue of official forms: their fields with Chinese labels, and their layouts.

Field names are the contract between the facts of the upper slices, our own layouts and the Word
layouts that a tenant makes: the same name means the same thing in every form.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from baodao.documents.blocks import (
    Block,
    Cell,
    Closing,
    Column,
    Grid,
    Heading,
    Layout,
    Line,
    Paragraph,
    Slot,
    Spread,
    Table,
    Tear,
    line,
)
from baodao.kernel.errors import Refused, gettext_noop

Kind = Literal["text", "day", "month", "figure"]

VERIFY_URL = "verify_url"
"""The item key that holds the address behind the verifying code; no field of its own."""


@dataclass(frozen=True)
class Field:
    """A named fact: how it is called on paper, how it is written, how wide its blank is.

    A field with a `phrase` need not be given: the phrase, with its own fields, stands in its place.
    """

    name: str
    label: str
    kind: Kind = "text"
    width: int = 8
    phrase: str = ""


@dataclass(frozen=True)
class Page:
    """A4 with its margins in millimetres and the title in points.

    `inset` is the air above and below the text of ruled cells in em, `ruled` their size as a share.
    `sizes` are body sizes in points: a sheet takes the largest at which it stays one sheet.
    """

    top: float = 25
    bottom: float = 20
    left: float = 28
    right: float = 26
    landscape: bool = False
    title: float = 22
    inset: float = 0.5
    ruled: float = 1
    sizes: tuple[float, ...] = (16, 14, 12)


@dataclass(frozen=True)
class Form:
    """An official form. `tables` are the columns of its list by level, the first the default."""

    code: str
    title: str
    layout: Layout
    page: Page = Page()
    formats: tuple[str, ...] = ("pdf", "docx", "html")
    tables: tuple[tuple[str, tuple[Column, ...]], ...] = ()
    blank_rows: int = 0

    @property
    def fields(self) -> tuple[Field, ...]:
        """Every field the layout shows, once, in the order of the sheet."""
        names = dict.fromkeys(slot.field for slot in _slots(self.layout) if slot.field)
        return tuple(FIELDS[name] for name in names)

    def columns(self, level: str = "") -> tuple[Column, ...]:
        """The columns of the list at `level`; refused when the form has no such level."""
        tables = dict(self.tables)
        if not level and tables:
            return self.tables[0][1]
        if level not in tables:
            raise Refused(
                "form.level-unknown",
                gettext_noop("%(form)s has no level “%(level)s”. Choose one of: %(levels)s."),
                form=self.title,
                level=level,
                levels="、".join(tables),
            )
        return tables[level]


def _lines(block: Block) -> Iterator[Line]:
    match block:
        case Heading() | Paragraph():
            yield block.text
        case Spread():
            yield from block.parts
        case Closing():
            yield from block.lines
        case Grid():
            for cell in (cell for row in block.rows for cell in row):
                yield cell.text
                yield from cell.foot


def _slots(layout: Layout) -> Iterator[Slot]:
    for block in layout:
        for text in _lines(block):
            yield from _slots_of(text)


def _slots_of(text: Line) -> Iterator[Slot]:
    for segment in text:
        if isinstance(segment, Slot):
            yield segment
            if segment.field in FIELDS:
                yield from _slots_of(line(FIELDS[segment.field].phrase))


FIELDS: dict[str, Field] = {
    field.name: field
    for field in (
        Field("name", "姓名"),
        Field("sex", "性别", width=4),
        Field("ethnicity", "民族", width=4),
        Field("born_on", "出生年月", "month"),
        Field("joined_on", "入党时间", "month"),
        Field("grade", "党员类别"),
        Field("standing", "人员状态"),
        Field("education", "学历"),
        Field("position", "职务"),
        Field("specialty", "专业特长"),
        Field("interests", "兴趣爱好"),
        Field("wish", "服务意愿"),
        Field("free_times", "可服务时间"),
        Field("address", "家庭住址", width=16),
        Field("phone", "联系电话", width=10),
        Field("workplace", "工作单位", width=14),
        Field("unit", "单位党组织", width=14),
        Field("branch", "所在党支部", width=12),
        Field("unit_contact", "单位联系人", width=5),
        Field("unit_phone", "联系电话", width=7),
        Field("unit_address", "单位地址", width=16),
        Field("unit_kind", "单位性质"),
        Field("parent", "上级党组织", width=14),
        Field("secretary", "党组织书记"),
        Field("secretary_phone", "书记电话"),
        Field("branches", "党支部数", "figure", 4),
        Field("members", "党员总数", "figure", 4),
        Field("in_service", "在职党员数", "figure", 4),
        Field("reported", "到社区报到党员数", "figure", 4),
        Field("resources", "可提供的资源和服务", width=20),
        Field("needs", "希望社区支持的事项", width=20),
        Field("community", "报到地党组织", width=14),
        Field("community_contact", "社区联系人", width=5),
        Field("community_phone", "联系电话", width=7),
        Field("community_opinion", "社区党组织意见", width=16),
        Field("unit_opinion", "单位党组织意见", width=16),
        Field("grid", "编入网格"),
        Field("team", "编入服务队"),
        Field("posts", "认领岗位", width=12),
        Field("number", "编号", width=8),
        Field("issued_on", "开具日期", "day"),
        Field("presented_on", "提交日期", "day"),
        Field("accepted_on", "报到日期", "day"),
        Field("organisation", "填报单位", width=14),
        Field("as_of", "统计截止日期", "day"),
        Field(
            "note",
            "说明",
            phrase="本单位共有在职党员{in_service}名，到社区报到党员{reported}名。",
        ),
        Field("compiler", "填表人", width=6),
        Field("reviewer", "审核人", width=6),
        Field("compiled_on", "填表日期", "day"),
    )
}


def _label(text: str) -> Cell:
    return Cell((text,), label=True)


def _pairs(*names: str, span: int = 1) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    for name in names:
        cells += [_label(FIELDS[name].label), Cell((Slot(name),), span)]
    return tuple(cells)


def _wide(name: str, span: int, height: int = 1) -> tuple[Cell, Cell]:
    return _label(FIELDS[name].label), Cell((Slot(name),), span, height=height)


def _opinion(label: str, text: str, span: int, date: str) -> tuple[Cell, Cell]:
    foot = (line("（盖章）"), line("{" + date + "}"))
    return _label(label), Cell(line(text), span, height=2, foot=foot)


_UNIT_SEAL = (line("{unit|0|单位党组织}（盖章）"), line("{issued_on}"))
_COMMUNITY_SEAL = (line("{community|0|社区党组织}（盖章）"), line("{accepted_on}"))
_COMMUNITY_CONTACT = Spread(
    (line("社区联系人：{community_contact}"), line("联系电话：{community_phone}"))
)
_SIX = (1.5, 1.6) * 3
_LETTER = (1.15, 1.7) * 3

_RECEIPT: Layout = (
    Heading(line("在职党员报到介绍信回执")),
    Paragraph(line("{number|0|〔　　　　〕　　　号}"), indent=0, align="right", small=True),
    Paragraph(line("{unit|12|党组织}："), indent=0),
    Paragraph(
        line("{name}同志所持介绍信收悉，现已在我处登记报到，由我处安排参加社区服务。特此回执。")
    ),
    _COMMUNITY_CONTACT,
)

INTRODUCTION_LETTER = Form(
    "introduction-letter",
    "在职党员报到介绍信",
    (
        Heading(line("在职党员报到介绍信")),
        Paragraph(line("{number|0|〔　　　　〕　　　号}"), indent=0, align="right", small=True),
        Paragraph(line("{community|12|社区党组织}："), indent=0),
        Paragraph(
            line(
                "兹有{name}同志，在{workplace}工作，系中共{grade|0|正式（预备）}党员，现前往你处"
                "报到，按照安排参加社区服务。请予接收，并将回执交回我单位。该同志基本情况如下："
            )
        ),
        Grid(
            _LETTER,
            (
                _pairs("sex", "born_on", "joined_on"),
                (*_pairs("position"), *_wide("specialty", 3)),
                (*_wide("phone", 1), *_wide("address", 3)),
            ),
        ),
        Spread((line("单位联系人：{unit_contact}"), line("联系电话：{unit_phone}"))),
        Closing(_UNIT_SEAL, verify=True, caption="扫码核验本介绍信的真伪"),
        Tear(),
        *_RECEIPT,
        Closing(_COMMUNITY_SEAL),
    ),
    Page(top=22, bottom=16, ruled=0.8),
)

RECEIPT = Form(
    "receipt",
    "在职党员报到介绍信回执",
    (*_RECEIPT, Closing(_COMMUNITY_SEAL, verify=True, caption="扫码核验本回执的真伪")),
    Page(top=37, bottom=35),
)

REPORT_SLIP = Form(
    "report-slip",
    "在职党员联系报到单",
    (
        Heading(line("在职党员联系报到单")),
        Paragraph(line("编号：{number}"), indent=0, align="right", small=True),
        Grid(
            _SIX,
            (
                _pairs("name", "sex", "born_on"),
                _pairs("joined_on", "grade", "position"),
                _wide("workplace", 5),
                _wide("branch", 5),
                _wide("address", 5),
                (*_pairs("phone"), *_wide("specialty", 3)),
                _wide("wish", 5),
                _opinion("单位党组织意见", "同意该同志到{community}报到。", 5, "issued_on"),
            ),
        ),
        Tear(),
        Heading(line("在职党员联系报到回执单")),
        Paragraph(line("编号：{number}"), indent=0, align="right", small=True),
        Grid(
            _SIX,
            (
                (*_pairs("name"), *_wide("workplace", 3)),
                (*_pairs("accepted_on"), *_wide("community", 3)),
                _pairs("grid", "team", "posts"),
                (*_pairs("community_contact"), *_wide("community_phone", 3)),
            ),
        ),
        Closing(_COMMUNITY_SEAL, verify=True, caption="扫码核验本单的真伪"),
    ),
    Page(top=18, bottom=14, left=24, right=24, sizes=(12, 11, 10)),
)

UNIT_CONTACT = Form(
    "unit-contact",
    "驻区单位党组织报到联系单",
    (
        Heading(line("驻区单位党组织报到联系单")),
        Paragraph(line("编号：{number}"), indent=0, align="right", small=True),
        Grid(
            (1.35, 1.6, 1.35, 1.6),
            (
                _wide("unit", 3),
                _wide("parent", 3),
                _wide("unit_address", 3),
                _pairs("unit_kind", "branches"),
                _pairs("members", "in_service"),
                _pairs("secretary", "secretary_phone"),
                _pairs("unit_contact", "unit_phone"),
                _wide("resources", 3, 3),
                _wide("needs", 3, 3),
                (_label("联系社区"), Cell(line("{community}"), 3)),
                _pairs("community_contact", "community_phone"),
                _opinion("单位党组织意见", "{unit_opinion}", 3, "presented_on"),
                _opinion("社区党组织意见", "{community_opinion}", 3, "accepted_on"),
            ),
        ),
        Closing((), verify=True, caption="扫码核验本联系单的真伪"),
    ),
    Page(top=25, bottom=18, inset=0.7, sizes=(13, 12, 11, 10)),
)

REGISTRATION_CARD = Form(
    "registration-card",
    "社区在职党员报到登记卡",
    (
        Heading(line("社区在职党员报到登记卡")),
        Spread((line("报到地党组织：{community}"), line("编号：{number}")), small=True),
        Grid(
            _SIX,
            (
                _pairs("name", "sex", "ethnicity"),
                _pairs("born_on", "joined_on", "grade"),
                _pairs("education", "standing", "position"),
                (*_pairs("phone"), *_wide("workplace", 3)),
                _wide("branch", 5),
                _wide("address", 5),
                _wide("specialty", 5),
                _wide("interests", 5),
                _wide("wish", 5, 2),
                (*_wide("free_times", 5),),
                _wide("posts", 5, 2),
                (*_pairs("grid"), *_wide("team", 3)),
                (
                    _label("服务承诺"),
                    Cell(
                        line(
                            "本人愿在居住地亮明党员身份，从实际出发认领岗位，为邻里办好力所能及的事。"
                        ),
                        5,
                        foot=(line("承诺人（签名）：{|8|}　　{|0|　　　　年　　月　　日}"),),
                    ),
                ),
                _opinion("社区党组织意见", "{community_opinion}", 5, "accepted_on"),
            ),
        ),
        Closing((), verify=True, caption="扫码核验本登记卡的真伪"),
    ),
    Page(top=22, bottom=16, left=24, right=24, inset=0.65, sizes=(13, 12, 11, 10)),
)

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

_SHEETS = (INTRODUCTION_LETTER, RECEIPT, REPORT_SLIP, UNIT_CONTACT, REGISTRATION_CARD)
_LISTS = (ROSTER, REGISTRATION_TABLE)
FORMS: dict[str, Form] = {form.code: form for form in (*_SHEETS, *_LISTS)}


def form_of(code: str) -> Form:
    """The form with `code`; refused when there is none."""
    if code not in FORMS:
        raise Refused(
            "form.unknown",
            gettext_noop("There is no form “%(form)s”. Choose one of: %(forms)s."),
            form=code,
            forms=", ".join(FORMS),
        )
    return FORMS[code]
