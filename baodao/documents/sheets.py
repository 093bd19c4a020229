"""The papers of one member or unit: letter, receipt, slips, contact form, registration and
feedback card."""

from baodao.documents.blocks import (
    Cell,
    Closing,
    Grid,
    Heading,
    Layout,
    Paragraph,
    Slot,
    Spread,
    Tear,
    line,
)
from baodao.documents.fields import FIELDS
from baodao.documents.form import Form, Page


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

FEEDBACK_CARD = Form(
    "feedback-card",
    "在职党员社区表现反馈卡",
    (
        Heading(line("在职党员社区表现反馈卡")),
        Spread((line("报到地党组织：{community}"), line("编号：{number}")), small=True),
        Grid(
            _SIX,
            (
                _pairs("name", "sex", "born_on"),
                _pairs("joined_on", "grade", "position"),
                _wide("workplace", 5),
                (*_pairs("branch", span=2), *_pairs("accepted_on", span=2)),
                (*_wide("period", 3), *_pairs("occasion")),
                (*_pairs("records", span=2), *_pairs("time_served", span=2)),
                (_label("活动类型（可多选）"), Cell(line("{kinds}"), 5)),
                (_label("活动方式（可多选）"), Cell(line("{ways}"), 5)),
                (
                    _label("社区党组织评价"),
                    Cell(
                        line("{judgement}"),
                        5,
                        height=4,
                        foot=(
                            line("社区党组织书记（签名）：{signer}"),
                            line("（盖章）　{signed_on}"),
                        ),
                    ),
                ),
                (
                    _label("单位党组织意见"),
                    Cell(
                        line("{unit_opinion}"),
                        5,
                        height=4,
                        foot=(line("（盖章）　{opinion_on}"),),
                    ),
                ),
            ),
        ),
        Paragraph(
            line(
                "注：社区党组织按照在职党员参加社区服务的情况，在相应括号内打“√”，活动类型和活动方式"
                "可多选；所列情况由服务纪实汇总，统计截止{as_of}。"
            ),
            indent=0,
            small=True,
        ),
        Closing((), verify=True, caption="扫码核验本反馈卡的真伪"),
    ),
    Page(top=22, bottom=16, left=24, right=24, inset=0.65, sizes=(12, 11, 10)),
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
