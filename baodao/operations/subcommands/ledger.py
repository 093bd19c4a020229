"""`baodao ledger`: verify the chains of service records, seal them, import from a spreadsheet."""

import argparse
from dataclasses import asdict
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext

from baodao.accounts.queries import operator
from baodao.kernel import clock
from baodao.kernel.authz import Permission
from baodao.ledger.commands import seals
from baodao.ledger.commands.places import add_missing_places
from baodao.ledger.queries import verification
from baodao.ledger.rules.durations import Uncertainty
from baodao.operations.frame import DONE, REFUSED, UNPROVED, WRONG_USE, Outcome, Subparsers
from baodao.orgs.queries.tree import by_code, organisation_of
from baodao.spreadsheets.date_orders import DateForm, DateOrder
from baodao.spreadsheets.leftover_lines import leftover_sentence
from baodao.spreadsheets.refusals import unreadable
from baodao.spreadsheets.workbooks import MAX_BYTES
from baodao.timesheets import commands as timesheets
from baodao.timesheets.queries.imports import judge
from baodao.timesheets.rules.questions import PLAIN, ImportScope, hours_typed
from baodao.timesheets.rules.services import RowProblem
from baodao.timesheets.tables import LeftOutLine, problem_lines, total_sentence
from baodao.ui.wording import filled

LISTED = 50


def add(subparsers: Subparsers) -> None:
    group = subparsers.add_parser("ledger", help="service records: verify, seal, import")
    leaves = group.add_subparsers(metavar="ACTION", required=True)
    leaf = leaves.add_parser("verify", help="whether every record is what was recorded")
    leaf.add_argument("--community", default="", metavar="CODE", help="one chain only")
    leaf.add_argument(
        "--seals", type=Path, metavar="FOLDER", help="files of seals kept outside; else ours"
    )
    leaf.set_defaults(run=verify)
    leaf = leaves.add_parser("seal", help="sign the chains now, and write the day's file")
    leaf.set_defaults(run=seal)
    leaf = leaves.add_parser("places", help="add what the table of persons and places lacks")
    leaf.set_defaults(run=add_places)
    leaf = leaves.add_parser("import", help="judge a table of services and, if asked, record it")
    leaf.add_argument("file", type=Path, metavar="FILE", help=".xlsx, .xls or .csv")
    leaf.add_argument("--community", required=True, metavar="CODE", help="where they served")
    leaf.add_argument(
        "--apply",
        choices=("none", "good"),
        default="none",
        help="none only judges (the default); good records all rows without a problem",
    )
    leaf.add_argument(
        "--accept",
        action="append",
        default=[],
        choices=[question.value for question in Uncertainty],
        help="rows with this question are right as they were understood; may be given again",
    )
    leaf.add_argument(
        "--day-hours",
        default="",
        metavar="HOURS",
        help="hours that a day counts",
    )
    leaf.add_argument("--tick-hours", default="", metavar="HOURS", help="hours that a tick counts")
    leaf.add_argument(
        "--dates-begin-with",
        default="",
        choices=[order.value for order in DateOrder],
        help="what stands first in dates such as 7/4/2026, where the table does not tell",
    )
    leaf.add_argument("--include-hidden", action="store_true", help="read hidden sheets too")
    leaf.add_argument(
        "--skip-hidden-rows", action="store_true", help="leave out hidden and filtered rows"
    )
    leaf.set_defaults(run=import_table)


def verify(arguments: argparse.Namespace) -> Outcome:
    """Walk the chains; exit 1 with the first row that is not what it was, 3 where nothing is wrong
    but something is not proved either."""
    if arguments.seals and not arguments.seals.is_dir():
        return Outcome(WRONG_USE, {}, gettext("There is no such folder."))
    own = Path(settings.SEALS)
    folder = arguments.seals or (own if own.is_dir() else None)
    community = by_code(arguments.community) if arguments.community else None
    verdict = verification.verify(community, folder)
    bad = verdict.first_bad
    facts = {
        "records": verdict.records,
        "seals": verdict.seals,
        "first_bad": asdict(bad) if bad else None,
        "unproved": [asdict(one) | {"message": one.message} for one in verdict.unproved],
        "records_per_second": verdict.records_per_second,
    }
    whole = gettext("%(records)s records verified, %(seals)s seals; nothing was changed.")
    if bad:
        return Outcome(REFUSED, facts, bad.message)
    lines = [whole % facts, *(f"! {one.message}" for one in verdict.unproved)]
    return Outcome(UNPROVED if verdict.unproved else DONE, facts, "\n".join(lines))


def seal(_: argparse.Namespace) -> Outcome:
    """Seal what has grown since the last time."""
    fresh = seals.seal(operator())
    path = seals.file_seals(clock.today())
    facts = {"seals": len(fresh), "file": str(path)}
    return Outcome(facts=facts, text=gettext("%(seals)s chains sealed: %(file)s") % facts)


def add_places(_arguments: argparse.Namespace) -> Outcome:
    """Compare the table of persons and places with all records, and add what it lacks."""
    added = add_missing_places(operator())
    text = gettext("%(count)s added.") % {"count": added}
    return Outcome(facts={"added": added}, text=text)


def import_table(arguments: argparse.Namespace) -> Outcome:
    """Judge the table against what is recorded; with `--apply good` record its good rows."""
    if not arguments.file.is_file():
        missing = gettext("There is no such file.")
        return Outcome(WRONG_USE, {"wrong": missing}, missing)
    actor = operator()
    community = organisation_of(actor, Permission.RECORD_IMPORT, arguments.community)
    if arguments.file.stat().st_size > MAX_BYTES:
        raise unreadable("too-large")
    content = arguments.file.read_bytes()
    accepted = frozenset(map(Uncertainty, arguments.accept))
    scope = ImportScope(
        accepted,
        arguments.include_hidden,
        arguments.skip_hidden_rows,
        hours_typed(arguments.day_hours, PLAIN.day_hours),
        hours_typed(arguments.tick_hours, PLAIN.tick_hours),
        dates=dict.fromkeys(map(str, DateForm), arguments.dates_begin_with),
    )
    recorded = 0
    if arguments.apply == "good":
        judged, recorded = timesheets.import_file(
            actor,
            community_id=community.pk,
            file_name=arguments.file.name,
            content=content,
            scope=scope,
        )
    else:
        judged = judge(actor, community, content, scope)
    problems = [_problem(problem) for problem in judged.problems]
    leftovers = judged.leftovers()
    facts = {
        "rows": judged.rows,
        "good": len(judged.services),
        "recorded": recorded,
        "people": len({service.person.pk for service in judged.services}),
        "minutes": sum(service.entry.minutes for service in judged.services),
        "problems": problems,
        "totals": [asdict(one) | {"message": total_sentence(one)} for one in judged.total_faults],
        "leftovers": [asdict(one) | {"message": leftover_sentence(one)} for one in leftovers],
    }
    sentence = gettext("%(rows)s rows, %(good)s services can be recorded; %(recorded)s recorded.")
    lines = [
        *map(total_sentence, judged.total_faults),
        *map(_line, problem_lines(map(asdict, judged.problems))[:LISTED]),
        *map(leftover_sentence, leftovers),
    ]
    return Outcome(facts=facts, text="\n".join([sentence % facts, *lines]))


def _problem(problem: RowProblem) -> dict[str, object]:
    return {**asdict(problem), "message": filled(problem.message, problem.facts)}


def _line(line: LeftOutLine) -> str:
    place = " ".join([line.where, line.who, line.column])
    return f"{place}: {line.sentence}".strip()
