"""What authorities decide about the files of households."""

from baodao.kernel.errors import gettext_noop
from baodao.orgs.rules.dictionaries import WordList
from baodao.orgs.rules.policies import AUTHORITIES, COMMUNITIES, Amount, Quantity
from baodao.orgs.rules.tree import PLACES, Kind
from baodao.residents.rules.households import SupportGrade
from baodao.residents.rules.proposals import MeasureList

HEADING = gettext_noop("Files of households")

MORE_CATEGORIES = WordList(
    key="household.more_categories",
    question=gettext_noop("Difficulties of households beside the usual ones"),
    default=(),
    levels=frozenset(PLACES),
    at=COMMUNITIES,
)
FILE_DAYS = Amount(
    key="household.file_days",
    question=gettext_noop("Time for which a household's file is kept on one basis, at most"),
    default=1096,
    quantity=Quantity.DAYS,
    least=30,
    most=1827,
    levels=frozenset({Kind.CITY, Kind.DISTRICT}),
    at=COMMUNITIES,
)
EXPIRY_DAYS = Amount(
    key="household.expiry_days",
    question=gettext_noop("Time before its deletion in which a file stands among those to look at"),
    default=30,
    quantity=Quantity.DAYS,
    least=7,
    most=90,
    levels=AUTHORITIES | {Kind.COMMUNITY},
    at=COMMUNITIES,
)

CLOSE_MEASURES = MeasureList(
    key="household.close_measures",
    question=gettext_noop("Measures for close support, such as 每月上门看望：帮扶小组"),
    default=(),
    levels=frozenset(PLACES),
    at=COMMUNITIES,
)
REGULAR_MEASURES = MeasureList(
    key="household.regular_measures",
    question=gettext_noop("Measures for regular contact, such as 每季度上门看望：帮扶小组"),
    default=(),
    levels=frozenset(PLACES),
    at=COMMUNITIES,
)
LIGHT_MEASURES = MeasureList(
    key="household.light_measures",
    question=gettext_noop("Measures for light contact, such as 每半年电话问候：社区"),
    default=(),
    levels=frozenset(PLACES),
    at=COMMUNITIES,
)
MEASURES = {
    SupportGrade.CLOSE: CLOSE_MEASURES,
    SupportGrade.REGULAR: REGULAR_MEASURES,
    SupportGrade.LIGHT: LIGHT_MEASURES,
}
"""By the grade of a household what authorities propose for it."""

POLICIES = (
    *(MORE_CATEGORIES, FILE_DAYS, EXPIRY_DAYS),
    *(CLOSE_MEASURES, REGULAR_MEASURES, LIGHT_MEASURES),
)
