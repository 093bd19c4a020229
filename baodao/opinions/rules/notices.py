"""What notices say when opinions are asked, and what became of them."""

from baodao.kernel.errors import gettext_noop
from baodao.notices.rules.catalogue import NoticeKind, Topic

NOTICES = (
    NoticeKind(
        "opinion-asked",
        Topic.FEEDBACK,
        gettext_noop(
            "%(asker)s asks for your opinion, five ticks until %(day)s. It takes two minutes."
        ),
    ),
    NoticeKind(
        "opinion-reply",
        Topic.FEEDBACK,
        gettext_noop("%(asker)s has answered your opinion. Say whether it is settled."),
    ),
    NoticeKind(
        "opinion-unsettled",
        Topic.FEEDBACK,
        gettext_noop("%(name)s says that it is not settled: %(words)s"),
        url="/opinions/%(about)s/",
    ),
)
