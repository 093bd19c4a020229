"""What notices say of numbers that an authority asks about, and of entries that it makes one."""

from baodao.identities.rules.checks import IdentityEvent
from baodao.kernel.errors import gettext_noop
from baodao.notices.rules.catalogue import NoticeKind, Topic

CONTESTS = "/people/contests/"
MEMBERS = "/people/"

NOTICES = (
    NoticeKind(
        IdentityEvent.ASKED.value,
        Topic.LIFE,
        gettext_noop("Compare the ID number of %(name)s with the card: the authority above asks."),
        stays=True,
        url="/people/corrections/",
    ),
    NoticeKind(
        IdentityEvent.STANDS.value,
        Topic.LIFE,
        gettext_noop("%(unit)s has compared the ID number of %(name)s: it stands on the card."),
        stays=True,
        url=CONTESTS,
    ),
    NoticeKind(
        IdentityEvent.MENDED.value,
        Topic.LIFE,
        gettext_noop("The ID number of %(name)s, about which you asked %(unit)s, was put right."),
        stays=True,
        url=CONTESTS,
    ),
    NoticeKind(
        IdentityEvent.MENDED_ABOVE.value,
        Topic.LIFE,
        gettext_noop("The authority above has put the ID number of %(name)s right."),
        stays=True,
        url=MEMBERS,
    ),
    NoticeKind(
        IdentityEvent.MERGED_HERE.value,
        Topic.LIFE,
        gettext_noop(
            "%(name)s had been entered twice: the authority above has added what hung on the other "
            "entry to yours."
        ),
        stays=True,
        url=MEMBERS,
    ),
    NoticeKind(
        IdentityEvent.MERGED_AWAY.value,
        Topic.LIFE,
        gettext_noop(
            "%(name)s had been entered twice: the authority above keeps the entry of another unit, "
            "and they belong to you no longer."
        ),
        stays=True,
        url=MEMBERS,
    ),
    NoticeKind(
        IdentityEvent.PARTED_HERE.value,
        Topic.LIFE,
        gettext_noop(
            "The authority above has taken back that %(name)s had been entered twice: what hung on "
            "the other entry has gone back to it."
        ),
        stays=True,
        url=MEMBERS,
    ),
    NoticeKind(
        IdentityEvent.PARTED_BEFORE.value,
        Topic.LIFE,
        gettext_noop(
            "The unit of before has taken back that %(name)s had been entered twice: what hung on "
            "the other entry has gone back to it."
        ),
        stays=True,
        url=MEMBERS,
    ),
    NoticeKind(
        IdentityEvent.PARTED_AWAY.value,
        Topic.LIFE,
        gettext_noop(
            "The authority above has taken back that %(name)s had been entered twice: they belong "
            "to you again, with all that hung on their entry."
        ),
        stays=True,
        url=MEMBERS,
    ),
)
