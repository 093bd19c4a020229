"""What notices say about talents: never who."""

from baodao.kernel.errors import gettext_noop
from baodao.notices.rules.catalogue import NoticeKind, Topic

NOTICES = (
    NoticeKind(
        "talent-offered",
        Topic.NEEDS,
        gettext_noop("A resident wants to help with what they can do. Please look at the entry."),
        url="/talents/%(about)s/",
    ),
)
