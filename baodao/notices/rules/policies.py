"""What authorities decide about reminders, messages outside the app, and complaints."""

from datetime import time

from baodao.kernel.errors import gettext_noop
from baodao.orgs.rules.policies import AUTHORITIES, EVERY, Amount, Quantity, TimeOfDay
from baodao.orgs.rules.tree import PLACES, Kind

HEADING = gettext_noop("Reminders, messages and complaints")

CITY = frozenset({Kind.CITY})
"""Who reminds a person are their unit and communities of several districts: one rule a city."""

MOST_REMINDERS = Amount(
    key="reminder.most",
    question=gettext_noop("Most reminders to one person or organisation"),
    default=2,
    quantity=Quantity.TIMES,
    least=1,
    most=7,
    levels=CITY,
    at=EVERY,
)
REMINDER_DAYS = Amount(
    key="reminder.days",
    question=gettext_noop("Time in which reminders are counted"),
    default=7,
    quantity=Quantity.DAYS,
    least=7,
    most=31,
    levels=CITY,
    at=EVERY,
)
QUIET_FROM = TimeOfDay(
    key="reminder.quiet_from",
    question=gettext_noop("Nobody is reminded from"),
    default=time(21),
    least=time(18),
    most=time(22),
    levels=CITY,
    at=EVERY,
)
QUIET_UNTIL = TimeOfDay(
    key="reminder.quiet_until",
    question=gettext_noop("Nobody is reminded until the next morning at"),
    default=time(8),
    least=time(7),
    most=time(10),
    levels=CITY,
    at=EVERY,
)
WORK_FROM = TimeOfDay(
    key="message.work_from",
    question=gettext_noop("Messages to an organisation's channel leave on working days from"),
    default=time(9),
    least=time(7),
    most=time(11),
    levels=frozenset({*PLACES, Kind.UNIT}),
    at=EVERY,
)
WORK_UNTIL = TimeOfDay(
    key="message.work_until",
    question=gettext_noop("Messages to an organisation's channel leave until"),
    default=time(18),
    least=time(14),
    most=time(20),
    levels=frozenset({*PLACES, Kind.UNIT}),
    at=EVERY,
)
ANSWER_DAYS = Amount(
    key="complaint.answer_days",
    question=gettext_noop("Time to answer a complaint or suggestion"),
    default=5,
    quantity=Quantity.WORKING_DAYS,
    least=1,
    most=15,
    levels=AUTHORITIES,
    at=frozenset(PLACES),
)
CONTACT_DAYS = Amount(
    key="complaint.contact_days",
    question=gettext_noop(
        "Time after its answer or due day in which a complaint keeps its telephone"
    ),
    default=30,
    quantity=Quantity.DAYS,
    least=7,
    most=180,
    levels=frozenset({Kind.CITY, Kind.DISTRICT}),
    at=frozenset(PLACES),
)
"""Time to ask back; then what it was left for is over (PIPL 19)."""

POLICIES = (
    MOST_REMINDERS,
    REMINDER_DAYS,
    QUIET_FROM,
    QUIET_UNTIL,
    WORK_FROM,
    WORK_UNTIL,
    ANSWER_DAYS,
    CONTACT_DAYS,
)
