"""民情档案卡: the whole file of a household, for the household itself."""

from baodao.documents.blocks import (
    Grid,
    Heading,
    PaperColumn,
    Paragraph,
    Prose,
    Spread,
    Table,
    line,
)
from baodao.documents.form import Form, PageSetup
from baodao.documents.formats import Format
from baodao.documents.parts import pairs, wide

HOUSEHOLD_CARD = Form(
    "household-card",
    "民情档案卡",
    (
        Heading(line("民情档案卡")),
        Paragraph(line("{reader_mark}"), indent=0, align="center", small=True),
        Spread((line("建档社区：{household_community}"), line("编号：{number}")), small=True),
        Grid(
            (1.2, 2, 1.2, 2),
            (
                pairs("household_name", "household_phone"),
                pairs("household_grid", "household_grade"),
                pairs("household_filed_on", "household_kept_until"),
                wide("household_address", 3),
                wide("household_categories", 3),
                wide("household_hardship", 3),
                wide("household_basis", 3),
            ),
        ),
        Paragraph(line("家庭成员"), indent=0),
        Table(),
        Paragraph(line("帮扶措施"), indent=0),
        Prose("household_measures"),
        Paragraph(line("走访和帮扶"), indent=0),
        Prose("household_story"),
        Paragraph(line("查阅记录"), indent=0),
        Prose("household_readings"),
        Paragraph(
            line(
                "注：本人及家庭成员可以要求查阅、复制、更正本档案，也可以撤回同意、要求删除。"
                "撤回同意不影响依法应当享受的救助。"
            ),
            indent=0,
            small=True,
        ),
        Paragraph(line("{reader_mark}"), indent=0, align="center", small=True),
    ),
    PageSetup(top=20, bottom=18, left=22, right=22, inset=0.45, sizes=(11,)),
    (Format.PDF,),
    (
        (
            "household",
            (
                PaperColumn("index", "序号", 3),
                PaperColumn("household_person", "姓名", 7),
                PaperColumn("household_relation", "与户主关系", 8),
                PaperColumn("household_born", "出生年份", 6),
            ),
        ),
    ),
    blank_rows=6,
)

PAPERS = (HOUSEHOLD_CARD,)
