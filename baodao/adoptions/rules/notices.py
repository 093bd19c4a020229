"""What notices say about adopted policies."""

from baodao.kernel.errors import gettext_noop, ngettext_noop
from baodao.notices.rules.catalogue import NoticeKind, Topic

NOTICES = (
    NoticeKind(
        "policy-adopted",
        Topic.FEEDBACK,
        gettext_noop("%(place)s has adopted the policy “%(what)s”; it holds from %(on)s."),
        url="/adoptions/%(about)s/",
    ),
    NoticeKind(
        "policy-adoption-ended",
        Topic.FEEDBACK,
        gettext_noop("The policy “%(what)s” of %(place)s ends with %(on)s."),
        url="/adoptions/%(about)s/",
    ),
    NoticeKind(
        "policy-adoption-withdrawn",
        Topic.FEEDBACK,
        gettext_noop("%(place)s has withdrawn the policy “%(what)s”; nothing follows from it."),
        url="/adoptions/",
    ),
    NoticeKind(
        "policy-later-results",
        Topic.FEEDBACK,
        ngettext_noop(
            "“%(what)s”: records of a settled time were added or put right since. The results "
            "stay as they are; what would be said now of %(count)s member stands beside them.",
            "“%(what)s”: records of a settled time were added or put right since. The results "
            "stay as they are; what would be said now of %(count)s members stands beside them.",
        ),
        url="/adoptions/%(about)s/?later=yes",
    ),
    NoticeKind(
        "policy-later-result",
        Topic.RECORDS,
        gettext_noop(
            "“%(what)s”: records of yours of a settled time were added or put right since. The "
            "result stays; what would be said now stands beside it."
        ),
        url="/me/policy/",
    ),
    NoticeKind(
        "policy-window-ends",
        Topic.RECORDS,
        gettext_noop(
            "“%(what)s”: something is still to be done by %(on)s. See what is missing and what "
            "would count."
        ),
        url="/me/policy/",
        reminder=True,
    ),
)
