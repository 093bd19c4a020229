"""What a table says, as it is kept with its upload until somebody records it: plain JSON."""

from collections import defaultdict
from dataclasses import asdict
from typing import Any

from baodao.ledger.rules.durations import Uncertainty
from baodao.spreadsheets.date_orders import packed_dates
from baodao.timesheets.queries.files import seen_in, titles_of
from baodao.timesheets.queries.imports import JudgedService, Judgement

Json = dict[str, Any]


def report_of(judgement: Judgement) -> Json:
    """The figures of a table, the totals that are not its sums, and the columns it has."""
    entries = [service.entry for service in judgement.services]
    return {
        "counts": {
            "rows": judgement.rows,
            "waiting": judgement.waiting,
            "left_out": judgement.left_out - judgement.waiting,
            "people": len({entry.person_id for entry in entries}),
            "days": len({entry.served_on for entry in entries}),
            "minutes": sum(entry.minutes for entry in entries),
            "count": len(entries),
            "counts_cells": judgement.counts_cells,
        },
        "totals": [asdict(one) for one in judgement.total_faults],
        "titles": list(titles_of(judgement.sheets).items()),
        "seen_columns": seen_in(judgement.sheets),
        "dates": [packed_dates(one) for one in judgement.dates],
    }


def lines_of(judgement: Judgement) -> Json:
    """Every service that would be recorded, and every one that waits, with what is asked of it."""
    questions: defaultdict[tuple[str, int], dict[str, None]] = defaultdict(dict)
    for problem in judgement.problems:
        if problem.kind in set(Uncertainty):
            questions[problem.sheet, problem.row][problem.kind] = None
    return {
        "good": [_line(one) for one in judgement.services],
        "open": [
            [
                *_line(one),
                {kind: _written(one, kind) for kind in questions[one.row.sheet, one.row.row]},
            ]
            for one in judgement.open
        ],
    }


def _line(service: JudgedService) -> list[object]:
    entry, person, row = service.entry, service.person, service.row
    began = entry.began_at.isoformat() if entry.began_at else None
    return [
        *(row.sheet, row.row, person.name, person.number, entry.served_on.isoformat()),
        *(began, entry.minutes, str(entry.category), entry.result),
    ]


def _written(service: JudgedService, kind: str) -> str:
    """The text in the file that is asked about; "" where it is read without doubt."""
    facts = service.row.questions.get(Uncertainty(kind), {})
    return str(facts.get("day") or facts.get("time") or "")
