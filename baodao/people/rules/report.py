"""The report of a roster that stays: counts, problems, differences, as plain JSON."""

from collections import Counter

from baodao.people.rules.differences import Differences
from baodao.people.rules.roster import Judged, Problem

MOST_PROBLEMS = 3_000
MOST_ROWS = 500

Json = dict[str, object]


def counts_of(judged: Judged, differences: Differences) -> dict[str, int]:
    """The figures every report begins with."""
    return {
        "people": judged.people,
        "in_service": judged.in_service,
        "branches": len(judged.branches),
        "new": len(differences.new),
        "changed": len(differences.changed),
        "unchanged": differences.unchanged,
        "gone": len(differences.gone),
    }


def problem_facts(problem: Problem) -> Json:
    """A problem with its message id untranslated, to be worded for each reader."""
    return {
        "sheet": problem.sheet,
        "row": problem.row,
        "column": problem.column,
        "kind": problem.kind,
        "message": problem.message,
        "facts": dict(problem.facts),
    }


def report_of(judged: Judged, differences: Differences) -> Json:
    """Lists are cut: the counts say how many there are, the remarks workbook holds them all."""
    return {
        **counts_of(judged, differences),
        "good": len(judged.rows),
        "problem_counts": dict(Counter(problem.kind for problem in judged.problems)),
        "problems": [problem_facts(problem) for problem in judged.problems[:MOST_PROBLEMS]],
        "skipped_sheets": [
            {"sheet": skipped.sheet, "reason": skipped.reason} for skipped in judged.skipped
        ],
        "columns": judged.columns,
        "titles": judged.titles,
        "branch_names": list(judged.branches.values()),
        "new_rows": [
            [row.sheet, row.row, row.name, row.branch] for row in differences.new[:MOST_ROWS]
        ],
        "changed_rows": [
            [change.row.sheet, change.row.row, change.row.name, list(change.fields)]
            for change in differences.changed[:MOST_ROWS]
        ],
        "gone_people": [
            [str(held.person_id), held.name, held.branch] for held in differences.gone[:MOST_ROWS]
        ],
    }
