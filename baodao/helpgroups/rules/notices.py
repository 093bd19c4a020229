"""What notices say about help groups: never who lives in a household."""

from baodao.kernel.errors import gettext_noop
from baodao.notices.rules.catalogue import NoticeKind, Topic

OWN = "/me/help-groups/"

NOTICES = (
    NoticeKind(
        "help-group-joined",
        Topic.NEEDS,
        gettext_noop(
            "%(community)s asked you into “%(group)s”. Its households stand on your page."
        ),
        stays=True,
        url=OWN,
    ),
    NoticeKind(
        "help-group-left",
        Topic.NEEDS,
        gettext_noop("You are no longer in “%(group)s”. Thank you for your help."),
        stays=True,
        url=OWN,
    ),
    NoticeKind(
        "help-group-due",
        Topic.NEEDS,
        gettext_noop("“%(title)s” of “%(group)s”: please visit by %(day)s."),
        url=OWN,
        reminder=True,
    ),
    NoticeKind(
        "measure-due",
        Topic.NEEDS,
        gettext_noop("%(community)s: please do your measure for household %(number)s by %(day)s."),
        url=OWN,
        reminder=True,
    ),
    NoticeKind(
        "unit-measure-due",
        Topic.NEEDS,
        gettext_noop(
            "%(community)s: please do the measure of the unit for household %(number)s by %(day)s."
        ),
        url="/unit/",
        reminder=True,
    ),
)
