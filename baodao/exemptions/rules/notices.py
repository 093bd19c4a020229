"""What notices say about exemptions."""

from baodao.kernel.errors import gettext_noop
from baodao.notices.rules.catalogue import NoticeKind, Topic

NOTICES = (
    NoticeKind(
        "exemption-requested",
        Topic.REGISTRATION,
        gettext_noop("A request about %(name)s waits for your decision."),
        url="/exemptions/",
    ),
    NoticeKind(
        "exemption-approved",
        Topic.REGISTRATION,
        gettext_noop("Your unit has approved: %(reason)s."),
        url="/me/",
    ),
    NoticeKind(
        "exemption-refused",
        Topic.REGISTRATION,
        gettext_noop("Your unit has not approved: %(reason)s."),
        stays=True,
        url="/me/",
    ),
    NoticeKind(
        "exemption-revoked",
        Topic.REGISTRATION,
        gettext_noop("Your unit has revoked: %(reason)s."),
        stays=True,
        url="/me/",
    ),
)
