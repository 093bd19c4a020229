"""The kinds of notices that slices register: what each says, on which topic, what may end it."""

from collections.abc import Collection
from dataclasses import dataclass

from baodao.kernel.errors import Message, gettext_noop
from baodao.kernel.lives import Code


class Topic(Code):
    """What notices are about, as people turn them off."""

    REGISTRATION = "registration", gettext_noop("Registration")
    TOGETHER = "together", gettext_noop("Units and communities together")
    CLAIMS = "claims", gettext_noop("Claims and activities")
    RECORDS = "records", gettext_noop("Service records")
    NEEDS = "needs", gettext_noop("Needs")
    FEEDBACK = "feedback", gettext_noop("Feedback")
    LIFE = "life", gettext_noop("Organisational life")
    BIRTHDAYS = "birthdays", gettext_noop("The two birthdays")
    ACCOUNT = "account", gettext_noop("My account")


@dataclass(frozen=True)
class NoticeKind:
    """One kind of notice: its name, its topic, and its sentence as a message id with places, or one
    for one and one for many.

    It leads to `url`, the page where what it says is seen or done; `%(about)s` in it is the row it
    is about. A message may have a page of its own.

    A `reminder` asks for something: quiet hours, the weekly limit and every switch hold for it.
    One that `stays` tells of a decision about somebody: it is shown whatever was turned off.
    An `urgent` one tells of danger: it leaves for outside at once, in quiet hours too.
    """

    name: str
    topic: Topic
    sentence: Message
    url: str = ""
    stays: bool = False
    reminder: bool = False
    urgent: bool = False


KINDS: dict[str, NoticeKind] = {}
"""Every kind by its name, as the slices have registered them."""


def register_kinds(*kinds: NoticeKind) -> None:
    """Add a slice's kinds of notices. Raises `ValueError` for a name that is there already."""
    for kind in kinds:
        if kind.name in KINDS:
            raise ValueError(f"two kinds of notices are called {kind.name}")
        KINDS[kind.name] = kind


def reminder_kinds() -> list[str]:
    """The kinds that ask for something: quiet hours, the weekly limit and "no reminders" hold for
    them."""
    return [name for name, kind in KINDS.items() if kind.reminder]


def topics_in_use() -> list[Topic]:
    """The topics on which something can be said at all, in their order."""
    spoken = {kind.topic for kind in KINDS.values()}
    return [topic for topic in Topic if topic in spoken]


def kinds_of(topic: str) -> list[str]:
    """The kinds of one topic."""
    return [name for name, kind in KINDS.items() if kind.topic == topic]


def hidden_kinds(off: Collection[str]) -> list[str]:
    """The kinds that are not shown to who turned these topics off."""
    return [name for name, kind in KINDS.items() if kind.topic in off and not kind.stays]


PASSWORD_RESET = NoticeKind(
    "password-reset",
    Topic.ACCOUNT,
    gettext_noop(
        "%(name)s reset your password. If you did not ask for it, tell the security administrator."
    ),
    stays=True,
    url="/account/",
)
OPERATOR = gettext_noop("The operator of this site")
ACCUSED = NoticeKind(
    "complaint-received",
    Topic.FEEDBACK,
    gettext_noop("A complaint about %(place)s waits for your answer."),
    stays=True,
    url="/complaints/%(about)s/",
)
OWN_KINDS = (PASSWORD_RESET, ACCUSED)
"""What this slice tells itself: of accounts, which lie below it, and of complaints."""
