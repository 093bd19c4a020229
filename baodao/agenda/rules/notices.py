"""What notices say about what is ahead."""

from baodao.kernel.errors import gettext_noop, ngettext_noop
from baodao.notices.rules.catalogue import NoticeKind, Topic

NOTICES = (
    NoticeKind(
        "activity-tomorrow",
        Topic.CLAIMS,
        gettext_noop("Tomorrow: “%(title)s”, %(when)s, %(place)s."),
        reminder=True,
        url="/me/claims/",
    ),
    NoticeKind(
        "offer-fits-you",
        Topic.CLAIMS,
        gettext_noop(
            "%(community)s is looking for people for “%(title)s” and thinks of you. If it suits "
            "you, open it and claim it; you need not answer."
        ),
        reminder=True,
    ),
    NoticeKind(
        "offer-untaken",
        Topic.CLAIMS,
        ngettext_noop(
            "Nobody has taken on “%(title)s” in %(community)s for %(days)s day. Please look "
            "whether your unit can, with one of its members or several together.",
            "Nobody has taken on “%(title)s” in %(community)s for %(days)s days. Please look "
            "whether your unit can, with one of its members or several together.",
        ),
        url="/unit/services/%(about)s/",
    ),
    NoticeKind(
        "offer-words",
        Topic.CLAIMS,
        gettext_noop("About “%(title)s”, %(community)s writes: %(reason)s"),
        reminder=True,
    ),
)
