"""What authorities decide about service records: the kinds of service."""

from baodao.kernel.errors import gettext_noop
from baodao.ledger.rules.records import CATEGORIES
from baodao.orgs.rules import PLACES
from baodao.orgs.rules.dictionaries import Dictionary, Word
from baodao.orgs.rules.policies import COMMUNITIES

HEADING = gettext_noop("Service records")

KINDS_OF_SERVICE = Dictionary(
    key="service.categories",
    question=gettext_noop("Kinds of service"),
    default=tuple(Word(code, words) for code, words in CATEGORIES.items()),
    levels=frozenset(PLACES),
    at=COMMUNITIES,
    page="ledger:categories",
)

POLICIES = (KINDS_OF_SERVICE,)
