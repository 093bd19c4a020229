"""What authorities and units decide about searches, transfers and what members can choose."""

from baodao.kernel.errors import gettext_noop
from baodao.orgs.rules.dictionaries import WordList
from baodao.orgs.rules.policies import COMMUNITIES, UNITS, Amount, Quantity
from baodao.orgs.rules.tree import Kind

HEADING = gettext_noop("Searches and transfers")
CHOICES = gettext_noop("What members can choose")

SEARCHES = Amount(
    key="search.numbers_an_hour",
    question=gettext_noop("Numbers by which one account searches people in an hour, at most"),
    default=60,
    quantity=Quantity.TIMES,
    least=10,
    most=500,
    levels=frozenset({Kind.CITY, Kind.DISTRICT}),
    at=UNITS | frozenset({Kind.COMMUNITY}),
)
TRANSFER_DAYS = Amount(
    key="transfer.days",
    question=gettext_noop("Time in which a unit answers when a member is transferred to it"),
    default=30,
    quantity=Quantity.DAYS,
    least=7,
    most=90,
    levels=frozenset({Kind.CITY, Kind.DISTRICT}),
    at=UNITS,
)

POLICIES = (SEARCHES, TRANSFER_DAYS)

MORE_SPECIALTIES = WordList(
    key="person.more_specialties",
    question=gettext_noop("Specialties offered beside the usual ones"),
    default=(),
    levels=frozenset({Kind.CITY, Kind.DISTRICT}),
    at=UNITS | COMMUNITIES,
)
MORE_WISHES = WordList(
    key="person.more_wishes",
    question=gettext_noop("Wishes to serve offered beside the usual ones"),
    default=(),
    levels=frozenset({Kind.CITY, Kind.DISTRICT}),
    at=UNITS | COMMUNITIES,
)

MORE_CHOICES = (MORE_SPECIALTIES, MORE_WISHES)
