"""Names of branches: which two are the same, and which is nearest."""

import difflib
import re
from collections.abc import Mapping
from functools import lru_cache

from baodao.spreadsheets.cells import NOTHING, UNSAID, compact

ENDING = re.compile(r"(?:支部)?(?:委员会|党支部|支部|党总支|总支|党委)+$")
PREFIX = re.compile(r"^中(?:国)?共(?:产党)?")
NUMERAL = re.compile(r"第?([一二三四五六七八九十百两0-9]+)")
DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"两": 2}
_NUMBERED = re.compile(r"#[0-9]+")
BRACKETED = re.compile(r"[(（][^()（）]*[)）]$")
COUNT = re.compile(
    r"[:：,，、]?\s*[(（【\[]?\s*[共计合小]*[:：]?\s*[0-9]+\s*[人名位]\s*[)）】\]]?$"
)
ORDER = re.compile(
    r"^(?:[一二三四五六七八九十0-9]+[、.．]|[(（][一二三四五六七八九十0-9]+[)）]"
    r"|[①-⑳⑴-⒇⒈-⒛㈠-㈩Ⅰ-Ⅻ][、.．]?|[A-Za-z甲乙丙丁戊己][、.．)）])+"
)
FRAME = " —－―–-=_~*#★●◆■▲【】《》〈〉「」:："
WRAPPED = re.compile(
    r"^[(（\[〔](?![一二三四五六七八九十0-9]+[)）])([^()（）\[\]〔〕]{2,})[)）\]〕]$"
)
LABEL = re.compile(r"^(?:所[在属])?(?:党?支部|党组织)(?:名称)?[:：]")
HEADED = re.compile(r"[(（](?:支部)?(?:书记|组长|负责人|联系人)[:：][^()（）]*[)）]$")
OFFICE = (
    "(?:副?书记|支委|(?:组织|宣传|纪检|纪律|纪检监察|青年|统战|群众|群工|学习|生活|保密|检查)?委员)"
)
POST = re.compile(rf"[(（](?:党?支部|党总支)?{OFFICE}[)）]$|(?<=.{{2}}支部){OFFICE}$")
"""What post somebody has in the branch of their row."""
BRANCH_WORD = re.compile(r"(?:支部|总支|党委|党组)(?:委员会)?$")
GROUP = re.compile(
    r"(.*?)第?[一二三四五六七八九十0-9]*(?:党小组|(?<=[一二三四五六七八九十0-9])小组)"
)
OF_GROUP = re.compile(r"(?<=支部)[^支]{1,10}小组[)）]?$")
"""Which of its groups a cell names behind a branch."""
DITTO = re.compile(r"(?:同上|同前|〃|[\"“”'‘’′]{1,2})")


@lru_cache(maxsize=8_192)
def branch_key(name: str, unit: str = "") -> str:
    """Equal for names of one branch: 第一党支部, 第1支部, 一支部, 某局第一党支部 in 某局."""
    key = compact(name)
    short = ENDING.sub("", compact(unit))
    key = PREFIX.sub("", key)
    if short and key.startswith(short) and len(key) > len(short):
        key = key[len(short) :]
    key = ENDING.sub("", key) or key
    return NUMERAL.sub(_number, key)


def _number(match: re.Match[str]) -> str:
    text = match[1]
    if text.isdecimal() and text.isascii():
        return f"#{int(text)}"
    value = 0
    digit = 0
    for character in text:
        if character == "百":
            value, digit = value + (digit or 1) * 100, 0
        elif character == "十":
            value, digit = value + (digit or 1) * 10, 0
        elif character.isdecimal() and character.isascii():
            digit = digit * 10 + int(character)
        else:
            digit = DIGITS[character]
    return f"#{value + digit}"


def branch_name(text: str) -> str:
    """The name to keep: without a frame, a label, a count of people, an order mark, one of its
    groups, who heads it or somebody's post in it around it."""
    name = WRAPPED.sub(r"\1", ORDER.sub("", text.strip()))
    name = LABEL.sub("", name).strip(FRAME)
    word = compact(name)
    if word in NOTHING or word in UNSAID or is_ditto(word):
        return ""
    name = POST.sub("", HEADED.sub("", ORDER.sub("", name)))
    return OF_GROUP.sub("", COUNT.sub("", name)).strip(FRAME).replace(" ", "")[:100]


def is_ditto(text: str) -> bool:
    """Whether a cell means what stands above it: 同上, 〃."""
    return DITTO.fullmatch(compact(text)) is not None


def is_branch_name(text: str) -> bool:
    """Whether a title such as that of a sheet or of a band of rows names a branch."""
    return BRANCH_WORD.search(BRACKETED.sub("", branch_name(text))) is not None


def group_in(text: str) -> str | None:
    """What a text says before the words for a group within a branch, as 离退休 in 离退休党小组;
    None where it names no group."""
    match = GROUP.fullmatch(compact(branch_name(text)))
    return None if match is None else match[1]


class Branches:
    """The branches of a unit, found by any way their names are written."""

    def __init__(self, ids: Mapping[str, int], unit: str = "") -> None:
        self.unit = unit
        self.names = tuple(ids)
        self._name_of = {branch: name for name, branch in ids.items()}
        self._keys: dict[str, int] = {}
        for name, branch in ids.items():
            self._keys.setdefault(branch_key(name, unit), branch)

    def __bool__(self) -> bool:
        return bool(self.names)

    def find(self, name: str) -> int | None:
        """The id of the branch that `name` means, or None."""
        return self._keys.get(branch_key(name, self.unit))

    def name(self, branch: int) -> str:
        """The name of the branch with this id."""
        return self._name_of[branch]

    def nearest(self, name: str) -> str | None:
        """The name that looks most like `name`, if any does: that both end in 党支部, or have a
        number, says nothing."""
        key = branch_key(name, self.unit)
        numbered = _NUMBERED.fullmatch(key)
        others = [one for one in self._keys if not (numbered and _NUMBERED.fullmatch(one))]
        close = difflib.get_close_matches(key, others, n=1, cutoff=0.5)
        return self.name(self._keys[close[0]]) if close else None
