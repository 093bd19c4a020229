"""What notices say when an organisation is reorganised; `target` is its new name, what it stands
below, or who takes over."""

from baodao.kernel.errors import gettext_noop
from baodao.notices.rules.catalogue import NoticeKind, Topic

NOTICES = (
    NoticeKind(
        "organisation-renamed",
        Topic.LIFE,
        gettext_noop("%(name)s is now called %(target)s: %(reason)s"),
        stays=True,
    ),
    NoticeKind(
        "organisation-moved",
        Topic.LIFE,
        gettext_noop("%(name)s now stands below %(target)s: %(reason)s"),
        stays=True,
    ),
    NoticeKind(
        "organisation-merged",
        Topic.LIFE,
        gettext_noop("%(name)s was merged into %(target)s: %(reason)s"),
        stays=True,
    ),
    NoticeKind(
        "organisation-split",
        Topic.LIFE,
        gettext_noop("%(name)s was split; %(target)s take over: %(reason)s"),
        stays=True,
    ),
    NoticeKind(
        "organisation-taken-over",
        Topic.LIFE,
        gettext_noop("Your branch now belongs to %(target)s; %(name)s is no more: %(reason)s"),
        stays=True,
    ),
    NoticeKind(
        "organisation-dissolved",
        Topic.LIFE,
        gettext_noop("%(name)s was dissolved: %(reason)s"),
        stays=True,
    ),
    NoticeKind(
        "organisation-restored",
        Topic.LIFE,
        gettext_noop(
            "The reorganisation of %(name)s that you were told of was undone; everything is as it "
            "was before."
        ),
        stays=True,
    ),
)
