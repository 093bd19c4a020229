"""`baodao roster import FILE --unit CODE`: judge a roster, and take its good rows over."""

import argparse
from collections.abc import Mapping
from pathlib import Path

from django.utils.translation import gettext

from baodao.accounts.queries import operator
from baodao.kernel.authz import Permission
from baodao.kernel.errors import Refused
from baodao.operations.frame import REFUSED, WRONG_USE, Outcome, Subparsers
from baodao.orgs.queries.tree import organisation_of
from baodao.rosters.commands.roster import import_file
from baodao.rosters.queries.roster import Examination, examine
from baodao.rosters.rules.report import counts_of
from baodao.rostersheets.rules.exit_words import ExitKind
from baodao.rostersheets.rules.problems import RosterProblem
from baodao.rostersheets.rules.roster import RosterScope
from baodao.spreadsheets.date_orders import DateForm, DateOrder
from baodao.spreadsheets.leftover_lines import leftover_sentence
from baodao.spreadsheets.leftovers import SHEETS, Leftover
from baodao.spreadsheets.refusals import unreadable
from baodao.spreadsheets.workbooks import MAX_BYTES
from baodao.ui.wording import worded

LISTED = 50


def add(subparsers: Subparsers) -> None:
    group = subparsers.add_parser("roster", help="import a unit's roster from a spreadsheet")
    leaves = group.add_subparsers(metavar="ACTION", required=True)
    leaf = leaves.add_parser("import", help="judge a file and, if asked, apply its good rows")
    leaf.add_argument("file", type=Path, metavar="FILE", help=".xlsx, .xls or .csv")
    leaf.add_argument("--unit", required=True, metavar="CODE", help="the code of the unit")
    leaf.add_argument(
        "--apply",
        choices=("none", "good"),
        default="none",
        help="none only judges (the default); good takes over all rows without a problem",
    )
    leaf.add_argument("--include-hidden", action="store_true", help="read hidden sheets as well")
    leaf.add_argument(
        "--skip-hidden-rows", action="store_true", help="leave out hidden and filtered rows"
    )
    leaf.add_argument(
        "--sheet",
        action="append",
        default=[],
        metavar="TITLE",
        help="read this sheet although it lists people of a fuller one; may be repeated",
    )
    leaf.add_argument(
        "--gone",
        choices=("ask", "leave", "keep"),
        default="ask",
        help="people who died, left or are struck through by the file: ask names them (the "
        "default), leave ends their memberships, keep takes them over",
    )
    leaf.add_argument(
        "--dates-begin-with",
        default="",
        choices=[order.value for order in DateOrder],
        help="what stands first in dates such as 5/1/1980, where the table does not tell",
    )
    leaf.add_argument(
        "--phones-above",
        choices=("ask", "same", "none"),
        default="ask",
        help="what 同上 under telephones means: ask names these people (the default), same is the "
        "number above, none is no number",
    )
    leaf.set_defaults(run=import_roster)


def import_roster(arguments: argparse.Namespace) -> Outcome:
    """Judge the file against what the unit holds; with `--apply good` write its good rows."""
    try:
        examination = _examination(arguments)
    except FileNotFoundError:
        missing = gettext("There is no such file.")
        return Outcome(WRONG_USE, {"wrong": missing}, missing)
    except Refused as refused:
        reason, text = refused.code.removeprefix("spreadsheet."), worded(refused)
        return Outcome(REFUSED, {"refused": {"reason": reason, "message": text}}, text)
    facts = _facts(examination)
    return Outcome(facts=facts, text=_text(facts, examination, applied=arguments.apply == "good"))


def _examination(arguments: argparse.Namespace) -> Examination:
    actor = operator()
    if arguments.file.stat().st_size > MAX_BYTES:
        raise unreadable("too-large")
    content = arguments.file.read_bytes()
    unit = organisation_of(actor, Permission.ROSTER_IMPORT, arguments.unit)
    if arguments.apply == "none":
        return examine(unit, content, scope=_scope(arguments))
    return import_file(
        actor,
        unit_id=unit.pk,
        file_name=arguments.file.name,
        content=content,
        scope=_scope(arguments),
    )


def _scope(arguments: argparse.Namespace) -> RosterScope:
    sheets = frozenset(arguments.sheet)
    gone = arguments.gone
    exits = {} if gone == "ask" else dict.fromkeys(map(str, ExitKind), gone == "leave")
    return RosterScope(
        arguments.include_hidden,
        arguments.skip_hidden_rows,
        sheets,
        exits,
        dates=dict.fromkeys(map(str, DateForm), arguments.dates_begin_with),
        phones_above={"same": True, "none": False}.get(arguments.phones_above),
    )


def _facts(examination: Examination) -> dict[str, object]:
    judgement = examination.judgement
    return {
        **counts_of(judgement, examination.differences),
        "good": len(judgement.rows),
        "problems": [_problem(problem) for problem in judgement.problems],
        "remarks": [_problem(remark) for remark in judgement.remarks],
        "skipped_sheets": [
            {"sheet": one.sheet, "reason": one.kind}
            for one in judgement.leftovers
            if one.kind in SHEETS
        ],
        "columns": judgement.columns,
        "listed": judgement.people + len(judgement.exits),
        "departed": len(judgement.exits),
        "other_rows": judgement.other_rows,
        "leftovers": [_leftover(one) for one in judgement.leftovers],
    }


def _leftover(leftover: Leftover) -> dict[str, object]:
    return {
        "kind": leftover.kind,
        "sheet": leftover.sheet,
        "where": leftover.where,
        "text": leftover.text,
        "count": leftover.count,
        "message": leftover_sentence(leftover),
    }


def _problem(problem: RosterProblem) -> dict[str, object]:
    return {
        "sheet": problem.sheet,
        "row": problem.row,
        "column": problem.column,
        "kind": problem.kind,
        "message": gettext(problem.message) % problem.facts,
    }


def _sum(examination: Examination) -> dict[str, int]:
    judgement = examination.judgement
    good = len(judgement.rows)
    gone, others = len(judgement.exits), judgement.other_rows
    return {
        "listed": judgement.people + gone,
        "good": good,
        "faulty": judgement.people - good,
        "departed": gone,
        "others": others,
    }


def _text(facts: Mapping[str, object], examination: Examination, *, applied: bool) -> str:
    lines = [
        gettext(
            "%(people)s people in %(branches)s branches, %(in_service)s in service; new %(new)s, "
            "changed %(changed)s, unchanged %(unchanged)s, no longer in the file %(gone)s."
        )
        % facts,
        gettext(
            "%(listed)s people in the file = %(good)s without a problem + %(faulty)s with "
            "problems + %(departed)s who are gone; %(others)s more rows are nobody's"
        )
        % _sum(examination),
    ]
    lines += [leftover_sentence(leftover) for leftover in examination.judgement.leftovers]
    problems = examination.judgement.problems
    lines += [_line(problem) for problem in problems[:LISTED]]
    if len(problems) > LISTED:
        more = len(problems) - LISTED
        lines.append(gettext("and %(more)s more problems; --json shows all.") % {"more": more})
    lines += [_line(remark) for remark in examination.judgement.remarks[:LISTED]]
    if applied:
        lines.append(gettext("Applied: all rows without a problem."))
    return "\n".join(lines)


def _line(problem: RosterProblem) -> str:
    text = gettext(problem.message) % problem.facts
    return f"{problem.sheet} {problem.row} {problem.column}: {text}"
