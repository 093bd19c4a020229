"""What the page of a register shows: households left out, those asked about, what was not used."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from baodao.householdsheets.models import HouseholdImport
from baodao.householdsheets.queries.imports import AlikeHousehold, RegisterJudgement
from baodao.householdsheets.rules.faults import NOTES, WORDS, HouseholdFault
from baodao.householdsheets.rules.headings import TITLES, HouseholdField
from baodao.householdsheets.rules.headings import WORDS as TABLE
from baodao.kernel.masks import masked_name
from baodao.spreadsheets.column_lines import ColumnLine, column_lines
from baodao.spreadsheets.leftover_lines import LeftoverLine, LeftoverTap, leftover_lines
from baodao.spreadsheets.leftovers import SAID_ON_PAGE, Leftover, LeftoverKind
from baodao.vocabulary.rules.words import WordRole

USE, HIDDEN, UNSEEN_OUT, UNSEEN_IN = "use", "include_hidden", "unseen_out", "unseen_in"
MOST_LINES = 100


@dataclass(frozen=True)
class FaultLine:
    """A fault in words: where, in which column, what and what to do."""

    where: str
    column: str
    sentence: str


def place_words(sheet: str, row: int) -> str:
    """Where a row stands."""
    words = gettext("row %(row)s") % {"row": row}
    return f"{sheet} {words}".strip()


def fault_lines(judgement: RegisterJudgement) -> list[FaultLine]:
    """Everything that keeps households out, in the order of the table."""
    return [_fault_line(fault) for faults in judgement.table.faults for fault in faults]


def _fault_line(fault: HouseholdFault) -> FaultLine:
    sentence = gettext(WORDS[fault.kind]) % fault.facts
    where = place_words(fault.sheet, fault.row)
    return FaultLine(where, TITLES[HouseholdField(fault.column)], sentence)


def note_lines(judgement: RegisterJudgement) -> list[str]:
    """What the table holds and files do not, or what was reckoned."""
    counts = judgement.table.notes.counts
    return [
        ngettext(*NOTES[what], counts[what]) % {"count": counts[what]}
        for what in NOTES
        if counts.get(what)
    ]


def alike_choices(judgement: RegisterJudgement) -> list[tuple[str, str]]:
    """The households that are asked about, each with those of its name."""
    return [(one.household.key, _alike_words(one)) for one in judgement.alike]


def _alike_words(one: AlikeHousehold) -> str:
    household = one.household
    facts = {
        "where": place_words(household.sheet, household.rows[0]),
        "name": masked_name(household.facts.entry.name),
        "others": "、".join(
            [*one.numbers, *(place_words(household.sheet, row) for row in one.rows)]
        ),
    }
    if one.is_same_place:
        return gettext("%(where)s, %(name)s: same name and address as %(others)s") % facts
    return gettext("%(where)s, %(name)s: same name as %(others)s") % facts


def columns_table(judgement: RegisterJudgement) -> list[ColumnLine]:
    """A line for each heading of a file, with what it is understood as."""
    table = judgement.table
    return column_lines(table.titles, TABLE.meanings[WordRole.HEADER], table.seen_columns)


def left_lines(row: HouseholdImport, judgement: RegisterJudgement) -> list[LeftoverLine]:
    """What was not used, with what can be done."""
    left = map(asdict, judgement.table.leftovers)
    return leftover_lines(left, partial(_tap, row), partial(_rows_url, row))


def _rows_url(row: HouseholdImport, place: int) -> str:
    return reverse("householdsheets:left_rows", args=[row.pk, place])


def _tap(row: HouseholdImport, leftover: Leftover) -> LeftoverTap | None:
    taps: Mapping[str, tuple[str, str]] = {
        LeftoverKind.SHEET_HIDDEN: (gettext("Read hidden sheets as well"), HIDDEN),
        LeftoverKind.SHEET_PAST: (gettext("Read this sheet as well"), HIDDEN),
        LeftoverKind.ROWS_HIDDEN_READ: (gettext("Leave them out"), UNSEEN_OUT),
        LeftoverKind.ROWS_HIDDEN: (gettext("Read them as well"), UNSEEN_IN),
    }
    if leftover.use:
        label = gettext("Use it as %(fact)s") % {
            "fact": gettext(TABLE.meanings[WordRole.HEADER][leftover.use])
        }
        return LeftoverTap(label, USE, f"{leftover.use}|{leftover.text}")
    if leftover.kind in SAID_ON_PAGE:
        url = reverse("householdsheets:columns", args=[row.pk])
        return LeftoverTap(gettext("Say what they hold"), url=url)
    if leftover.kind not in taps:
        return None
    label, name = taps[leftover.kind]
    return LeftoverTap(label, name, "1")
