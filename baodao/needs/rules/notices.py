"""What notices say about needs."""

from baodao.kernel.errors import gettext_noop
from baodao.notices.rules.catalogue import NoticeKind, Topic

NOTICES = (
    NoticeKind(
        "need-asked",
        Topic.NEEDS,
        gettext_noop("A new need has been asked: %(code)s."),
    ),
    NoticeKind(
        "need-handed-back",
        Topic.NEEDS,
        gettext_noop("Whoever asked %(code)s says it is not solved yet."),
    ),
)
