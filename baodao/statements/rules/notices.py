"""What notices say about services entered and stated, disputes and record sheets."""

from baodao.kernel.errors import gettext_noop
from baodao.notices.rules.catalogue import NoticeKind, Topic

NOTICES = (
    NoticeKind(
        "record-entered",
        Topic.RECORDS,
        gettext_noop("%(community)s has recorded your service of %(on)s: %(minutes)s."),
        url="/me/services/",
    ),
    NoticeKind(
        "statement-confirmed",
        Topic.RECORDS,
        gettext_noop("%(community)s has confirmed what you stated for %(on)s: %(minutes)s."),
        url="/me/services/",
    ),
    NoticeKind(
        "record-disputed",
        Topic.RECORDS,
        gettext_noop("%(name)s objects to the record of %(on)s. Please answer by %(due)s."),
        url="/records/disputes/",
    ),
    NoticeKind(
        "record-sheet-issued",
        Topic.RECORDS,
        gettext_noop("%(community)s has issued your record sheet %(number)s."),
        url="/me/services/",
    ),
    NoticeKind(
        "statement-returned",
        Topic.RECORDS,
        gettext_noop(
            "%(community)s has returned what you stated for %(on)s: %(reason)s You can "
            "correct it and send it again."
        ),
        stays=True,
        url="/me/services/",
    ),
    NoticeKind(
        "dispute-answered",
        Topic.RECORDS,
        gettext_noop("%(community)s has answered your objection: %(outcome)s. %(reason)s"),
        stays=True,
        url="/me/services/",
    ),
)
