"""`baodao figures`: an official table of any organisation as of a day, facts or paper."""

import argparse
import json
from functools import partial
from pathlib import Path

from django.utils.translation import gettext

from baodao.accounts.queries import operator
from baodao.documents.boxes import remark_lines
from baodao.documents.catalogue import form_of
from baodao.figures.queries.sql import present
from baodao.figures.rules.sheets import StatSheet
from baodao.insight.commands.tables import issue_table
from baodao.insight.documents import facts, rendered
from baodao.insight.queries import tables
from baodao.insight.queries.tables import StatTable
from baodao.insight.rules.sheets import FORMS
from baodao.kernel.moments import read_as_of, read_period
from baodao.operations.frame import WRONG_USE, Outcome, Subparsers

_HELP = {
    StatSheet.REGISTRATION: "在职党员报到情况统计表, at every level",
    StatSheet.SERVICE: "在职党员服务情况统计表, at every level",
}


def add(subparsers: Subparsers) -> None:
    group = subparsers.add_parser("figures", help="official tables as of a date")
    leaves = group.add_subparsers(metavar="TABLE", required=True)
    for sheet in StatSheet:
        leaf = leaves.add_parser(sheet.value, help=_HELP[sheet])
        leaf.add_argument("--org", required=True, metavar="CODE", help="branch, unit or place")
        leaf.add_argument(
            "--as-of",
            default="",
            metavar="DATE",
            help="the end of that day, e.g. 2026-06-30; else now",
        )
        if sheet is StatSheet.SERVICE:
            leaf.add_argument(
                "--period",
                default="",
                metavar="PERIOD",
                help="services done in 2026, 2026-H1, 2026-Q2 or 2026-07; else the year",
            )
        formats = ("json", *form_of(FORMS[sheet]).formats)
        leaf.add_argument("--format", choices=formats, default="json")
        leaf.add_argument("--out", type=Path, metavar="PATH", help="the file to write")
        leaf.set_defaults(run=partial(table, sheet=sheet), period="")


def table(arguments: argparse.Namespace, sheet: StatSheet) -> Outcome:
    """Count the table; json is printed or written, a paper is numbered and written."""
    if arguments.out and not arguments.out.absolute().parent.is_dir():
        return Outcome(WRONG_USE, {}, gettext("There is no such folder."))
    as_of = read_as_of(arguments.as_of, present().instant)
    period = read_period(arguments.period, as_of)
    counts = tables.table(operator(), arguments.org, as_of, sheet, period)
    if arguments.format != "json":
        return _paper(arguments, counts)
    contents = facts(counts)
    text = json.dumps(contents, ensure_ascii=False, indent=1)
    if arguments.out:
        arguments.out.write_text(text + "\n", encoding="utf-8")
        text = str(arguments.out)
    return Outcome(facts=contents, text=text)


def _paper(arguments: argparse.Namespace, counts: StatTable) -> Outcome:
    issued = issue_table(
        operator(),
        code=counts.organisation.code,
        as_of=counts.as_of,
        sheet=counts.sheet,
        period=counts.period,
    )
    file = rendered(issued, arguments.format)
    out: Path = arguments.out or Path(file.filename)
    out.write_bytes(file.content)
    contents = {
        "organisation": facts(counts)["organisation"],
        "as_of": str(counts.as_of),
        "number": issued.number_text,
        "out": str(out),
        "bytes": len(file.content),
    }
    lines = [f"{out} {issued.number_text}", *remark_lines(file.remarks)]
    return Outcome(facts=contents, text="\n".join(lines))
