"""What authorities decide about service records: kinds, objections, uploaded tables."""

from baodao.kernel.errors import gettext_noop
from baodao.ledger.rules.records import CATEGORIES
from baodao.orgs.rules import PLACES, Kind
from baodao.orgs.rules.dictionaries import Dictionary, Word
from baodao.orgs.rules.policies import AUTHORITIES, COMMUNITIES, Amount, Unit

HEADING = gettext_noop("Service records")

KINDS_OF_SERVICE = Dictionary(
    key="service.categories",
    question=gettext_noop("Kinds of service"),
    default=tuple(Word(code, words) for code, words in CATEGORIES.items()),
    levels=frozenset(PLACES),
    at=COMMUNITIES,
    page="ledger:categories",
)
ANSWER_DAYS = Amount(
    key="dispute.answer_days",
    question=gettext_noop("Time to answer an objection to a record"),
    default=5,
    unit=Unit.WORKING_DAYS,
    least=1,
    most=15,
    levels=AUTHORITIES,
    at=COMMUNITIES,
)
UPLOAD_DAYS = Amount(
    key="import.kept_days",
    question=gettext_noop("Time an imported table is kept as a file"),
    default=30,
    unit=Unit.DAYS,
    least=1,
    most=90,
    levels=frozenset({Kind.CITY, Kind.DISTRICT}),
    at=COMMUNITIES,
)

POLICIES = (KINDS_OF_SERVICE, ANSWER_DAYS, UPLOAD_DAYS)
