"""What notices say about what units want to organise."""

from baodao.kernel.errors import gettext_noop
from baodao.notices.rules.catalogue import NoticeKind, Topic

NOTICES = (
    NoticeKind(
        "offer-proposed",
        Topic.CLAIMS,
        gettext_noop("%(unit)s proposes an activity here: “%(title)s”, %(when)s."),
        url="/offers/%(about)s/",
    ),
    NoticeKind(
        "offer-accepted",
        Topic.CLAIMS,
        gettext_noop(
            "%(community)s has accepted your activity “%(title)s”; members see it and claim it."
        ),
        stays=True,
        url="/unit/services/",
    ),
    NoticeKind(
        "offer-returned",
        Topic.CLAIMS,
        gettext_noop("%(community)s gives your activity “%(title)s” back: %(reason)s"),
        stays=True,
        url="/unit/services/",
    ),
    NoticeKind(
        "organiser-gone",
        Topic.CLAIMS,
        gettext_noop(
            "%(unit)s was dissolved; “%(title)s”, which it was to organise here, is yours now."
        ),
        url="/offers/%(about)s/",
    ),
)
