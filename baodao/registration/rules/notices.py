"""What notices say about letters and registrations."""

from baodao.kernel.errors import gettext_noop, ngettext_noop
from baodao.notices.rules.catalogue import NoticeKind, Topic

NOTICES = (
    NoticeKind(
        "letter-issued",
        Topic.REGISTRATION,
        gettext_noop(
            "Your letter of introduction %(number)s is ready. Present it to %(community)s."
        ),
        url="/me/letter/",
    ),
    NoticeKind(
        "registration-accepted",
        Topic.REGISTRATION,
        gettext_noop("%(community)s has received you; receipt %(number)s."),
        url="/me/today/",
    ),
    NoticeKind(
        "registration-placed",
        Topic.REGISTRATION,
        gettext_noop("%(community)s has placed you: %(place)s."),
        url="/me/today/",
    ),
    NoticeKind(
        "registration-unplaced",
        Topic.REGISTRATION,
        gettext_noop("%(community)s has taken back where it placed you: no grid and no team yet."),
        url="/me/today/",
    ),
    NoticeKind(
        "registration-papers-renewed",
        Topic.REGISTRATION,
        gettext_noop(
            "%(community)s has issued your receipt and card anew as %(number)s; %(former)s is "
            "replaced."
        ),
        url="/me/",
    ),
    NoticeKind(
        "registration-transferred",
        Topic.REGISTRATION,
        gettext_noop("Your letter %(number)s now waits for %(community)s."),
        url="/me/letter/",
    ),
    NoticeKind(
        "receipts-arrived",
        Topic.REGISTRATION,
        ngettext_noop(
            "%(community)s has received %(count)s member; the receipt is here.",
            "%(community)s has received %(count)s members; their receipts are here.",
        ),
        url="/receipts/",
    ),
    NoticeKind(
        "member-ended",
        Topic.REGISTRATION,
        gettext_noop("The registration of %(name)s in %(community)s has ended."),
        url="/members/",
    ),
    NoticeKind(
        "member-resumed",
        Topic.REGISTRATION,
        gettext_noop(
            "%(unit)s has taken back that %(name)s is gone: what ended in %(community)s stands "
            "again."
        ),
        url="/members/",
    ),
    NoticeKind(
        "member-withdrawn",
        Topic.REGISTRATION,
        gettext_noop("%(unit)s has withdrawn the letter of %(name)s."),
        url="/desk/",
    ),
    NoticeKind(
        "member-letter-withdrawn",
        Topic.REGISTRATION,
        gettext_noop("The letter %(number)s of %(name)s was withdrawn: %(reason)s"),
        url="/letters/",
    ),
    NoticeKind(
        "member-left",
        Topic.REGISTRATION,
        gettext_noop("%(name)s has moved to another community."),
        url="/members/",
    ),
    NoticeKind(
        "group-presented",
        Topic.REGISTRATION,
        ngettext_noop(
            "%(unit)s presents %(count)s member.",
            "%(unit)s presents %(count)s members together.",
        ),
        url="/desk/",
    ),
    NoticeKind(
        "registration-returned",
        Topic.REGISTRATION,
        gettext_noop(
            "%(community)s has returned your letter: %(reason)s Put it right and present it again."
        ),
        stays=True,
        url="/me/letter/",
    ),
    NoticeKind(
        "registration-ended",
        Topic.REGISTRATION,
        gettext_noop("Your registration in %(community)s has ended."),
        stays=True,
        url="/me/today/",
    ),
    NoticeKind(
        "registration-resumed",
        Topic.REGISTRATION,
        gettext_noop(
            "Your unit has taken back that you are gone: letter %(number)s to %(community)s and "
            "what followed stand again."
        ),
        stays=True,
        url="/me/today/",
    ),
    NoticeKind(
        "community-succeeded",
        Topic.REGISTRATION,
        gettext_noop("%(target)s takes over from %(community)s; your registration goes on there."),
        stays=True,
        url="/me/today/",
    ),
    NoticeKind(
        "registration-withdrawn",
        Topic.REGISTRATION,
        gettext_noop("Your letter %(number)s was withdrawn: %(reason)s"),
        stays=True,
        url="/me/today/",
    ),
    NoticeKind(
        "member-returned",
        Topic.REGISTRATION,
        gettext_noop("%(community)s has returned %(name)s: %(reason)s"),
        stays=True,
        url="/letters/?state=returned",
    ),
)
