"""What notices say about flags: to the community that is asked, and to whoever stands above it."""

from baodao.kernel.errors import gettext_noop
from baodao.notices.rules.catalogue import NoticeKind, Topic

NOTICES = (
    NoticeKind(
        "flag-asked",
        Topic.RECORDS,
        gettext_noop("Please explain the service record of %(on)s, or put it right: %(reason)s"),
        url="/flags/asked/",
    ),
    NoticeKind(
        "flag-explained",
        Topic.RECORDS,
        gettext_noop(
            "%(community)s has explained the service record of %(on)s. Please decide: %(reason)s"
        ),
        url="/flags/%(about)s/",
    ),
)
