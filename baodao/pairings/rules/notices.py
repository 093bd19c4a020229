"""What notices say about pairings: never who is helped."""

from baodao.kernel.errors import gettext_noop
from baodao.notices.rules.catalogue import NoticeKind, Topic

NOTICES = (
    NoticeKind(
        "claim-visit-due",
        Topic.CLAIMS,
        gettext_noop("“%(title)s”: the next visit is due on %(day)s."),
        reminder=True,
    ),
    NoticeKind(
        "claim-visit-overdue",
        Topic.CLAIMS,
        gettext_noop(
            "“%(title)s”: a visit was due on %(day)s. If you went, write it down; if you cannot "
            "go on, ask to leave."
        ),
        reminder=True,
    ),
    NoticeKind(
        "claim-passed-on",
        Topic.CLAIMS,
        gettext_noop(
            "%(community)s hands “%(title)s” over to somebody else: %(reason)s. Thank you for what "
            "you did."
        ),
        stays=True,
    ),
)
