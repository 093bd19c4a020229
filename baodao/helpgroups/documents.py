"""帮扶记录 of a help group on paper."""

from collections.abc import Sequence

from django.utils import translation

from baodao.documents.files import Rendered, render
from baodao.documents.sheets import Item
from baodao.helpgroups.models import GroupHelp, HelpGroup
from baodao.helpgroups.rules.papers import HELP_RECORDS
from baodao.kernel import clock
from baodao.ui.wording import time_words


def help_records(group: HelpGroup, rows: Sequence[GroupHelp], ending: str) -> Rendered:
    """帮扶记录 of a group in one medium."""
    return render(HELP_RECORDS.code, [help_records_item(group, rows)], ending)


def help_records_item(group: HelpGroup, rows: Sequence[GroupHelp]) -> Item:
    """The helps in the order given, in Chinese whatever the reader's language; no household is
    named."""
    with translation.override("zh-hans"):
        lines = [_row(row) for row in rows]
    return {"help_group": group.name, "as_of": clock.today(), "rows": lines}


def _row(row: GroupHelp) -> dict[str, object]:
    statement = row.statement
    return {
        "on": statement.served_on,
        "household_number": row.stand.file_number,
        "offer": row.stand.title,
        "aide": statement.person.name,
        "minutes": time_words(statement.minutes),
        "result": statement.result,
        "remark": statement.get_state_display(),
    }
