"""What notices say about claims and the offers they are on."""

from baodao.kernel.errors import gettext_noop
from baodao.notices.rules.catalogue import NoticeKind, Topic

_INVITED = gettext_noop(
    "A place is free in “%(title)s”. It is kept for you until %(until)s; please confirm."
)

_ASSIGNED = gettext_noop(
    "%(community)s asks you to take on “%(title)s”. It is kept for you until %(until)s: take it on "
    "or give it up."
)

NOTICES = (
    NoticeKind(
        "claim-ended",
        Topic.CLAIMS,
        gettext_noop(
            "Your claim of “%(title)s” has ended with your registration in %(community)s."
        ),
    ),
    NoticeKind(
        "claim-out-of-reach",
        Topic.CLAIMS,
        gettext_noop(
            "The claim of “%(title)s” in %(community)s has ended: after a reorganisation it is out "
            "of reach."
        ),
    ),
    NoticeKind(
        "claim-resumed",
        Topic.CLAIMS,
        gettext_noop(
            "Your claim of “%(title)s” in %(community)s had ended by mistake and stands again."
        ),
    ),
    NoticeKind(
        "claim-made-for-you",
        Topic.CLAIMS,
        gettext_noop(
            "“%(title)s” of %(community)s was claimed for you at the service window, as you asked. "
            "If it does not suit you, give it up with one tap."
        ),
    ),
    NoticeKind(
        "claim-approved",
        Topic.CLAIMS,
        gettext_noop("%(community)s has approved your claim of “%(title)s”."),
    ),
    NoticeKind(
        "claim-lined-up",
        Topic.CLAIMS,
        gettext_noop(
            "%(community)s agrees to your claim of “%(title)s”. All places are taken now: you are "
            "number %(number)s in line, and are asked when a place becomes free."
        ),
    ),
    NoticeKind(
        "claim-decision-undone",
        Topic.CLAIMS,
        gettext_noop(
            "%(community)s has taken back what it answered a moment ago about “%(title)s”, and "
            "will answer again."
        ),
    ),
    NoticeKind(
        "claim-seated",
        Topic.CLAIMS,
        gettext_noop(
            "A place has become free in “%(title)s” and is yours. If it no longer fits, "
            "give it up with one tap."
        ),
    ),
    NoticeKind(
        "claim-lapsed",
        Topic.CLAIMS,
        gettext_noop(
            "The place in “%(title)s” was not confirmed and goes to the next. You may claim again."
        ),
    ),
    NoticeKind(
        "claim-served",
        Topic.CLAIMS,
        gettext_noop("Your service in “%(title)s” is recorded. Thank you."),
    ),
    NoticeKind(
        "claim-seat-given",
        Topic.CLAIMS,
        gettext_noop(
            "%(name)s has chosen you to serve in “%(title)s”. If it does not suit you, give it up "
            "with one tap; nobody need be asked."
        ),
    ),
    NoticeKind(
        "claim-seat-taken-back",
        Topic.CLAIMS,
        gettext_noop("%(name)s sends others to “%(title)s” now; you need not come."),
    ),
    NoticeKind(
        "claim-seat-left",
        Topic.CLAIMS,
        gettext_noop("%(name)s cannot serve in “%(title)s”. Choose somebody else, or send fewer."),
    ),
    NoticeKind(
        "claim-left-alone",
        Topic.CLAIMS,
        gettext_noop(
            "%(name)s cannot serve in “%(title)s”, and nobody else does for you: the claim has "
            "ended. You may claim it again."
        ),
    ),
    NoticeKind(
        "claim-given-back",
        Topic.CLAIMS,
        gettext_noop("%(name)s gave up “%(title)s”, and nobody else has taken it on."),
        url="/offers/%(about)s/",
    ),
    NoticeKind(
        "claim-unconfirmed",
        Topic.CLAIMS,
        gettext_noop(
            "%(name)s did not confirm “%(title)s” in time, and nobody else has taken it on."
        ),
        url="/offers/%(about)s/",
    ),
    NoticeKind(
        "exit-approved",
        Topic.CLAIMS,
        gettext_noop("%(community)s lets you go from “%(title)s”. Thank you."),
    ),
    NoticeKind(
        "offer-closed",
        Topic.CLAIMS,
        gettext_noop("“%(title)s” of %(community)s is over. Thank you."),
    ),
    NoticeKind(
        "offer-rescheduled",
        Topic.CLAIMS,
        gettext_noop(
            "“%(title)s” moves from %(old)s to %(new)s. If you cannot come then, give it "
            "up; nobody need be asked."
        ),
    ),
    NoticeKind(
        "claim-elsewhere",
        Topic.CLAIMS,
        gettext_noop(
            "“%(title)s” moves from %(old)s to %(new)s, when you have a place in “%(other)s”. You "
            "keep that one; your place here is free for others."
        ),
        stays=True,
    ),
    NoticeKind(
        "claim-refused",
        Topic.CLAIMS,
        gettext_noop("%(community)s could not approve your claim of “%(title)s”: %(reason)s"),
        stays=True,
    ),
    NoticeKind(
        "exit-refused",
        Topic.CLAIMS,
        gettext_noop("%(community)s asks you to stay in “%(title)s”: %(reason)s"),
        stays=True,
    ),
    NoticeKind(
        "offer-cancelled",
        Topic.CLAIMS,
        gettext_noop("“%(title)s” of %(community)s is cancelled: %(reason)s"),
        stays=True,
    ),
    NoticeKind("claim-assigned", Topic.CLAIMS, _ASSIGNED, reminder=True),
    NoticeKind("claim-assigned-kept", Topic.CLAIMS, _ASSIGNED, stays=True),
    NoticeKind("claim-invited", Topic.CLAIMS, _INVITED, reminder=True),
    NoticeKind("claim-kept", Topic.CLAIMS, _INVITED, stays=True),
)
"""An invitation is a reminder, which waits for the morning; who is reminded no more is told of the
place all the same, since it is theirs until an hour."""
