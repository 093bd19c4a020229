"""What notices say of rounds of honours."""

from baodao.kernel.errors import gettext_noop
from baodao.notices.rules.catalogue import NoticeKind, Topic

NOTICES = (
    NoticeKind(
        "honour-vote",
        Topic.FEEDBACK,
        gettext_noop("%(place)s asks for your vote on “%(title)s” until %(day)s."),
        url="/honours/list/",
    ),
    NoticeKind(
        "honour-published",
        Topic.FEEDBACK,
        gettext_noop(
            "A word on you in “%(title)s” was signed, and the list is in publicity until %(day)s. "
            "Read the reasons; you may object until then."
        ),
        url="/me/honours/",
        stays=True,
    ),
    NoticeKind(
        "honour-objection",
        Topic.FEEDBACK,
        gettext_noop("An objection to “%(title)s” waits for an answer until %(day)s."),
        url="/honours/objections/%(about)s/",
        stays=True,
    ),
    NoticeKind(
        "honour-answer",
        Topic.FEEDBACK,
        gettext_noop("Your objection to “%(title)s” was answered: %(words)s"),
        url="/honours/list/%(about)s/",
        stays=True,
    ),
    NoticeKind(
        "honour-changed",
        Topic.FEEDBACK,
        gettext_noop("The word on you in “%(title)s” is another now: %(verdict)s."),
        url="/me/honours/",
        stays=True,
    ),
    NoticeKind(
        "honour-final",
        Topic.FEEDBACK,
        gettext_noop("“%(title)s” is final; you stand on the list."),
        url="/me/honours/",
        stays=True,
    ),
    NoticeKind(
        "honour-withdrawn",
        Topic.FEEDBACK,
        gettext_noop("“%(title)s” was withdrawn: %(reason)s"),
        url="/me/honours/",
        stays=True,
    ),
)
