"""The branches of a roster's people, settled when all of it is read: one spelling for each."""

from baodao.rostersheets.rules.branches import Branches, branch_key, group_in
from baodao.rostersheets.rules.headers import RosterFact
from baodao.rostersheets.rules.problems import (
    BRANCH_EMPTY,
    BRANCH_GROUP,
    BRANCH_SIMILAR,
    MESSAGES,
    RosterProblem,
)
from baodao.rostersheets.rules.roster import RosterJudgement
from baodao.rostersheets.rules.sheet import SheetJudge
from baodao.spreadsheets.cells import quoted


def settle(table: SheetJudge, judgement: RosterJudgement, branches: Branches) -> None:
    """Move the rows of a table into `judgement` under one spelling a branch; unknown ones are
    problems."""
    default = table.branches.of_sheet or ""
    spelling: dict[str, str | None] = {}
    raws = dict.fromkeys(row.branch or default for row in table.rows)
    for raw in raws | dict.fromkeys(branch or default for _, branch in table.faulty):
        spelling[raw] = _spelling(table, raw, judgement, branches)
    for row in table.rows:
        raw = row.branch or default
        known = spelling[raw]
        if known is None:
            _note_unknown(table, judgement, row.row, raw, branches)
            continue
        spelt = row if row.branch == known else row._replace(branch=known)
        if document := table.documents.get(row.row):
            judgement.documents.append(spelt)
            judgement.problems.append(document)
        else:
            judgement.rows.append(spelt)
    for number, branch in table.faulty:
        raw = branch or default
        if spelling[raw] is None:
            _note_unknown(table, judgement, number, raw, branches)
    table.rows = []


def _spelling(
    table: SheetJudge, raw: str, judgement: RosterJudgement, branches: Branches
) -> str | None:
    if not raw:
        return None
    branch = branches.find(raw)
    if branch is None and group_in(raw) is not None:
        return None
    key = branch_key(raw, branches.unit)
    if not table.branches.implied:
        judgement.branches.setdefault(key, raw)
    if branches and branch is None:
        return None
    return branches.name(branch) if branch is not None else judgement.branches.get(key, raw)


def _note_unknown(
    table: SheetJudge, judgement: RosterJudgement, row: int, raw: str, branches: Branches
) -> None:
    if not raw and not table.branches.speaks:
        return
    nearest = branches.nearest(raw) if raw else None
    message = MESSAGES["branch-unknown"] if raw else BRANCH_EMPTY
    if nearest:
        message = BRANCH_SIMILAR
    if group_in(raw) is not None:
        message = BRANCH_GROUP
    facts = {"branch": quoted(raw), "nearest": nearest or ""}
    place = (table.place.sheet, row, table.title(RosterFact.BRANCH))
    judgement.problems.append(RosterProblem(*place, "branch-unknown", message, facts))
