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
GIVEN_BACK = NoticeKind(
    "callup-place-free",
    Topic.CLAIMS,
    gettext_noop(
        "%(name)s gives up the place in “%(title)s”, %(when)s. See who else can come then."
    ),
    stays=True,
    urgent=True,
    url="/callups/posts/%(about)s/",
)
STAND_DOWN = NoticeKind(
    "callup-over",
    Topic.CLAIMS,
    gettext_noop("%(caller)s stands down “%(title)s”: %(reason)s. Thank you."),
    stays=True,
    urgent=True,
    url="/me/callups/%(about)s/",
)
NOTICES = (CALL, PLACING, GIVEN_BACK, STAND_DOWN)
