"""What authorities decide about service records: the kinds of service, how far back."""

from baodao.kernel.errors import gettext_noop
from baodao.ledger.rules.records import CATEGORIES
from baodao.orgs.rules.dictionaries import Dictionary, Word
from baodao.orgs.rules.policies import AUTHORITIES, COMMUNITIES, Amount, Quantity
from baodao.orgs.rules.tree import PLACES

HEADING = gettext_noop("Service records")

KINDS_OF_SERVICE = Dictionary(
    key="service.categories",
    question=gettext_noop("Kinds of service"),
    default=tuple(Word(code, words) for code, words in CATEGORIES.items()),
    levels=frozenset(PLACES),
    at=COMMUNITIES,
    page="ledger:categories",
)

YEARS_BACK = Amount(
    key="record.years_back",
    question=gettext_noop("How far back a service may still be recorded"),
    default=3,
    quantity=Quantity.YEARS,
    least=1,
    most=10,
    levels=AUTHORITIES,
    at=COMMUNITIES,
)

POLICIES = (KINDS_OF_SERVICE, YEARS_BACK)
