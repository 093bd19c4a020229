"""What a notice says, when it may be shown, and how often somebody may be reminded."""

from datetime import date, datetime, time, timedelta

from baodao.kernel.errors import Refused, gettext_noop

SENTENCES: dict[str, str] = {
    "letter-issued": gettext_noop(
        "Your letter of introduction %(number)s is ready. Present it to %(community)s."
    ),
    "registration-accepted": gettext_noop("%(community)s has received you; receipt %(number)s."),
    "registration-returned": gettext_noop(
        "%(community)s has returned your letter: %(reason)s Put it right and present it again."
    ),
    "registration-placed": gettext_noop("%(community)s has placed you: %(place)s."),
    "registration-ended": gettext_noop("Your registration in %(community)s has ended."),
    "registration-withdrawn": gettext_noop("Your letter %(number)s was withdrawn: %(reason)s"),
    "registration-transferred": gettext_noop("Your letter %(number)s now waits for %(community)s."),
    "receipts-arrived": gettext_noop(
        "%(community)s has received %(count)s members; receipts from %(first)s to %(last)s."
    ),
    "member-returned": gettext_noop("%(community)s has returned %(name)s: %(reason)s"),
    "member-ended": gettext_noop("The registration of %(name)s in %(community)s has ended."),
    "member-withdrawn": gettext_noop("%(unit)s has withdrawn the letter of %(name)s."),
    "member-left": gettext_noop("%(name)s has moved to another community."),
    "group-presented": gettext_noop("%(unit)s presents %(count)s members together."),
    "unit-presented": gettext_noop("%(unit)s has presented its contact form."),
    "unit-accepted": gettext_noop("%(community)s has accepted your unit's contact form."),
    "unit-returned": gettext_noop(
        "%(community)s has returned your unit's contact form: %(reason)s"
    ),
    "unit-ended": gettext_noop("%(unit)s has ended its contact with %(community)s: %(reason)s"),
    "exemption-requested": gettext_noop("A request about %(name)s waits for your decision."),
    "exemption-approved": gettext_noop("Your unit has approved: %(reason)s."),
    "exemption-refused": gettext_noop("Your unit has not approved: %(reason)s."),
    "exemption-revoked": gettext_noop("Your unit has revoked: %(reason)s."),
    "reminder-present": gettext_noop(
        "Your letter of introduction %(number)s is waiting. Present it to %(community)s."
    ),
    "reminder-returned": gettext_noop(
        "%(community)s returned your letter %(number)s. Put it right and present it again."
    ),
    "claim-approved": gettext_noop("%(community)s has approved your claim of “%(title)s”."),
    "claim-refused": gettext_noop(
        "%(community)s could not approve your claim of “%(title)s”: %(reason)s"
    ),
    "claim-invited": gettext_noop(
        "A place is free in “%(title)s”. It is kept for you until %(until)s; please confirm."
    ),
    "claim-seated": gettext_noop(
        "A place has become free in “%(title)s” and is yours. If it no longer fits, give it up "
        "with one tap."
    ),
    "claim-lapsed": gettext_noop(
        "The place in “%(title)s” was not confirmed and goes to the next. You may claim again."
    ),
    "claim-ended": gettext_noop(
        "Your claim of “%(title)s” has ended with your registration in %(community)s."
    ),
    "claim-served": gettext_noop("Your service in “%(title)s” is recorded. Thank you."),
    "exit-approved": gettext_noop("%(community)s lets you go from “%(title)s”. Thank you."),
    "exit-refused": gettext_noop("%(community)s asks you to stay in “%(title)s”: %(reason)s"),
    "offer-cancelled": gettext_noop("“%(title)s” of %(community)s is cancelled: %(reason)s"),
    "offer-closed": gettext_noop("“%(title)s” of %(community)s is over. Thank you."),
    "offer-rescheduled": gettext_noop(
        "“%(title)s” moves from %(old)s to %(new)s. If you cannot come then, give it up; nobody "
        "need be asked."
    ),
    "activity-tomorrow": gettext_noop("Tomorrow: “%(title)s”, %(when)s, %(place)s."),
}
"""By kind; facts that are message ids themselves are translated when shown."""

REMINDERS = (
    "reminder-present",
    "reminder-returned",
    *("claim-invited", "activity-tomorrow"),
)
"""These ask for something: quiet hours, the weekly limit and "no reminders" hold for them."""

QUIET_FROM, QUIET_UNTIL = time(21), time(8)
LIMIT, WINDOW = 2, timedelta(days=7)


def shown_at(local: datetime) -> datetime:
    """The instant itself by day; from 21:00 to 8:00 the coming 8:00. `local` is China's clock."""
    morning = datetime.combine(local.date(), QUIET_UNTIL, local.tzinfo)
    if local.time() >= QUIET_FROM:
        return morning + timedelta(days=1)
    return max(local, morning)


def check_reminder(sent: int, *, wanted: bool) -> None:
    """Refuse to remind who turned reminders off, or was reminded `sent` times in the window."""
    if not wanted:
        raise Refused(
            "reminder.off", gettext_noop("Has turned reminders off; ask in person instead.")
        )
    if sent >= LIMIT:
        raise Refused(
            "reminder.limit",
            gettext_noop("Was reminded %(limit)s times in 7 days; wait before the next one."),
            limit=LIMIT,
        )


CODE_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CODE_LENGTH = 4
MOST_WORDS = 2000
ANSWER_WORKING_DAYS = 5
SATURDAY = 5


def answer_due(received: date) -> date:
    """The fifth working day after `received`; Saturdays and Sundays are none."""
    day, left = received, ANSWER_WORKING_DAYS
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < SATURDAY
    return day


def check_words(text: str) -> str:
    """What was written, without space around it; refused when there is nothing or too much."""
    words = text.strip()
    if not words:
        raise Refused("complaint.empty", gettext_noop("Please write what it is about."))
    if len(words) > MOST_WORDS:
        raise Refused(
            "complaint.long",
            gettext_noop("Please keep to %(most)s characters."),
            most=MOST_WORDS,
        )
    return words
