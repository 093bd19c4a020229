"""The feedback card on paper."""

from baodao.documents.blocks import Cell, Closing, Grid, Heading, Paragraph, Spread, line
from baodao.documents.form import Form, PageSetup
from baodao.documents.parts import SIX, label, pairs, wide

FEEDBACK_CARD = Form(
    "feedback-card",
    "在职党员社区表现反馈卡",
    (
        Heading(line("在职党员社区表现反馈卡")),
        Spread((line("报到地党组织：{community}"), line("编号：{number}")), small=True),
        Grid(
            SIX,
            (
                pairs("name", "sex", "born_on"),
                pairs("joined_on", "grade", "position"),
                wide("workplace", 5),
                (*pairs("branch", span=2), *pairs("accepted_on", span=2)),
                (*wide("period", 3), *pairs("occasion")),
                (*pairs("records", span=2), *pairs("time_served", span=2)),
                (label("活动类型（可多选）"), Cell(line("{kinds}"), 5)),
                (label("活动方式（可多选）"), Cell(line("{ways}"), 5)),
                (
                    label("社区党组织评价"),
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
                    label("单位党组织意见"),
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
    PageSetup(top=22, bottom=16, left=24, right=24, inset=0.65, sizes=(12, 11, 10)),
)

PAPERS = (FEEDBACK_CARD,)
