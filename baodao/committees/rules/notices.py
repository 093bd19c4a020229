"""What notices say about meetings of committees."""

from baodao.kernel.errors import gettext_noop
from baodao.notices.rules.catalogue import NoticeKind, Topic

PAGE = "/committees/meetings/%(about)s/"

NOTICES = (
    NoticeKind(
        "meeting-called",
        Topic.LIFE,
        gettext_noop("%(committee)s meets on %(at)s at %(spot)s: %(items)s"),
        url=PAGE,
    ),
    NoticeKind(
        "meeting-cancelled",
        Topic.LIFE,
        gettext_noop("The meeting of %(committee)s on %(at)s is cancelled: %(reason)s"),
        url=PAGE,
    ),
    NoticeKind(
        "minutes-issued",
        Topic.LIFE,
        gettext_noop("The minutes %(number)s of the meeting of %(committee)s are here."),
        url=PAGE,
    ),
)
