"""What notices say about agreements."""

from baodao.kernel.errors import gettext_noop
from baodao.notices.rules.catalogue import NoticeKind, Topic

ONE = "/agreements/%(about)s/"

NOTICES = (
    NoticeKind(
        "agreement-open",
        Topic.TOGETHER,
        gettext_noop(
            "%(name)s has written in the agreement of %(year)s; please look at what is open."
        ),
        url=ONE,
    ),
    NoticeKind(
        "agreement-unsigned",
        Topic.TOGETHER,
        gettext_noop(
            "%(name)s has changed the agreement of %(year)s, which was signed before: both sides "
            "sign it anew."
        ),
        url=ONE,
    ),
    NoticeKind(
        "agreement-half-signed",
        Topic.TOGETHER,
        gettext_noop(
            "%(name)s has signed the agreement of %(year)s; please read it and sign for your side."
        ),
        url=ONE,
    ),
    NoticeKind(
        "agreement-kept-stated",
        Topic.TOGETHER,
        gettext_noop(
            "%(name)s says that “%(title)s” of the agreement of %(year)s was kept: %(reason)s. "
            "Please confirm it, or say why not."
        ),
        url=ONE,
    ),
    NoticeKind(
        "agreement-kept-declined",
        Topic.TOGETHER,
        gettext_noop(
            "%(name)s does not see “%(title)s” of the agreement of %(year)s as kept yet: %(reason)s"
        ),
        url=ONE,
    ),
    NoticeKind(
        "agreement-signed",
        Topic.TOGETHER,
        gettext_noop("The agreement of %(year)s with %(name)s is signed by both sides."),
        stays=True,
        url=ONE,
    ),
    NoticeKind(
        "agreement-ended",
        Topic.TOGETHER,
        gettext_noop("The agreement of %(year)s with %(name)s has ended: %(reason)s"),
        stays=True,
        url=ONE,
    ),
)
