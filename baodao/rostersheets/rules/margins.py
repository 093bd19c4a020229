"""Rows of a roster that are no people: totals, signatures, remarks, examples."""

import re
from collections.abc import Sequence

from baodao.people.rules.names import CHINESE, is_name, is_of_sounds
from baodao.spreadsheets.cells import Cell, compact

TOTAL = re.compile(
    r"(本页|本表|全部|党员|人员|人数|支部|累计|总)*"
    r"((合计|总计|小计|共计)(?!.*[科处室部组股队站所局办]$).*|(汇总|总人数|总数|计)[:]?[0-9]*[人名]?)"
    r"|共(计|有)?[0-9]+[人名].*|其中[:：,，、(]?.*[0-9].*|.{1,20}(小计|合计|总计|计数)(:?[0-9]+[人名]?)?|total"
)
SIGNER = re.compile(r"(填表|填报|制表|审核|审批|复核|经办|报送|签发)(人|者)?:")
SIGNED = re.compile(
    r"(填表|填报|制表|审核|审批|复核|经办|负责|联系|报送|主管|签发|分管)"
    r"(单位|部门|支部|书记|领导|人员|人|者|时间|日期|电话|意见|签字|签名|盖章|签章)*:.*"
    r"|(填表|填报|制表|审核|审批|复核|经办|报送|签发)(人|者)"
    r"|(单位|党组织|党支部|支部|书记|日期|签字|签名|盖章)[^:]{0,8}:.*"
    r"|.{0,12}(签字|签名|盖章|签章)[:]?|.*\((盖章|公章|签字|签章)\).*|第[0-9]+页.*"
)
REMARK = re.compile(
    r"(填表|填报)?(注|备注|说明|附注|注意)[0-9]{0,2}([:.、].*)?"
    r"|[(\[【]?(以下空白|此页空白|以下无|以上|空白|无)[)\]】]?|完|完毕|结束|end"
)
DAY = re.compile(
    r"[0-9]{0,4}年[0-9]{0,2}月([0-9]{0,2}日)?|[0-9]{4}[-./][0-9]{1,2}([-./][0-9]{1,2})?"
)
LONG_NUMBER = re.compile(r"[0-9]{8}")
SERIAL = re.compile(r"[0-9]{0,5}(\.0)?")
EXAMPLE = re.compile(
    r"[(\[【]?(?:填写)?(?:示|样|范)?例如?[0-9一二三四五]?(?:[)\]】]?[:]?|[)\]】:].+)"
)
RULED = re.compile(r"[-—–_=:*.。]+")
LIST = re.compile(r"..(?:名册|名单|[系览记细计]表|台账)$")
HINT = re.compile(r"填|例如|如:?[0-9]|格式|[0-9]{1,2}位|yyyy|下拉|选择|^请|此处")
LONGEST_NAME = 6


def is_margin(texts: Sequence[str], name: str, number: str, has_facts: bool) -> bool:
    """Whether a row without a valid ID number is about nobody.

    `texts` are its cells that are not empty; `name` and `number` what stands where its name and
    its ID number should, `has_facts` whether a cell tells what only a person has. Something like a
    name beside any fact is a person, whatever else the row begins with but 填表人：.
    """
    words = [compact(text) for text in texts]
    if all(map(RULED.fullmatch, words)) or (len(words) == 1 and LIST.search(words[0])):
        return True
    if SIGNER.match(words[0]) and SIGNED.fullmatch(compact(number)):
        return True
    if LONG_NUMBER.search(compact(number)):
        return False
    if _is_like_a_name(name):
        return bool(SIGNER.match(words[0])) or (not has_facts and is_below(words[0]))
    if any(map(is_below, words)):
        return True
    telling = [word for word in words if not SERIAL.fullmatch(word)]
    if len(telling) < 2 and (len(telling) == 0 or DAY.fullmatch(telling[0])):
        return True
    return not has_facts and (not name or len(telling) < 2)


def is_example(cell: Cell) -> bool:
    """Whether a row that begins so shows how to fill in the others: 例, 示例1, （样例）."""
    return isinstance(cell, str) and "例" in cell and EXAMPLE.fullmatch(compact(cell)) is not None


def is_hint(texts: Sequence[str]) -> bool:
    """Whether the cells of a row without a number say what to write below: 填全名, 18位."""
    hints = sum(HINT.search(compact(text)) is not None for text in texts)
    return hints > 1 and 2 * hints >= len(texts) and not any(map(LONG_NUMBER.search, texts))


def _is_like_a_name(name: str) -> bool:
    if not is_name(name) or is_below(compact(name)):
        return False
    is_short = len(name) <= LONGEST_NAME or "·" in name or is_of_sounds(name)
    return is_short or CHINESE.fullmatch(name) is None


def is_below(word: str) -> bool:
    """Whether a cell adds up, signs or remarks, as the rows below a table do."""
    return any(form.fullmatch(word) for form in (TOTAL, SIGNED, REMARK))
