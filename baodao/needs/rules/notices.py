"""What notices say about needs."""

from baodao.kernel.errors import gettext_noop
from baodao.notices.rules.catalogue import NoticeKind, Topic

NOTICES = (
    NoticeKind(
        "need-asked",
        Topic.NEEDS,
        gettext_noop("A new need: “%(words)s”"),
        url="/needs/%(about)s/",
    ),
    NoticeKind(
        "need-handed-back",
        Topic.NEEDS,
        gettext_noop("Not solved yet, says whoever asked: “%(words)s”"),
        url="/needs/%(about)s/",
    ),
    NoticeKind(
        "menu-published",
        Topic.NEEDS,
        gettext_noop("%(unit)s serves “%(title)s”: it stands on your menu."),
        url="/needs/menu/",
    ),
)
