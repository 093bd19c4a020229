"""What notices say about the effects of activities."""

from baodao.kernel.errors import gettext_noop, ngettext_noop
from baodao.notices.rules.catalogue import NoticeKind, Topic

NOTICES = (
    NoticeKind(
        "effects-graded",
        Topic.TOGETHER,
        ngettext_noop(
            "%(community)s has graded the effect of %(count)s activity in which your members "
            "served.",
            "%(community)s has graded the effect of %(count)s activities in which your members "
            "served.",
        ),
        url="/unit/services/effects/",
    ),
    NoticeKind(
        "effect-changed",
        Topic.TOGETHER,
        gettext_noop("%(community)s has changed the effect of “%(title)s”: %(reason)s"),
        url="/unit/services/effects/",
    ),
)
