"""What notices say about appointments: what and when, never who."""

from baodao.kernel.errors import gettext_noop
from baodao.notices.rules.catalogue import NoticeKind, Topic

OWN = "/me/appointments/"

NOTICES = (
    NoticeKind(
        "appointment-booked",
        Topic.NEEDS,
        gettext_noop("“%(title)s”, %(when)s: an appointment waits. Please confirm it."),
        url="/appointments/%(about)s/",
    ),
    NoticeKind(
        "appointment-cancelled",
        Topic.NEEDS,
        gettext_noop("“%(title)s”, %(when)s: this appointment was cancelled."),
        url="/appointments/%(about)s/",
    ),
)
