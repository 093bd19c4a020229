"""What notices say about reports: to who receives them, and to the unit that wrote them."""

from baodao.kernel.errors import gettext_noop
from baodao.notices.rules.catalogue import NoticeKind, Topic

NOTICES = (
    NoticeKind(
        "report-submitted",
        Topic.FEEDBACK,
        gettext_noop("%(unit)s has submitted its report %(number)s. Please acknowledge it."),
        url="/reports/received/",
    ),
    NoticeKind(
        "report-returned",
        Topic.FEEDBACK,
        gettext_noop(
            "%(receiver)s has returned the report %(number)s. Please draw up a new version: "
            "%(reason)s"
        ),
        stays=True,
        url="/reports/%(about)s/",
    ),
    NoticeKind(
        "answer-returned",
        Topic.FEEDBACK,
        gettext_noop(
            "%(receiver)s has returned the report %(number)s. Please draw up a new version: "
            "%(reason)s"
        ),
        stays=True,
        url="/reports/%(about)s/",
    ),
    NoticeKind(
        "report-acknowledged",
        Topic.FEEDBACK,
        gettext_noop("%(receiver)s has acknowledged the report %(number)s."),
        url="/reports/%(about)s/",
    ),
    NoticeKind(
        "report-acknowledgement-undone",
        Topic.FEEDBACK,
        gettext_noop(
            "%(receiver)s has taken back that it acknowledged the report %(number)s; it waits "
            "there."
        ),
        url="/reports/%(about)s/",
    ),
)
