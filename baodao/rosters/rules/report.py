"""The report of a roster: counts, problems, differences, as plain JSON; and what of it stays."""

from collections import Counter
from dataclasses import asdict

from baodao.rosters.rules.differences import RosterDifferences
from baodao.rostersheets.rules.problems import RosterProblem
from baodao.rostersheets.rules.roster import RosterJudgement
from baodao.spreadsheets.date_orders import packed_dates

MOST_PROBLEMS = 3_000
MOST_ROWS = 500

CHANGES = ("new_rows", "changed_rows", "exit_rows", "gone_people")
"""Lists of the people whom a roster would bring, change or end."""

Json = dict[str, object]


def counts_of(judgement: RosterJudgement, differences: RosterDifferences) -> dict[str, int]:
    """The figures every report begins with."""
    return {
        "people": judgement.people,
        "in_service": judgement.in_service,
        "branches": len(judgement.branches),
        "new": len(differences.new),
        "changed": len(differences.changed),
        "unchanged": differences.unchanged,
        "exits": len(differences.exits),
        "gone": len(differences.gone),
    }


def problem_facts(problem: RosterProblem) -> Json:
    """A problem with its message id untranslated, to be worded for each reader."""
    return {
        "sheet": problem.sheet,
        "row": problem.row,
        "column": problem.column,
        "kind": problem.kind,
        "message": problem.message,
        "facts": dict(problem.facts),
    }


def figures_of(report: Json) -> Json:
    """What stays of a report when nobody needs to know any more whom it was about: how many."""
    figures = {name: value for name, value in report.items() if isinstance(value, int)}
    return figures | ({"applied": report["applied"]} if "applied" in report else {})


def without_changes(report: Json) -> Json:
    """What stays of a report when its roster is applied: figures, and what was left out and why."""
    return {name: value for name, value in report.items() if name not in CHANGES}


def report_of(judgement: RosterJudgement, differences: RosterDifferences) -> Json:
    """Lists are cut: the counts say how many there are, the remarks workbook holds them all."""
    return {
        **counts_of(judgement, differences),
        "good": len(judgement.rows),
        "problem_counts": dict(Counter(problem.kind for problem in judgement.problems)),
        "problems": [problem_facts(problem) for problem in judgement.problems[:MOST_PROBLEMS]],
        "remark_count": len(judgement.remarks),
        "remarks": [problem_facts(remark) for remark in judgement.remarks[:MOST_ROWS]],
        "listed": judgement.people + len(judgement.exits),
        "departed": len(judgement.exits),
        "other_rows": judgement.other_rows,
        "dates": [packed_dates(one) for one in judgement.dates],
        "leftovers": [asdict(leftover) for leftover in judgement.leftovers[:MOST_ROWS]],
        "columns": judgement.columns,
        "titles": judgement.titles,
        "seen_columns": judgement.seen_columns,
        "branch_names": list(judgement.branches.values()),
        "new_rows": [
            [row.sheet, row.row, row.name, row.branch] for row in differences.new[:MOST_ROWS]
        ],
        "changed_rows": [
            [change.row.sheet, change.row.row, change.row.name, list(change.facts)]
            for change in differences.changed[:MOST_ROWS]
        ],
        "exit_rows": [
            [
                row.sheet,
                row.row,
                member.name,
                member.branch,
                row.died,
                row.on and row.on.isoformat(),
            ]
            for row, member in differences.exits[:MOST_ROWS]
        ],
        "gone_people": [
            [str(member.person_id), member.name, member.branch]
            for member in differences.gone[:MOST_ROWS]
        ],
    }
