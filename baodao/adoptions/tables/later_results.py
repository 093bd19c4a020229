"""What the records say now of settled periods, as pages show it beside the results."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from baodao.adoptions.models import PolicyResult
from baodao.adoptions.queries.deeds import DeedLine, lines_of_ids
from baodao.adoptions.queries.later_results import later_than
from baodao.adoptions.queries.wording import left_out_words, reason_text


@dataclass(frozen=True)
class LaterWords:
    """What would be said by everything recorded up to the end of `day`: how it stands, why, and
    which records count that did not, and do not that did."""

    day: date
    state: str
    reason: str
    more: Sequence[DeedLine]
    fewer: Sequence[DeedLine]


def later_words(results: Sequence[PolicyResult]) -> Mapping[UUID, LaterWords]:
    """By the id of each of these results beside which something stands."""
    rows = later_than(results)
    words = {}
    for result in results:
        if later := rows.get(result.pk):
            before, now = set(result.counted), set(later.counted)
            why = {row[0]: left_out_words(row) for row in later.left_out}
            words[result.pk] = LaterWords(
                later.day,
                later.get_state_display(),
                reason_text(later),
                lines_of_ids(result, now - before, {}),
                lines_of_ids(result, before - now, why),
            )
    return words
