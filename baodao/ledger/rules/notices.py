"""What notices say when a record is put right."""

from baodao.kernel.errors import gettext_noop
from baodao.notices.rules.catalogue import NoticeKind, Topic

NOTICES = (
    NoticeKind(
        "record-reversed",
        Topic.RECORDS,
        gettext_noop("%(community)s has reversed the record of your service of %(on)s: %(reason)s"),
        stays=True,
        url="/me/services/",
    ),
    NoticeKind(
        "record-corrected",
        Topic.RECORDS,
        gettext_noop(
            "%(community)s has corrected the record of your service, now of %(on)s, "
            "%(minutes)s: %(reason)s"
        ),
        stays=True,
        url="/me/services/",
    ),
)
