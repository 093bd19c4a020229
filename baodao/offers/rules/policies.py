"""What authorities and communities decide about offers and claims."""

from baodao.kernel.errors import gettext_noop
from baodao.orgs.rules.policies import COMMUNITIES, Amount, Unit
from baodao.orgs.rules.tree import PLACES

HEADING = gettext_noop("Posts and activities")

_LEVELS = frozenset(PLACES)

MOST_POSTS = Amount(
    key="claim.most_posts",
    question=gettext_noop("Most posts that a member holds"),
    default=2,
    unit=Unit.POSTS,
    least=1,
    most=10,
    levels=_LEVELS,
    at=COMMUNITIES,
)
"""认领 1–2 个岗位 (S4)."""

THINKING_HOURS = Amount(
    key="claim.thinking_hours",
    question=gettext_noop("Time for who waited to confirm a free place"),
    default=24,
    unit=Unit.HOURS,
    least=6,
    most=168,
    levels=_LEVELS,
    at=COMMUNITIES,
)
HOURS_BEFORE = Amount(
    key="claim.hours_before",
    question=gettext_noop("Time before an activity in which nobody is asked to confirm"),
    default=2,
    unit=Unit.HOURS,
    least=0,
    most=48,
    levels=_LEVELS,
    at=COMMUNITIES,
)
LEAST_HOURS = Amount(
    key="claim.least_hours",
    question=gettext_noop("Shortest time to confirm; with less the place is given at once"),
    default=1,
    unit=Unit.HOURS,
    least=1,
    most=6,
    levels=_LEVELS,
    at=COMMUNITIES,
)

NOTICE_DAYS = Amount(
    key="offer.notice_days",
    question=gettext_noop("Time for members to claim before the day proposed for an activity"),
    default=3,
    unit=Unit.DAYS,
    least=0,
    most=14,
    levels=_LEVELS,
    at=COMMUNITIES,
)

POLICIES = (MOST_POSTS, THINKING_HOURS, HOURS_BEFORE, LEAST_HOURS, NOTICE_DAYS)
