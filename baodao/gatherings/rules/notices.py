"""What notices say of organisational life and of the two birthdays; both can be turned off."""

from baodao.kernel.errors import gettext_noop
from baodao.notices.rules.catalogue import NoticeKind, Topic

HOME = "/me/home/"

NOTICES = (
    NoticeKind(
        "gathering-announced",
        Topic.LIFE,
        gettext_noop("%(organisation)s: %(title)s on %(at)s, %(spot)s."),
        url=HOME,
    ),
    NoticeKind(
        "gathering-moved",
        Topic.LIFE,
        gettext_noop("%(organisation)s: %(former)s has changed: %(title)s on %(at)s, %(spot)s."),
        url=HOME,
    ),
    NoticeKind(
        "gathering-cancelled",
        Topic.LIFE,
        gettext_noop("%(organisation)s: %(title)s on %(at)s is cancelled: %(reason)s"),
        url=HOME,
    ),
    NoticeKind(
        "gathering-near",
        Topic.LIFE,
        gettext_noop("Tomorrow: %(title)s on %(at)s, %(spot)s."),
        url=HOME,
        reminder=True,
    ),
    NoticeKind(
        "material-shared",
        Topic.LIFE,
        gettext_noop("%(organisation)s shared something to read: %(title)s"),
        url=HOME,
    ),
    NoticeKind(
        "birthday",
        Topic.BIRTHDAYS,
        gettext_noop("Happy birthday, %(name)s!"),
        url=HOME,
    ),
    NoticeKind(
        "party-birthday",
        Topic.BIRTHDAYS,
        gettext_noop("%(name)s, today it is %(years)s years since you joined the Party."),
        url=HOME,
    ),
)
