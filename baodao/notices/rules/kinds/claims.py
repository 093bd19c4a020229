"""Claims and activities: posts, activities, wishes, orders, pairings."""

from baodao.kernel.errors import gettext_noop

TELLS: dict[str, str] = {
    "claim-ended": gettext_noop(
        "Your claim of “%(title)s” has ended with your registration in %(community)s."
    ),
    "claim-approved": gettext_noop("%(community)s has approved your claim of “%(title)s”."),
    "claim-seated": gettext_noop(
        "A place has become free in “%(title)s” and is yours. If it no longer fits, give it up "
        "with one tap."
    ),
    "claim-lapsed": gettext_noop(
        "The place in “%(title)s” was not confirmed and goes to the next. You may claim again."
    ),
    "claim-served": gettext_noop("Your service in “%(title)s” is recorded. Thank you."),
    "exit-approved": gettext_noop("%(community)s lets you go from “%(title)s”. Thank you."),
    "offer-closed": gettext_noop("“%(title)s” of %(community)s is over. Thank you."),
    "offer-rescheduled": gettext_noop(
        "“%(title)s” moves from %(old)s to %(new)s. If you cannot come then, give it up; nobody "
        "need be asked."
    ),
}

STAYS: dict[str, str] = {
    "claim-refused": gettext_noop(
        "%(community)s could not approve your claim of “%(title)s”: %(reason)s"
    ),
    "exit-refused": gettext_noop("%(community)s asks you to stay in “%(title)s”: %(reason)s"),
    "offer-cancelled": gettext_noop("“%(title)s” of %(community)s is cancelled: %(reason)s"),
}

ASKS: dict[str, str] = {
    "claim-invited": gettext_noop(
        "A place is free in “%(title)s”. It is kept for you until %(until)s; please confirm."
    ),
    "activity-tomorrow": gettext_noop("Tomorrow: “%(title)s”, %(when)s, %(place)s."),
}
