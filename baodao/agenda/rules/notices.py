"""What notices say about what is ahead."""

from baodao.kernel.errors import gettext_noop
from baodao.notices.rules.catalogue import NoticeKind, Topic

NOTICES = (
    NoticeKind(
        "activity-tomorrow",
        Topic.CLAIMS,
        gettext_noop("Tomorrow: “%(title)s”, %(when)s, %(place)s."),
        reminder=True,
        url="/me/claims/",
    ),
)
