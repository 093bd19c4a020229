"""The names in one cell: one person with a mark, several, or several who are not all named."""

import re
from collections.abc import Container
from dataclasses import dataclass

from baodao.people.rules.names import is_name, name_of
from baodao.spreadsheets.cells import WIDTHS_AND_INVISIBLE, Cell

_PARTING = re.compile(r"[、,;/|&＆\n\r\t]+")
_BRACKET = re.compile(r"[(\[【<][^)\]】>]*[)\]】>]")
_MARKS = re.compile(r"^[\s\d.*★☆※#△▲√✓]+|[\s\d.*★☆※#△▲√✓]+$|同志$")
_CROWD = re.compile(
    r"等[0-9一二三四五六七八九十百两余多]*[人名位]?$|[0-9一二三四五六七八九十百两]+余?[人名位]"
)
_CROWD_WORDS = ("全体", "全员", "所有")
_AND = re.compile(r"[和与及]")
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
    text = _BRACKET.sub("", raw)
    whole = _clean(text.replace("\n", ""))
    brackets = _BRACKET.findall(raw)
    others = any(_names_another(bracket, whole, known) for bracket in brackets)
    if whole in known and not others:
        return NamedPeople((whole,))
    crowd = _CROWD.search("".join(text.split())) or whole.startswith(_CROWD_WORDS)
    names = [name for part in _PARTING.split(text) if part.strip() for name in _parted(part, known)]
    inside = others or any(map(_PARTING.search, brackets))
    if crowd or inside or (len(names) == 1 and _falls_apart(names[0], known)):
        return NamedPeople(tuple(names), certain=False)
    once = len(set(names)) == len(names)
    certain = len(names) < 2 or (once and all(name in known for name in names))
    return NamedPeople(tuple(names), certain)


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
