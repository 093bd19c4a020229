"""Buildings that bands, titles or sheets name: what of an address they say for those below."""

import re
from typing import NamedTuple

from baodao.spreadsheets.cells import compact
from baodao.spreadsheets.lengths import plain_words

_NUMBER = "第?[0-9一二三四五六七八九十]+|[A-Za-z甲乙丙丁东南西北中]"
_ESTATE = (
    r"[^\d\s、，,;；:：()（）]{1,12}?(?:小区|家园|花园|新村|公寓|家属院|大院|胡同|巷|弄)|\d+号院"
)
_BUILDING = f"(?:{_NUMBER})(?:号楼|#楼?|栋楼?|幢楼?|座)"
_PART = re.compile(
    f"(?P<building>{_BUILDING})|(?P<unit>(?:{_NUMBER})(?:单元|门(?!牌)))|(?P<floor>(?:{_NUMBER})层)"
    f"|(?P<estate>{_ESTATE})"
)
_LEVELS = {level: place for place, level in enumerate(("estate", "building", "unit", "floor"))}
_ROOM = len(_LEVELS)
_BARE = re.compile(f"(?:{_NUMBER})楼")
"""A building above others, but a floor within an address: 3楼."""
_IN_NUMBERS = re.compile(r"(?:(?P<building>\d+)[-—–]+)?(?P<unit>\d+)[-—–]+\d+(?:室|号)?")
"""An address in numbers alone: 1-2-402, 2-402."""
_ROOM_FIRST = re.compile(r"[\dA-Za-z一二三四五六七八九十]")
_NUMBERED = re.compile("第?([0-9]+|[a-z甲乙丙丁东南西北中](?=#|号楼|栋|幢|座|单元|门|层))")
_ORDER = re.compile(
    r"^(?:[(（]?[0-9一二三四五六七八九十]{1,3}[)）、.．]|(?:楼栋|楼号|小区|地址|住址)[:：])"
)
_COUNT = re.compile(
    r"[(（:：]?(?:共|计|合计)*\d+[户人](?:\d+人)?[)）]?$|(?:困难|低保)?(?:群众|居民|家庭|住?户)?"
    r"(?:台账|名[单册]|登记表|情况表)?$"
)


class AddressPart(NamedTuple):
    """A part of an address: how fine it is, as it is written, and its number."""

    level: int
    text: str
    number: str


def parts_named(text: str) -> tuple[AddressPart, ...]:
    """The parts of an address that a band, a title or a sheet names, if it names nothing else:
    1号楼, 二、柳荫里小区3栋（12户）."""
    plain = _COUNT.sub("", _ORDER.sub("", compact(text))).upper()
    if _BARE.fullmatch(plain):
        return (AddressPart(_LEVELS["building"], plain, _number(plain)),)
    parts = _parts(plain)
    return parts if "".join(part.text for part in parts) == plain else ()


def narrowed(
    above: tuple[AddressPart, ...], parts: tuple[AddressPart, ...]
) -> tuple[AddressPart, ...]:
    """What holds below a band: its parts, and what stood above for coarser ones."""
    for part in parts:
        above = (*(one for one in above if one.level < part.level), part)
    return above


def address_below(above: tuple[AddressPart, ...], address: str) -> str | None:
    """An address with what stands above it; None where one contradicts the other, or where it
    cannot be said how they belong together."""
    own = compact(address).upper()
    in_numbers, parts = _IN_NUMBERS.fullmatch(own), _parts(own)
    numbers = {part.level: part.number for part in parts}
    if in_numbers:
        groups = in_numbers.groupdict()
        numbers = {_LEVELS[level]: number for level, number in groups.items() if number}
    if any(numbers.get(part.level, part.number) != part.number for part in above):
        return None
    lacks = [p for p in above if p.level not in numbers and not own.startswith(p.text)]
    if in_numbers or (parts and own.startswith(parts[0].text)):
        first = min(numbers)
    elif not own or _ROOM_FIRST.match(own):
        first = _ROOM
    else:
        first, lacks = -1, [part for part in lacks if part.level > _LEVELS["estate"]]
    if any(part.level > first for part in lacks):
        return None
    return "".join(part.text for part in lacks) + address


def _parts(text: str) -> tuple[AddressPart, ...]:
    return tuple(
        AddressPart(_LEVELS[match.lastgroup or ""], match[0], _number(match[0]))
        for match in _PART.finditer(text)
    )


def _number(text: str) -> str:
    """Which of its kind it is; an estate is told by its whole name."""
    match = _NUMBERED.match(plain_words(text))
    return match[1] if match and not text.endswith("院") else text
