"""What notices say about call-ups. They ask for help in danger, so they are shown at once, also at
night, whatever was turned off."""

from baodao.kernel.errors import gettext_noop
from baodao.notices.rules.catalogue import NoticeKind, Topic

CALL = NoticeKind(
    "callup",
    Topic.CLAIMS,
    gettext_noop(
        "Emergency call-up of %(caller)s: %(title)s. From %(when)s, %(spot)s: %(task)s. Please say "
        "whether you can come."
    ),
    stays=True,
    urgent=True,
    url="/me/callups/%(about)s/",
)
PLACING = NoticeKind(
    "callup-place",
    Topic.CLAIMS,
    gettext_noop("You are expected for “%(title)s”: %(when)s, %(spot)s."),
    stays=True,
    urgent=True,
    url="/me/claims/",
)
STAND_DOWN = NoticeKind(
    "callup-over",
    Topic.CLAIMS,
    gettext_noop("%(caller)s stands down “%(title)s”: %(reason)s. Thank you."),
    stays=True,
    urgent=True,
    url="/me/callups/%(about)s/",
)
NOTICES = (CALL, PLACING, STAND_DOWN)
