"""What notices say about requests: to who is asked, and to who asked."""

from baodao.kernel.errors import gettext_noop
from baodao.notices.rules.catalogue import NoticeKind, Topic

NOTICES = (
    NoticeKind(
        "request-sent",
        Topic.FEEDBACK,
        gettext_noop("%(sender)s asks for “%(title)s”. Please answer by %(due_on)s."),
        stays=True,
        url="/requests/lines/%(about)s/answer/",
    ),
    NoticeKind(
        "request-extended",
        Topic.FEEDBACK,
        gettext_noop("%(sender)s gives more time for “%(title)s”. Please answer by %(due_on)s."),
        stays=True,
        url="/requests/lines/%(about)s/answer/",
    ),
    NoticeKind(
        "request-due",
        Topic.FEEDBACK,
        gettext_noop("“%(title)s” of %(sender)s is not answered yet. Please answer by %(due_on)s."),
        reminder=True,
        url="/requests/lines/%(about)s/answer/",
    ),
    NoticeKind(
        "request-withdrawn",
        Topic.FEEDBACK,
        gettext_noop("%(sender)s has withdrawn “%(title)s”; you need not answer."),
        stays=True,
        url="/requests/",
    ),
    NoticeKind(
        "request-answered",
        Topic.FEEDBACK,
        gettext_noop("%(unit)s has answered “%(title)s” (%(number)s). Please acknowledge it."),
        url="/requests/",
    ),
)
