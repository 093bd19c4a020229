"""What a signed card does not say, as lines that community, unit and person read alike.

No place, no outcome, no reason and no names: those tell of residents and stay in the community.
"""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext

from baodao.appraisal.models import FeedbackCard
from baodao.appraisal.queries.changes import CardChanges, RecordChange
from baodao.appraisal.tables.words import kind_words
from baodao.ledger.models import ServiceRecord
from baodao.ledger.queries.categories import category_words
from baodao.ui.wording import time_words, word_of


@dataclass(frozen=True)
class ChangeLine:
    """A record as the card has it, and what became of it."""

    record: str
    change: str


@dataclass(frozen=True)
class ChangeTable:
    """The lines, and what is not on the card."""

    lines: tuple[ChangeLine, ...]
    later: int
    later_time: str


def change_table(card: FeedbackCard, changes: CardChanges) -> ChangeTable | None:
    """None for a card that says what the records say."""
    if not changes.any:
        return None
    kinds = {**category_words(card.community), **kind_words(card, "kinds")}

    def words(row: ServiceRecord) -> str:
        kind = word_of(kinds, row.category)
        return " · ".join((date_format(row.served_on), kind, time_words(row.minutes)))

    def line(change: RecordChange) -> ChangeLine:
        if change.disputed:
            return ChangeLine(words(change.record), gettext("the person has objected to it"))
        if change.correction is None:
            return ChangeLine(words(change.record), gettext("taken back since"))
        correction = gettext("corrected: %(record)s") % {"record": words(change.correction)}
        return ChangeLine(words(change.record), correction)

    lines = tuple(map(line, changes.changes))
    return ChangeTable(lines, len(changes.later), time_words(changes.later_minutes))
