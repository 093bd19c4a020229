"""What notices say of a member on the way from one unit to another."""

from baodao.kernel.errors import gettext_noop
from baodao.notices.rules.catalogue import NoticeKind, Topic

NOTICES = (
    NoticeKind(
        "transfer-proposed",
        Topic.LIFE,
        gettext_noop("%(giving)s lets %(name)s go to you. Take them in, or say why not."),
        stays=True,
    ),
    NoticeKind(
        "transfer-accepted",
        Topic.LIFE,
        gettext_noop("%(receiving)s has taken %(name)s in, who belongs to you no longer."),
        stays=True,
    ),
    NoticeKind(
        "transfer-declined",
        Topic.LIFE,
        gettext_noop("%(receiving)s does not take %(name)s in, who stays with you: %(reason)s"),
        stays=True,
    ),
    NoticeKind(
        "transfer-withdrawn",
        Topic.LIFE,
        gettext_noop("%(name)s stays with %(giving)s: the transfer to you was taken back."),
        stays=True,
    ),
    NoticeKind(
        "transfer-lapsed",
        Topic.LIFE,
        gettext_noop(
            "The transfer of %(name)s from %(giving)s to %(receiving)s was not answered in time; "
            "they stay where they are."
        ),
        stays=True,
    ),
    NoticeKind(
        "transferred",
        Topic.LIFE,
        gettext_noop("You belong to %(receiving)s now, which has taken you in from %(giving)s."),
        stays=True,
        url="/me/",
    ),
)
