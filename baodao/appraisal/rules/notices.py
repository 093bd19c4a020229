"""What notices say about feedback cards."""

from baodao.kernel.errors import gettext_noop, ngettext_noop
from baodao.notices.rules.catalogue import NoticeKind, Topic

NOTICES = (
    NoticeKind(
        "feedback-arrived",
        Topic.FEEDBACK,
        ngettext_noop(
            "%(community)s has sent %(count)s feedback card. Look at it and mark it as read.",
            "%(community)s has sent %(count)s feedback cards. Look at them and mark them as read.",
        ),
        url="/unit/feedback/",
    ),
    NoticeKind(
        "feedback-withdrawn",
        Topic.FEEDBACK,
        gettext_noop("%(community)s has withdrawn your feedback card %(number)s: %(reason)s"),
        url="/me/feedback/",
    ),
    NoticeKind(
        "feedback-taken-back",
        Topic.FEEDBACK,
        gettext_noop(
            "%(community)s has withdrawn the feedback card %(number)s of %(name)s: %(reason)s"
        ),
        url="/unit/feedback/?state=withdrawn",
    ),
    NoticeKind(
        "feedback-opined",
        Topic.FEEDBACK,
        gettext_noop("%(unit)s has given its opinion on the feedback card %(number)s of %(name)s."),
        url="/feedback/%(about)s/",
    ),
    NoticeKind(
        "feedback-opinion",
        Topic.FEEDBACK,
        gettext_noop("%(unit)s has given its opinion on your feedback card %(number)s."),
        url="/me/feedback/",
    ),
    NoticeKind(
        "feedback-objected",
        Topic.FEEDBACK,
        gettext_noop("%(name)s objects to the feedback card %(number)s; please answer."),
        url="/feedback/%(about)s/",
    ),
    NoticeKind(
        "feedback-answered",
        Topic.FEEDBACK,
        gettext_noop("%(community)s has answered your objection to the feedback card %(number)s."),
        url="/me/feedback/",
    ),
    NoticeKind(
        "feedback-signed",
        Topic.FEEDBACK,
        gettext_noop(
            "Your feedback card %(number)s of %(community)s is signed. Read it; if it is "
            "wrong, object."
        ),
        stays=True,
        url="/me/feedback/",
    ),
)
