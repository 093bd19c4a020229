"""Rows of a roster that are no people: totals, signatures, examples, repeated headers."""

import re
from collections.abc import Sequence

from baodao.documents.spreadsheets.cells import Cell, compact, text_of
from baodao.people.rules.names import is_name

TOTAL = re.compile(r"^(本页|本表|累计)?(合计|总计|小计|共计|汇总|总人数|总数|计$|共[0-9]+[人名])")
FOOTER = re.compile(
    r"^(填表|填报|制表|审核|审批|复核|经办|负责|联系|报送|单位|党组织|主管|签发|分管)[^:]{0,8}:"
    r"|^(注|备注|说明|填表说明|日期|填表日期|填报日期|签字|签名|书记)[^:]{0,4}[:0-9]"
    r"|\((盖章|公章|签字|签章)\)|^盖章|^[0-9]{0,4}年[0-9]{0,2}月[0-9]{0,2}日$|^第[0-9]+页"
)
LONG_NUMBER = re.compile(r"[0-9]{8}")
EXAMPLES = frozenset({"例", "示例", "样例", "例如", "范例", "（例）", "(例)", "填写示例"})


def is_margin(texts: Sequence[str], name: str, id_cell: Cell) -> bool:
    """Whether a row with these texts adds up or signs; `name` and `id_cell` stand in it as such."""
    words = [compact(text) for text in texts]
    if TOTAL.match(words[0]) or TOTAL.match(name):
        return True
    return _is_footer(words, name, id_cell)


def _is_footer(words: Sequence[str], name: str, id_cell: Cell) -> bool:
    """Whether a row is signed below the table: it begins so, or says so and names nobody."""
    if LONG_NUMBER.search(compact(text_of(id_cell))):
        return False
    telling = words[:1] if is_name(name) else words
    return any(FOOTER.search(word) for word in telling)
