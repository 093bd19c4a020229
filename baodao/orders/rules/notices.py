"""What notices say about whistles for units, and about orders given to branches."""

from baodao.kernel.errors import gettext_noop
from baodao.notices.rules.catalogue import NoticeKind, Topic

NOTICES = (
    NoticeKind(
        "whistle-blown",
        Topic.CLAIMS,
        gettext_noop(
            "%(community)s whistles for you: “%(title)s”. Please answer by %(day)s: send "
            "somebody, or say why nobody can come."
        ),
        url="/unit/whistles/",
    ),
    NoticeKind(
        "order-given",
        Topic.CLAIMS,
        gettext_noop(
            "%(community)s gives “%(title)s” to %(unit)s. Please answer by %(day)s: send somebody, "
            "or say why nobody can come."
        ),
        url="/unit/whistles/",
    ),
    NoticeKind(
        "whistle-declined",
        Topic.CLAIMS,
        gettext_noop("%(unit)s cannot come to “%(title)s”: %(reason)s"),
        url="/offers/%(about)s/",
    ),
    NoticeKind(
        "whistle-overdue",
        Topic.CLAIMS,
        gettext_noop(
            "%(unit)s has not answered the whistle of %(community)s for “%(title)s”, due %(day)s."
        ),
        url="/needs/whistles/",
    ),
    NoticeKind(
        "order-overdue",
        Topic.CLAIMS,
        gettext_noop(
            "%(unit)s has not answered what %(community)s gave to it, “%(title)s”, due %(day)s."
        ),
        url="/needs/whistles/",
    ),
)
