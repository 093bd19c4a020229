"""`baodao divisions import`: cities, districts, streets and communities from the national table."""

import argparse
from dataclasses import asdict
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from baodao.accounts.queries import operator
from baodao.divisions.commands.imports import import_divisions
from baodao.divisions.queries.imports import differences, faults_of
from baodao.divisions.queries.packages import prefix_of, read_package
from baodao.divisions.queries.tables import DivisionTable, read_table
from baodao.divisions.rules.differences import ANSWERS, Differences
from baodao.kernel.errors import Refused, gettext_noop
from baodao.operations.frame import Outcome, Subparsers
from baodao.spreadsheets.leftover_lines import leftover_sentence
from baodao.ui.wording import worded

LISTED = 20


def add(subparsers: Subparsers) -> None:
    """Which places, and what of the differences is agreed to."""
    group = subparsers.add_parser("divisions", help="import the national division table")
    actions = group.add_subparsers(metavar="ACTION", required=True)
    parser = actions.add_parser("import", help="add places, report what differs")
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--city", metavar="CODE", help="one city or district, e.g. 610100")
    source.add_argument("--all", action="store_true", help="every city of the table")
    source.add_argument(
        "--file", metavar="TABLE", type=Path, help="Excel or CSV: columns code, name, parent"
    )
    parser.add_argument(
        "--accept",
        metavar="WHAT",
        default="",
        help="change what differs: renamed, moved, closed, reopened, divided by commas; "
        "one place alone as renamed:610102001001",
    )
    writing = parser.add_mutually_exclusive_group()
    writing.add_argument("--apply", action="store_true", help="write it (also without this word)")
    writing.add_argument("--dry-run", action="store_true", help="report only, write nothing")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> Outcome:
    """Read, compare, add what is new, change what was agreed to."""
    accepted = _accepted(arguments.accept)
    prefix = prefix_of(arguments.city) if arguments.city else ""
    table = _table(arguments)
    faults = [worded(one.refusal) for one in faults_of(table)] if arguments.file else []
    left: dict[str, object] = {"leftovers": [asdict(one) for one in table.leftovers]}
    lines = [leftover_sentence(one) for one in table.leftovers]
    if faults:
        text = "\n".join([*faults, _("Nothing was changed. Mend these rows first."), *lines])
        return Outcome(code=1, facts={"faults": faults, **left}, text=text)
    if arguments.dry_run:
        report = differences(table.places, prefix)
    else:
        report = import_divisions(
            operator(),
            places=table.places,
            prefix=prefix,
            accepted=accepted,
            source=arguments.file.name if arguments.file else arguments.city or "",
        )
    text = "\n".join([_text(report, written=not arguments.dry_run), *lines])
    return Outcome(facts=facts_of(report) | left, text=text)


def facts_of(report: Differences) -> dict[str, object]:
    """Counts, and every difference that waits for a word."""
    return {
        "read": report.read,
        "created": len(report.created),
        "unchanged": report.unchanged,
        "renamed": [one._asdict() for one in report.renamed],
        "moved": [one._asdict() for one in report.moved],
        "vanished": [one._asdict() for one in report.vanished],
        "closed": [one._asdict() for one in report.closed],
        "taken_over": [one._asdict() for one in report.taken_over],
    }


def _accepted(words: str) -> set[str]:
    accepted = {word.strip() for word in words.split(",") if word.strip()}
    unknown = [word for word in accepted if word.partition(":")[0] not in ANSWERS]
    if unknown:
        raise Refused(
            "division.unknown-answer",
            gettext_noop("--accept knows %(known)s, not %(unknown)s."),
            known=", ".join(ANSWERS),
            unknown=", ".join(sorted(unknown)),
        )
    return accepted


def _table(arguments: argparse.Namespace) -> DivisionTable:
    if arguments.file is None:
        return DivisionTable(read_package(settings.DIVISIONS, arguments.city or ""))
    try:
        return read_table(arguments.file.read_bytes())
    except OSError as error:
        raise Refused(
            "division.unreadable",
            gettext_noop("%(file)s cannot be read: %(reason)s"),
            file=arguments.file,
            reason=error.strerror,
        ) from error


def _text(report: Differences, *, written: bool) -> str:
    lines = [
        (
            _("%(read)s places read, %(created)s added, %(unchanged)s unchanged.")
            if written
            else _("%(read)s places read, %(created)s would be added, %(unchanged)s unchanged.")
        )
        % {"read": report.read, "created": len(report.created), "unchanged": report.unchanged}
    ]
    lines += [
        _("Renamed: %(code)s %(old)s → %(new)s") % one._asdict() for one in report.renamed[:LISTED]
    ]
    lines += [
        _("Moved: %(name)s %(code)s → %(new_code)s") % one._asdict()
        for one in report.moved[:LISTED]
    ]
    lines += [
        _("No longer in the table: %(code)s %(name)s") % one._asdict()
        for one in report.vanished[:LISTED]
    ]
    lines += [
        _("In the table, but closed here: %(code)s %(name)s") % one._asdict()
        for one in report.closed[:LISTED]
    ]
    lines += [
        _("Taken over here and stays closed: %(code)s %(name)s, now %(heir)s") % one._asdict()
        for one in report.taken_over[:LISTED]
    ]
    if report.questions():
        lines.append(
            _(
                "Agreed differences are changed, all others stay as they are. Agree with "
                "--accept renamed,moved,closed,reopened or one by one (--json lists them all)."
            )
        )
    return "\n".join(lines)
