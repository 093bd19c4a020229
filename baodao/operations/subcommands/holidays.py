"""`baodao holidays`: which years' public holidays are known, and a table of one's own."""

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _

from baodao.kernel import clock, workdays
from baodao.kernel.errors import Refused, gettext_noop
from baodao.operations.city import note
from baodao.operations.frame import WRONG_USE, Outcome, Subparsers
from baodao.people.rules.dates import date_of
from baodao.spreadsheets.cells import Cell, text_of
from baodao.spreadsheets.refusals import unreadable
from baodao.spreadsheets.workbooks import MAX_BYTES, source_sheets

WORDS = {
    **dict.fromkeys(("休", "休息", "放假", "free"), False),
    **dict.fromkeys(("班", "上班", "补班", "调休上班", "work"), True),
}
YEARS_AROUND = range(-1, 3)
"""Years told, counted from the present one."""


def add(subparsers: Subparsers) -> None:
    group = subparsers.add_parser("holidays", help="public holidays that move working days")
    leaves = group.add_subparsers(metavar="ACTION", required=True)
    leaf = leaves.add_parser("show", help="which years are known, and what the own table says")
    leaf.set_defaults(run=show)
    leaf = leaves.add_parser(
        "import", help="put the years of a table beside those that came with Baodao"
    )
    leaf.add_argument("file", type=Path, metavar="FILE", help=".xlsx, .xls or .csv: day, 休 or 班")
    leaf.set_defaults(run=import_table)


def show(_arguments: argparse.Namespace) -> Outcome:
    """The years around the present one, and the days of the own table."""
    days = workdays.own.days
    this = clock.today().year
    known = {str(this + step): workdays.is_known(this + step) for step in YEARS_AROUND}
    own = {f"{day}": workdays.WORK if days[day] else workdays.FREE for day in sorted(days)}
    lines = [f"{year} {_('known') if it_is else _('not known')}" for year, it_is in known.items()]
    lines += [f"{day} {_('offices work') if days[day] else _('free')}" for day in sorted(days)]
    return Outcome(facts={"known": known, "own": own}, text="\n".join(lines))


def import_table(arguments: argparse.Namespace) -> Outcome:
    """Read the whole table; its years replace what was kept of them, others stay."""
    if not arguments.file.is_file():
        missing = _("There is no such file.")
        return Outcome(WRONG_USE, {"wrong": missing}, missing)
    if arguments.file.stat().st_size > MAX_BYTES:
        raise unreadable("too-large")
    days = _read(arguments.file.read_bytes())
    years = sorted({day.year for day in days})
    rest = {day: works for day, works in workdays.own.days.items() if day.year not in years}
    workdays.own.keep(rest | days)
    note("holidays.imported", years=[str(year) for year in years], days=len(days))
    facts = {"days": len(days), "years": years}
    text = _("%(days)s days of %(years)s are kept; due days reckon with them from now on.")
    return Outcome(facts=facts, text=text % {**facts, "years": ", ".join(map(str, years))})


def _read(content: bytes) -> dict[date, bool]:
    """The days of all sheets; refused with the first row that is neither a day nor a heading."""
    days: dict[date, bool] = {}
    with source_sheets(content) as sheets:
        for sheet in sheets:
            for number, cells in sheet.rows:
                filled = [cell for cell in cells if text_of(cell)]
                if not filled or (not days and _is_heading(filled)):
                    continue
                day, works = _day(number, filled)
                if days.setdefault(day, works) is not works:
                    raise _wrong(number, filled)
    if not days:
        raise Refused(
            "holidays.empty",
            gettext_noop("There is no day in this file. Each row is a day and 休 or 班."),
        )
    return days


def _is_heading(cells: Sequence[Cell]) -> bool:
    """What stands above the first day and says neither 休 nor 班 of anything."""
    return date_of(cells[0]) is None and not any(text_of(cell).lower() in WORDS for cell in cells)


def _day(number: int, cells: Sequence[Cell]) -> tuple[date, bool]:
    """The day of a row, and whether offices work on it."""
    read = date_of(cells[0])
    works = WORDS.get(text_of(cells[1]).lower()) if len(cells) > 1 else None
    if read is None or read.by_month or works is None:
        raise _wrong(number, cells)
    return read.on, works


def _wrong(number: int, cells: Sequence[Cell]) -> Refused:
    return Refused(
        "holidays.row",
        gettext_noop(
            "Row %(row)s, “%(text)s”, is not one day and 休 or 班, or says otherwise than a row "
            "before. Nothing was kept."
        ),
        row=number,
        text=" ".join(map(text_of, cells))[:60],
    )
