"""Kinds of service, and how a record came in, in the reader's words."""

from collections.abc import Mapping

from django.utils.translation import gettext

from baodao.ledger.models import ServiceRecord
from baodao.ledger.queries.categories import categories_of, category_words
from baodao.orgs.models import Organisation
from baodao.statements.models import Statement
from baodao.ui.wording import choices_of, word_of


def kinds_in(place: Organisation, kept: str = "") -> list[tuple[str, str]]:
    """The kinds of service in force at a place, and the one that is `kept`, with their words."""
    return choices_of(categories_of(place, kept))


class Kinds:
    """The kinds of many records, each by its own community's dictionary, asked for once."""

    def __init__(self) -> None:
        self._known: dict[int, Mapping[str, str]] = {}

    def of(self, row: ServiceRecord | Statement) -> str:
        """What the row's kind is called."""
        if row.community_id not in self._known:
            self._known[row.community_id] = category_words(row.community)
        return word_of(self._known[row.community_id], row.category)


def origin_words(row: ServiceRecord) -> str:
    """How it came in; what was entered by hand says so."""
    origin = row.get_origin_display()
    return gettext("By hand: %(origin)s") % {"origin": origin} if row.by_hand else origin
