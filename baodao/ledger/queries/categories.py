"""活动类型: the dictionary in force at a place, with the words that are no longer offered."""

from collections.abc import Mapping
from typing import NamedTuple, Protocol

from django.utils.translation import gettext

from baodao.ledger.rules.policies import KINDS_OF_SERVICE
from baodao.ledger.rules.records import CATEGORIES
from baodao.orgs.models import Organisation
from baodao.orgs.queries.policies import PolicyValues, value_of, values_at
from baodao.orgs.rules.dictionaries import Word
from baodao.ui.wording import choices_of, word_of


def dictionary_of(place: Organisation) -> list[Word]:
    """Every kind of service known at a place, hidden ones too, in the order of the dictionary."""
    words = value_of(KINDS_OF_SERVICE, place)
    return list(words)


def categories_of(place: Organisation, kept: str = "") -> dict[str, str]:
    """The kinds of service offered at a place, codes with their words: the nearest authority's.

    The one that is `kept` already stays, marked, though it is no longer offered. Words that an
    authority wrote itself are no message ids and stand as they are.
    """
    offered = {word.code: word.words for word in dictionary_of(place) if word.is_offered}
    if not kept or kept in offered:
        return offered
    name = word_of(category_words(place), kept)
    return offered | {kept: gettext("%(name)s (no longer offered)") % {"name": name}}


def kinds_in(place: Organisation, kept: str = "") -> list[tuple[str, str]]:
    """The kinds of service in force at a place, and the one that is `kept`, in the reader's
    words."""
    return choices_of(categories_of(place, kept))


class Codes(NamedTuple):
    """The kinds of service that may be chosen at a place, and all that ever could."""

    offered: frozenset[str]
    known: frozenset[str]


def codes_of(place: Organisation) -> Codes:
    """Both at once, for who checks many services: what was chosen while it was offered stays."""
    words = dictionary_of(place)
    offered = frozenset(word.code for word in words if word.is_offered)
    return Codes(offered, frozenset(CATEGORIES) | {word.code for word in words})


def category_words(place: Organisation) -> dict[str, str]:
    """What each code is called at a place, also one that is no longer offered: for old records."""
    return words_where(values_at(place.path))


def words_where(values: PolicyValues) -> dict[str, str]:
    """What each code is called where these values hold, also one that is no longer offered."""
    return CATEGORIES | {word.code: word.words for word in values.of(KINDS_OF_SERVICE)}


class Classified(Protocol):
    """A row of a community with the code of a kind of service: a record, a statement, an offer."""

    community_id: int
    category: str

    @property
    def community(self) -> Organisation: ...


class Kinds:
    """The kinds of many rows, each by its own community's dictionary, asked for once."""

    def __init__(self) -> None:
        self._known: dict[int, Mapping[str, str]] = {}

    def of(self, row: Classified) -> str:
        """What the row's kind is called."""
        if row.community_id not in self._known:
            self._known[row.community_id] = category_words(row.community)
        return word_of(self._known[row.community_id], row.category)
