"""签到表: the list of an activity on paper, with a code a row."""

from baodao.documents.blocks import Heading, PaperColumn, Paragraph, Spread, Table, line
from baodao.documents.form import Form
from baodao.documents.formats import SHEET_FORMATS
from baodao.documents.parts import LIST_PAGE

ATTENDANCE_SHEET = Form(
    "attendance-sheet",
    "签到表",
    (
        Heading(line("签到表")),
        Spread((line("活动：{offer_title}"), line("时间：{offer_when}"))),
        Spread((line("地点：{offer_place}"), line("组织单位：{organisation}"))),
        Table(),
        Paragraph(
            line(
                "填写到达和离开的时间即可。没有名字的，在空行填写姓名和手机号码后四位。"
                "行码用于活动结束后拍照或者手工录入，不含个人信息。"
            ),
            indent=0,
            small=True,
        ),
        Spread((line("登记人：{handler}"), line("日期：{compiled_on}")), small=True),
    ),
    LIST_PAGE,
    SHEET_FORMATS,
    (
        (
            "community",
            (
                PaperColumn("index", "序号", 2.4),
                PaperColumn("name", "姓名", 6),
                PaperColumn("unit", "单位党组织", 10, "left"),
                PaperColumn("code", "行码", 9, coded=True),
                PaperColumn("tail", "手机号码后四位（未认领的填）", 7),
                PaperColumn("came", "到达时间", 6),
                PaperColumn("went", "离开时间", 6),
                PaperColumn("remark", "备注", 4, "left"),
            ),
        ),
    ),
    blank_rows=14,
)

PAPERS = (ATTENDANCE_SHEET,)
