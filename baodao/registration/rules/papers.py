"""The papers of a member's registration: letter, receipt, slips and card."""

from baodao.documents.blocks import (
    Cell,
    Closing,
    Grid,
    Heading,
    Layout,
    Paragraph,
    Spread,
    Tear,
    line,
)
from baodao.documents.form import Form, PageSetup
from baodao.documents.parts import (
    COMMUNITY_CONTACT,
    COMMUNITY_SEAL,
    SIX,
    UNIT_SEAL,
    label,
    opinion,
    pairs,
    wide,
)

_LETTER = (1.15, 1.7) * 3

_NUMBER = "{number|0|〔　　　　〕　　　号}"
_RECEIPT: Layout = (
    Paragraph(line("{unit|12|党组织}："), indent=0),
    Paragraph(
        line("{name}同志所持介绍信收悉，现已在我处登记报到，由我处安排参加社区服务。特此回执。")
    ),
    COMMUNITY_CONTACT,
)

INTRODUCTION_LETTER = Form(
    "introduction-letter",
    "在职党员报到介绍信",
    (
        Heading(line("在职党员报到介绍信")),
        Paragraph(line(_NUMBER), indent=0, align="right", small=True),
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
                pairs("sex", "born_on", "joined_on"),
                (*pairs("position"), *wide("specialty", 3)),
                (*wide("phone", 1), *wide("address", 3)),
            ),
        ),
        Spread((line("单位联系人：{unit_contact}"), line("联系电话：{unit_phone}"))),
        Closing(UNIT_SEAL, verify=True, caption="扫码核验本介绍信的真伪"),
        Tear(),
        Heading(line("在职党员报到介绍信回执")),
        Paragraph(line(f"介绍信编号：{_NUMBER}"), indent=0, align="right", small=True),
        *_RECEIPT,
        Closing(COMMUNITY_SEAL),
    ),
    PageSetup(top=22, bottom=16, ruled=0.8),
)

RECEIPT = Form(
    "receipt",
    "在职党员报到介绍信回执",
    (
        Heading(line("在职党员报到介绍信回执")),
        Paragraph(line(_NUMBER), indent=0, align="right", small=True),
        *_RECEIPT,
        Closing(COMMUNITY_SEAL, verify=True, caption="扫码核验本回执的真伪"),
    ),
    PageSetup(top=37, bottom=35),
)

REPORT_SLIP = Form(
    "report-slip",
    "在职党员联系报到单",
    (
        Heading(line("在职党员联系报到单")),
        Paragraph(line("编号：{number}"), indent=0, align="right", small=True),
        Grid(
            SIX,
            (
                pairs("name", "sex", "born_on"),
                pairs("joined_on", "grade", "position"),
                wide("workplace", 5),
                wide("branch", 5),
                wide("address", 5),
                (*pairs("phone"), *wide("specialty", 3)),
                wide("wish", 5),
                opinion("单位党组织意见", "同意该同志到{community}报到。", 5, "issued_on"),
            ),
        ),
        Tear(),
        Heading(line("在职党员联系报到回执单")),
        Paragraph(line("编号：{number}"), indent=0, align="right", small=True),
        Grid(
            SIX,
            (
                (*pairs("name"), *wide("workplace", 3)),
                (*pairs("accepted_on"), *wide("community", 3)),
                pairs("grid", "team", "posts"),
                (*pairs("community_contact"), *wide("community_phone", 3)),
            ),
        ),
        Closing(COMMUNITY_SEAL, verify=True, caption="扫码核验本单的真伪"),
    ),
    PageSetup(top=18, bottom=14, left=24, right=24, sizes=(12, 11, 10)),
)

REGISTRATION_CARD = Form(
    "registration-card",
    "社区在职党员报到登记卡",
    (
        Heading(line("社区在职党员报到登记卡")),
        Spread((line("报到地党组织：{community}"), line("编号：{number}")), small=True),
        Grid(
            SIX,
            (
                pairs("name", "sex", "ethnicity"),
                pairs("born_on", "joined_on", "grade"),
                pairs("education", "standing", "position"),
                (*pairs("phone"), *wide("workplace", 3)),
                wide("branch", 5),
                wide("address", 5),
                wide("specialty", 5),
                wide("interests", 5),
                wide("wish", 5, 2),
                (*wide("free_times", 5),),
                wide("posts", 5, 2),
                (*pairs("grid"), *wide("team", 3)),
                (
                    label("服务承诺"),
                    Cell(
                        line(
                            "本人愿在居住地亮明党员身份，从实际出发认领岗位，为邻里办好力所能及的事。"
                        ),
                        5,
                        foot=(line("承诺人（签名）：{|8|}　　{|0|　　　　年　　月　　日}"),),
                    ),
                ),
                opinion("社区党组织意见", "{community_opinion}", 5, "accepted_on"),
            ),
        ),
        Closing((), verify=True, caption="扫码核验本登记卡的真伪"),
    ),
    PageSetup(top=22, bottom=16, left=24, right=24, inset=0.65, sizes=(13, 12, 11, 10)),
)

PAPERS = (
    INTRODUCTION_LETTER,
    RECEIPT,
    REPORT_SLIP,
    REGISTRATION_CARD,
)
