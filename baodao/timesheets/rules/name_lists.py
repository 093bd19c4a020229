"""The names in one cell: one person with a mark, several, or several who are not all named."""

import re
from collections.abc import Container
from dataclasses import dataclass

from baodao.people.rules.names import is_name, name_of
from baodao.spreadsheets.cells import WIDTHS_AND_INVISIBLE, Cell

_PARTING = re.compile(r"[、,;/|&＆+\n\r\t]+")
_BRACKET = re.compile(r"[(\[【<][^)\]】>]*[)\]】>]")
_MARKS = re.compile(r"^[\s\d.*★☆※#△▲√✓]+|[\s\d.*★☆※#△▲√✓]+$|同志$")
_COUNT = re.compile(
    r"(?:等|共计?|总共|合计|一行|计)*(?<!第)(?P<count>[0-9]+|[一二三四五六七八九十百两]+)"
    r"(?P<more>[余多])?[人名位](?![组团次])[:]?"
)
_AND_OTHERS = re.compile(
    r"等(?:[人名位]|同志)?$|(?:夫妇|夫妻|[一全]家|父子|父女|母子|母女|家[人属])$"
)
_CROWD_WORDS = ("全体", "全员", "所有")
_NUMERALS = {numeral: count for count, numeral in enumerate("一二三四五六七八九十", start=1)} | {
    "两": 2
}
_AND = re.compile(r"[和与及跟·.\-–—~]+")
_SHORT_NAMES = (2, 3)
"""Characters of the names into which several written without a gap may fall apart."""
_NAMES_INSIDE = (2, 3, 4)
"""Characters of the known names that are looked for in a bracket."""


@dataclass(frozen=True)
class NamedPeople:
    """The names in a cell; `certain` when everybody who is meant stands there by a known name.

    A single name is always certain: whether it is known is asked elsewhere.
    """

    names: tuple[str, ...]
    certain: bool = True


def people_in(cell: Cell, known: Container[str]) -> NamedPeople:
    """Who a cell names, `known` being the names of those who can be meant.

    Several are taken apart only where every one of them is known; names that are written
    together without anything between them are never taken apart.
    """
    raw = str(cell).translate(WIDTHS_AND_INVISIBLE)
    bare = _BRACKET.sub("", raw)
    text = bare if _clean(bare.replace("\n", "")) in known else _COUNT.sub(" ", bare)
    brackets = _BRACKET.findall(raw)
    whole = _clean(text.replace("\n", ""))
    others = any(_names_another(bracket, whole, known) for bracket in brackets)
    names = [name for part in _PARTING.split(text) if part.strip() for name in _parted(part, known)]
    if whole in known:
        names = [whole]
    counts = {_number(match) for match in _COUNT.finditer(raw)}
    crowd = not counts <= {len(names)} or _is_crowd(text, whole, known)
    inside = others or (whole not in known and any(map(_PARTING.search, brackets)))
    if crowd or inside or (len(names) == 1 and _falls_apart(names[0], known)):
        return NamedPeople(tuple(names), certain=False)
    once = len(set(names)) == len(names)
    certain = (len(names) < 2 and not counts) or (once and all(name in known for name in names))
    return NamedPeople(tuple(names), certain)


def first_name(cell: Cell) -> str:
    """The first name in a cell, without marks and counts: 张三（组长）, 共2人：张三、李四."""
    text = _BRACKET.sub("", str(cell).translate(WIDTHS_AND_INVISIBLE))
    return next(filter(None, map(_clean, _PARTING.split(_COUNT.sub("", text)))), "")


def count_of(cell: Cell) -> int:
    """How many names stand in a cell beside each other, known or not."""
    text = _BRACKET.sub("", str(cell).translate(WIDTHS_AND_INVISIBLE))
    return max(1, sum(bool(_clean(part)) for part in _PARTING.split(_COUNT.sub("", text))))


def _is_crowd(text: str, whole: str, known: Container[str]) -> bool:
    """Whether people are meant who are not named: 张三等, 张三夫妇, 全体党员."""
    words = "".join(text.split())
    others = whole not in known and _AND_OTHERS.search(words)
    return bool(others) or whole.startswith(_CROWD_WORDS)


def _number(match: re.Match[str]) -> int | None:
    """How many people a count says; None for about so many."""
    count = match["count"]
    if match["more"]:
        return None
    return int(count) if count.isdecimal() else _NUMERALS.get(count)


def _clean(text: str) -> str:
    return name_of(_MARKS.sub("", _MARKS.sub("", text.strip())))


def _parted(part: str, known: Container[str]) -> list[str]:
    """One name, or those that only blanks part, 钱宇 薛敏, but not 卢 淑芬; or known ones with an
    and between them."""
    whole = _clean(part)
    pieces = [piece for piece in map(_clean, part.split()) if piece]
    names = all(is_name(piece) and not piece.isascii() for piece in pieces)
    if len(pieces) > 1 and names and whole not in known:
        return pieces
    joined = [_clean(piece) for piece in _AND.split(whole)]
    if len(joined) > 1 and whole not in known and all(piece in known for piece in joined):
        return joined
    return [whole] if whole else []


def _falls_apart(name: str, known: Container[str]) -> bool:
    """Whether a name nobody has consists of two known ones: 张三李四."""
    return name not in known and any(
        name[:length] in known and name[length:] in known for length in _SHORT_NAMES
    )


def _names_another(bracket: str, whole: str, known: Container[str]) -> bool:
    """Whether a bracket behind a name holds that of somebody else who is known: 张三（带李四）."""
    words = "".join(bracket.split()).replace(whole or " ", "")
    places = range(len(words))
    return any(words[i : i + length] in known for length in _NAMES_INSIDE for i in places)
