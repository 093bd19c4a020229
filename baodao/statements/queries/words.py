"""Kinds of service, and how a record came in, in the reader's words."""

from django.utils.translation import gettext

from baodao.ledger.models import ServiceRecord
from baodao.ledger.queries.categories import categories_of
from baodao.orgs.models import Organisation
from baodao.ui.wording import choices_of


def kinds_in(place: Organisation, kept: str = "") -> list[tuple[str, str]]:
    """The kinds of service in force at a place, and the one that is `kept`, with their words."""
    return choices_of(categories_of(place, kept))


def origin_words(row: ServiceRecord) -> str:
    """How it came in; what was entered by hand says so."""
    origin = row.get_origin_display()
    return gettext("By hand: %(origin)s") % {"origin": origin} if row.by_hand else origin
