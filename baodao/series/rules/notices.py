"""What notices say about series."""

from baodao.kernel.errors import gettext_noop
from baodao.notices.rules.catalogue import NoticeKind, Topic

NOTICES = (
    NoticeKind(
        "claim-series-changed",
        Topic.CLAIMS,
        gettext_noop(
            "%(community)s has changed the series “%(title)s”. Look at the dates you claimed."
        ),
    ),
    NoticeKind(
        "series-question",
        Topic.CLAIMS,
        gettext_noop(
            "“%(title)s” falls on %(day)s (%(why)s). Please say whether it takes place that day."
        ),
        url="/offers/series/%(about)s/",
    ),
)
