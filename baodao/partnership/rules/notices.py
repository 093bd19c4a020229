"""What notices say about the contact forms of units."""

from baodao.kernel.errors import gettext_noop
from baodao.notices.rules.catalogue import NoticeKind, Topic

NOTICES = (
    NoticeKind(
        "unit-presented",
        Topic.REGISTRATION,
        gettext_noop("%(unit)s has presented its contact form."),
        url="/units/?state=submitted",
    ),
    NoticeKind(
        "unit-accepted",
        Topic.REGISTRATION,
        gettext_noop("%(community)s has accepted your unit's contact form."),
        url="/unit-registration/",
    ),
    NoticeKind(
        "unit-returned",
        Topic.REGISTRATION,
        gettext_noop("%(community)s has returned your unit's contact form: %(reason)s"),
        stays=True,
        url="/unit-registration/",
    ),
    NoticeKind(
        "unit-ended",
        Topic.REGISTRATION,
        gettext_noop("%(unit)s has ended its contact with %(community)s: %(reason)s"),
        stays=True,
        url="/units/",
    ),
    NoticeKind(
        "partner-succeeded",
        Topic.REGISTRATION,
        gettext_noop("%(name)s was taken over by another organisation: %(reason)s"),
        stays=True,
    ),
    NoticeKind(
        "partner-closed",
        Topic.REGISTRATION,
        gettext_noop("%(name)s was dissolved: %(reason)s"),
        stays=True,
    ),
)
