"""公开承诺书 of a member, and the sheet of a community to be posted up."""

from baodao.documents.blocks import (
    Closing,
    Grid,
    Heading,
    PaperColumn,
    Paragraph,
    Spread,
    Table,
    line,
)
from baodao.documents.form import Form, PageSetup
from baodao.documents.formats import LIST_FORMATS, SHEET_FORMATS
from baodao.documents.parts import LIST_PAGE, pairs, wide

COMMITMENT = Form(
    "commitment",
    "党员公开承诺书",
    (
        Heading(line("党员公开承诺书")),
        Spread((line("{served_year}年度"), line("报到地党组织：{community}")), small=True),
        Grid((1.2, 2, 1.2, 2), (pairs("name", "volunteer_number"), pairs("unit", "branch"))),
        Paragraph(line("本人自愿认领以下岗位和项目，按承诺参加社区服务，请党组织和群众监督。")),
        Table(),
        Grid(
            (1.2, 5.2),
            (wide("own_services", 1), wide("yearly_service", 1), wide("own_words", 1)),
        ),
        Closing(
            (line("承诺人（签名）：{|8|}"), line("{committed_on|0|　　　　年　　月　　日}")),
        ),
    ),
    PageSetup(top=24, bottom=18, left=24, right=24, inset=0.5, sizes=(12,)),
    SHEET_FORMATS,
    (
        (
            "person",
            (
                PaperColumn("index", "序号", 3),
                PaperColumn("title", "承诺认领的岗位和项目", 14, "left"),
                PaperColumn("kind", "类别", 6),
                PaperColumn("claimed_on", "认领日期", 7),
            ),
        ),
    ),
    blank_rows=5,
)

COMMITMENT_LIST = Form(
    "commitment-list",
    "党员公开承诺公示表",
    (
        Heading(line("党员公开承诺公示表")),
        Spread(
            (
                line("社区党组织（盖章）：{community}"),
                line("{served_year}年度"),
                line("公示日期：{as_of}"),
            ),
            small=True,
        ),
        Table(),
        Paragraph(
            line("注：仅列出本人同意公示的承诺，按姓名排列，不分先后。"), indent=0, small=True
        ),
    ),
    LIST_PAGE,
    LIST_FORMATS,
    (
        (
            "community",
            (
                PaperColumn("index", "序号", 2.4),
                PaperColumn("name", "姓名", 4.5),
                PaperColumn("unit", "单位党组织", 9, "left"),
                PaperColumn("titles", "承诺认领的岗位和项目", 14, "left"),
                PaperColumn("own_services", "可提供的服务", 8, "left"),
                PaperColumn("yearly_service", "全年服务", 8),
                PaperColumn("own_words", "其他承诺", 9, "left"),
            ),
        ),
    ),
    blank_rows=14,
)

PAPERS = (COMMITMENT, COMMITMENT_LIST)
