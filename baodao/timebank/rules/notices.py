"""What notices say about the time bank: what was ordered or given, never by whom."""

from baodao.kernel.errors import gettext_noop
from baodao.notices.rules.catalogue import NoticeKind, Topic

OWN = "/me/time-bank/"

NOTICES = (
    NoticeKind(
        "time-ordered",
        Topic.NEEDS,
        gettext_noop(
            "Help for hours of the time bank was ordered: “%(title)s”. Please find somebody."
        ),
        url="/time-bank/orders/%(about)s/",
    ),
    NoticeKind(
        "time-cancelled",
        Topic.NEEDS,
        gettext_noop("“%(title)s” was cancelled; the hours are back in your account."),
        url=OWN,
    ),
    NoticeKind(
        "time-given",
        Topic.NEEDS,
        gettext_noop("Somebody gave you hours in the time bank."),
        url=OWN,
    ),
)
