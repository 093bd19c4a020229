"""What notices say about contacts and visits: never who lives in a household."""

from baodao.kernel.errors import gettext_noop
from baodao.notices.rules.catalogue import NoticeKind, Topic

OWN = "/me/visits/"

NOTICES = (
    NoticeKind(
        "contact-assigned",
        Topic.NEEDS,
        gettext_noop("%(assigner)s made you the contact of %(title)s from %(day)s on."),
        stays=True,
        url=OWN,
    ),
    NoticeKind(
        "contact-ended",
        Topic.NEEDS,
        gettext_noop("You are no longer the contact of %(title)s. Thank you for your visits."),
        stays=True,
        url=OWN,
    ),
    NoticeKind(
        "visit-due",
        Topic.NEEDS,
        gettext_noop("%(title)s: please visit by %(day)s."),
        url=OWN,
        reminder=True,
    ),
)
