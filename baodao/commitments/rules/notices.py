"""What notices say about commitments."""

from baodao.kernel.errors import gettext_noop
from baodao.notices.rules.catalogue import NoticeKind, Topic

NOTICES = (
    NoticeKind(
        "claim-commitment-invitation",
        Topic.CLAIMS,
        gettext_noop(
            "A new year: if you like, say what you want to do in %(community)s in %(year)s. What "
            "you took on is ticked already, and nobody has to."
        ),
        url="/me/commitment/edit/",
        reminder=True,
    ),
)
