"""What authorities and communities decide about offers."""

from baodao.kernel.errors import gettext_noop
from baodao.orgs.rules.policies import COMMUNITIES, Amount, Quantity
from baodao.orgs.rules.tree import PLACES

HEADING = gettext_noop("Posts and activities")

_LEVELS = frozenset(PLACES)

MOST_POSTS = Amount(
    key="claim.most_posts",
    question=gettext_noop("Most posts that a member holds"),
    default=2,
    quantity=Quantity.POSTS,
    least=1,
    most=10,
    levels=_LEVELS,
    at=COMMUNITIES,
)
"""认领 1–2 个岗位 (S4)."""

NOTICE_DAYS = Amount(
    key="offer.notice_days",
    question=gettext_noop("Time for members to claim before the day proposed for an activity"),
    default=3,
    quantity=Quantity.DAYS,
    least=0,
    most=14,
    levels=_LEVELS,
    at=COMMUNITIES,
)

SHORT_DAYS = Amount(
    key="offer.short_days",
    question=gettext_noop("Time before an activity in which places left are told as a shortage"),
    default=3,
    quantity=Quantity.DAYS,
    least=1,
    most=14,
    levels=_LEVELS,
    at=COMMUNITIES,
)

POLICIES = (MOST_POSTS, NOTICE_DAYS, SHORT_DAYS)
