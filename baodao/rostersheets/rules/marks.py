"""Marks beside a name, 闻澄（女）, 张三*: what they say, and the name without them."""

import re
from typing import NamedTuple

from baodao.people.rules.names import is_name, is_whole, name_of
from baodao.rostersheets.rules.exit_words import exit_in
from baodao.rostersheets.rules.words import Stand, sex_of, stand_of
from baodao.spreadsheets.cells import Cell, compact, text_of

SYMBOLS = "*★☆▲△※●○◆◇■□√✓#"
MARKED = re.compile(
    rf"(?P<order>[0-9]{{1,3}}\s*[.、．)])?\s*[{SYMBOLS}]*\s*(?P<name>[^{SYMBOLS}()\[\]【】]+?)\s*"
    rf"(?P<mark>[{SYMBOLS}]*\s*(?:[(\[【][^()\[\]【】]*[)\]】])?\s*[{SYMBOLS}]*)\s*"
)
BESIDE = re.compile(r"(?P<name>.*[^\s].)\s+(?P<mark>[男女])|(?P<called>.{2,}?)\s*同志")
"""A sex behind a blank, or how one is called: 郝晓 女, 郝晓同志."""
EDGES = f"{SYMBOLS}()[]【】 "
ROLES = re.compile(
    r"(党?支部|总支|党委|党?小组)?(书记|副书记|委员|组织委员|宣传委员|纪检委员|组长|副组长|主任)"
    r"|[\u4e00-\u9fff]{1,4}族|负责人|兼|本人|(?:曾用|原|又|小)名.*"
)


class MarkedName(NamedTuple):
    """A name and the mark that stood beside it, with what the mark says of its person."""

    name: str
    mark: str = ""
    sex: str = ""
    stand: Stand = Stand()
    gone: bool = False

    @property
    def is_mute(self) -> bool:
        """Whether the mark says nothing that is kept."""
        return bool(self.mark) and not self.sex and not self.gone and self.stand == Stand()


def name_fault(name: str) -> str:
    """The problem of a name that is none, or not a whole one: 孙某某, 李书记; "" of any other."""
    if not is_name(name):
        return "name-characters"
    return "" if is_whole(name) else "name-not-whole"


def marked_name(cell: Cell) -> MarkedName:
    """The name of a cell; a mark that is not understood stays in it, so that it is asked about."""
    whole = name_of(cell)
    if beside := _beside(text_of(cell)):
        return beside
    if is_name(whole):
        return MarkedName(whole)
    match = MARKED.fullmatch(text_of(cell))
    if match is None or not is_name(name := name_of(match["name"])):
        return MarkedName(whole)
    if match["order"] and not match["mark"]:
        return MarkedName(name)
    word = compact(match["mark"].strip(EDGES))
    if exit_in(word):
        return MarkedName(name, word, gone=True)
    sex, stand = sex_of(word), stand_of(word)
    if not word or sex or ROLES.fullmatch(word):
        return MarkedName(name, text_of(cell).replace(match["name"], "").strip(), sex)
    return MarkedName(name, word, "", stand) if stand.known else MarkedName(whole)


def may_be_marked(name: str) -> bool:
    """Whether a name could end in what is no part of it, so that its cell needs a second look."""
    return name.endswith(("男", "女", "同志"))


def _beside(text: str) -> MarkedName | None:
    match = BESIDE.fullmatch(text)
    if match is None or not is_name(name := name_of(match["name"] or match["called"])):
        return None
    mark = match["mark"] or "同志"
    return MarkedName(name, mark, sex_of(mark))
