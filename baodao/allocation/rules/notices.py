"""What notices say about invitations of balanced allocation."""

from baodao.kernel.errors import gettext_noop
from baodao.notices.rules.catalogue import NoticeKind, Topic

INVITATION = "/allocations/invitations/%(about)s/"

NOTICES = (
    NoticeKind(
        "allocation-unit-invited",
        Topic.REGISTRATION,
        gettext_noop(
            "%(authority)s suggests that your unit reports to %(community)s, where help is needed. "
            "Agree or decline; nothing changes without your word."
        ),
        stays=True,
        url=INVITATION,
    ),
    NoticeKind(
        "allocation-member-invited",
        Topic.REGISTRATION,
        gettext_noop(
            "%(authority)s suggests that you serve in %(community)s, where help is needed. Agree "
            "or decline; nothing changes without your word."
        ),
        stays=True,
        url=INVITATION,
    ),
    NoticeKind(
        "allocation-letter-due",
        Topic.REGISTRATION,
        gettext_noop("%(name)s agrees to serve in %(community)s and waits for the letter there."),
        stays=True,
        url="/allocations/invitations/",
    ),
    NoticeKind(
        "allocation-declined",
        Topic.REGISTRATION,
        gettext_noop("%(name)s declines to serve in %(community)s: %(reason)s"),
        url="/allocations/",
    ),
    NoticeKind(
        "allocation-ended",
        Topic.REGISTRATION,
        gettext_noop("The invitation to serve in %(community)s is no longer valid: %(reason)s"),
        stays=True,
    ),
)
