"""What reminders say."""

from baodao.kernel.errors import gettext_noop
from baodao.notices.rules.catalogue import NoticeKind, Topic

NOTICES = (
    NoticeKind(
        "reminder-present",
        Topic.REGISTRATION,
        gettext_noop(
            "Your letter of introduction %(number)s is waiting. Present it to %(community)s."
        ),
        reminder=True,
        url="/me/letter/",
    ),
    NoticeKind(
        "reminder-returned",
        Topic.REGISTRATION,
        gettext_noop(
            "%(community)s returned your letter %(number)s. Put it right and present it again."
        ),
        reminder=True,
        url="/me/letter/",
    ),
)
