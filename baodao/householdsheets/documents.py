"""Registers of households to be filled in: empty, and with examples. Nothing is written here."""

from io import BytesIO

from django.utils.translation import override

from baodao.documents.files import Rendered
from baodao.documents.formats import Format
from baodao.documents.workbooks import Worksheet, write_workbook
from baodao.householdsheets.rules.headings import TEMPLATE, TITLES
from baodao.kernel.authz import Actor
from baodao.orgs.models import Organisation
from baodao.residents.queries.files import categories_at, grids_in
from baodao.ui.wording import word_of

_EXAMPLES = (
    (
        *("（示例）张三", "张三", "户主", "1951", "19900000001", "1号楼2单元301"),
        *("低保；独居老人", "腿脚不便，买菜取药困难", "重点帮扶", ""),
    ),
    ("（示例）张三", "张小明", "孙子", "2015", "", "", "", "", "", ""),
    (
        *("（示例）李四", "李四", "户主", "1968", "19900000002", "5号楼1单元102"),
        *("大病", "妻子长期透析", "经常联系", ""),
    ),
    ("（示例）李四", "王五", "配偶", "1970", "", "", "", "", "", ""),
)


def register_template(actor: Actor, community: Organisation, *, has_examples: bool) -> Rendered:
    """A table to fill in: the headings that are understood, the words that may stand in them, and
    where asked for two households as examples, which are not read."""
    with override("zh-hans"):
        words = categories_at(community)
        difficulties = "、".join(word_of(words, code) for code in words)
    grids = "、".join(grid.name for grid in grids_in(actor, community))
    notes = [
        "一行写一个人，同一户的人挨着写，“户主”一栏填户主姓名；住址、电话、困难类别写在户主那一行即可。",
        f"困难类别：{difficulties}；有几类的用“；”隔开。帮扶等级：重点帮扶、经常联系、一般关注。",
        f"网格：{grids or '本社区没有网格，可不填'}。不收集身份证号；困难情况中勿写证件号、电话。",
    ]
    out = BytesIO()
    titles = [TITLES[one] for one in TEMPLATE]
    rows = _EXAMPLES if has_examples else ()
    write_workbook([Worksheet("民情台账", titles, rows, above=notes)], out)
    name = "民情台账导入表（含示例）.xlsx" if has_examples else "民情台账导入表.xlsx"
    return Rendered(out.getvalue(), Format.EXCEL.content_type, name)
