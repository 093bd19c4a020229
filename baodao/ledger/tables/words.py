"""The words of codes, lengths of time, and how a record came in."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext

from baodao.ledger.models import ServiceRecord, Statement
from baodao.ledger.queries import categories_of, category_words
from baodao.ledger.rules import BY_HAND, ORIGINS, OUTCOMES, STATEMENT_STATES, WAYS
from baodao.orgs.models import Organisation
from baodao.ui.wording import choices_of, word_of

HOUR = 60


def _plain(words: Mapping[Any, str]) -> dict[str, str]:
    return {str(code): message for code, message in words.items()}


VOCABULARIES: dict[str, dict[str, str]] = {
    "origin": _plain(ORIGINS),
    "way": _plain(WAYS),
    "statement": _plain(STATEMENT_STATES),
    "outcome": _plain(OUTCOMES),
}


def word(code: str, vocabulary: str) -> str:
    """What `code` is called in the reader's language; an unknown code as it is."""
    return word_of(VOCABULARIES[vocabulary], code)


def choices(vocabulary: str, codes: Iterable[str] = ()) -> list[tuple[str, str]]:
    """The codes of a vocabulary with their words, for a form or a filter."""
    return choices_of(VOCABULARIES[vocabulary], codes)


def kinds_in(place: Organisation) -> list[tuple[str, str]]:
    """The kinds of service in force at a place, with their words."""
    return choices_of(categories_of(place))


class Kinds:
    """The kinds of many records, each by its own community's dictionary, asked for once."""

    def __init__(self) -> None:
        self._known: dict[int, Mapping[str, str]] = {}

    def of(self, row: ServiceRecord | Statement) -> str:
        """What the row's kind is called."""
        if row.community_id not in self._known:
            self._known[row.community_id] = category_words(row.community)
        return word_of(self._known[row.community_id], row.category)


def by_hand(row: ServiceRecord) -> bool:
    """Whether it was entered by somebody who was not the organiser on the spot."""
    return row.origin in BY_HAND


def origin_words(row: ServiceRecord) -> str:
    """How it came in; what was entered by hand says so."""
    said = word(row.origin, "origin")
    return gettext("By hand: %(origin)s") % {"origin": said} if by_hand(row) else said


def time_words(minutes: int) -> str:
    """1 小时 30 分钟; whole hours and whole minutes alone."""
    hours, rest = divmod(abs(minutes), HOUR)
    if not hours:
        return gettext("%(minutes)s min") % {"minutes": rest}
    if not rest:
        return gettext("%(hours)s h") % {"hours": hours}
    return gettext("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": rest}
