"""What the code of a place says, and what a table may call it.

Codes are those of the National Bureau of Statistics (统计用区划代码): 2 digits province, 2 city,
2 district, 3 street, 3 community; shorter ones are filled with zeros to 12.
"""

from baodao.kernel.errors import Refused, gettext_noop
from baodao.orgs.rules.tree import NAME_LENGTH, Kind

MUNICIPALITIES = frozenset({"11", "12", "31", "50"})
"""直辖市: the province is the city; the rows 市辖区 and 县 between are no places."""

LEVELS = ((2, None), (4, Kind.CITY), (6, Kind.DISTRICT), (9, Kind.STREET), (12, Kind.COMMUNITY))


def padded(code: str, row: int) -> str:
    """The 12 digits of a code of 2, 4, 6, 9 or 12; refuses anything else with its row."""
    if not code.isascii() or not code.isdigit() or len(code) not in (2, 4, 6, 9, 12):
        raise Refused(
            "division.code",
            gettext_noop(
                "Row %(row)s: %(division)s is no division code. It has 2, 4, 6, 9 or 12 digits."
            ),
            row=row,
            division=code[:40] or "—",
        )
    return code.ljust(12, "0")


def level_of(code: str) -> Kind | None:
    """The kind of place that 12 digits number; None for a province."""
    if code[:2] in MUNICIPALITIES and code[4:] == "00000000":
        return Kind.CITY
    length = len(code.rstrip("0"))
    return next(kind for most, kind in LEVELS if length <= most)


def city_of(code: str) -> str:
    """The code of the city a place lies in: a municipality's is that of its province."""
    kept = 2 if code[:2] in MUNICIPALITIES else 4
    return code[:kept].ljust(12, "0")


def parent_of(code: str) -> str | None:
    """The code that numbers the place above; None for a city."""
    kind = level_of(code)
    if kind is None or kind is Kind.CITY:
        return None
    if kind is Kind.DISTRICT:
        return city_of(code)
    return code[: 9 if kind is Kind.COMMUNITY else 6].ljust(12, "0")


def check_name_of(name: str, row: int) -> str:
    """The name without outer spaces; refuses an empty or overlong one with its row."""
    kept = name.strip()
    if not kept or len(kept) > NAME_LENGTH:
        raise Refused(
            "division.name",
            gettext_noop("Row %(row)s: the name is empty or longer than %(limit)s characters."),
            row=row,
            limit=NAME_LENGTH,
        )
    return kept
