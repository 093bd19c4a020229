"""What notices say about the lists and what is claimed of them."""

from baodao.kernel.errors import gettext_noop
from baodao.notices.rules.catalogue import NoticeKind, Topic

CLAIMS = "/resources/claims/"

NOTICES = (
    NoticeKind(
        "resource-published",
        Topic.TOGETHER,
        gettext_noop("%(unit)s has put “%(title)s” on its list of resources."),
        url="/resources/%(about)s/",
    ),
    NoticeKind(
        "need-on-list",
        Topic.TOGETHER,
        gettext_noop("%(community)s has put a need on its list, for which it wants units."),
        url="/resources/needs/",
    ),
    NoticeKind(
        "project-proposed",
        Topic.TOGETHER,
        gettext_noop("%(name)s proposes the project “%(title)s” for %(year)s."),
        url="/resources/projects/%(about)s/",
    ),
    NoticeKind(
        "list-claimed",
        Topic.TOGETHER,
        gettext_noop("%(name)s claims “%(title)s”%(when)s; please answer."),
        url=CLAIMS,
    ),
    NoticeKind(
        "list-other-time",
        Topic.TOGETHER,
        gettext_noop("%(name)s proposes another time for “%(title)s”%(when)s; please answer."),
        url=CLAIMS,
    ),
    NoticeKind(
        "list-agreed",
        Topic.TOGETHER,
        gettext_noop("%(name)s agrees: “%(title)s”%(when)s."),
        url=CLAIMS,
    ),
    NoticeKind(
        "list-declined",
        Topic.TOGETHER,
        gettext_noop("%(name)s cannot agree to “%(title)s”: %(reason)s"),
        url=CLAIMS,
        stays=True,
    ),
    NoticeKind(
        "list-withdrawn",
        Topic.TOGETHER,
        gettext_noop("“%(title)s”%(when)s is taken back by %(name)s: %(reason)s"),
        url=CLAIMS,
        stays=True,
    ),
    NoticeKind(
        "list-ended",
        Topic.TOGETHER,
        gettext_noop("“%(title)s”, claimed with %(name)s, has ended: %(reason)s"),
        url=CLAIMS,
        stays=True,
    ),
)
