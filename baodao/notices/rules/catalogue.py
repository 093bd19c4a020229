"""The catalogue of notices: what each kind says, on which topic, and what may end it."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from baodao.kernel.errors import gettext_noop
from baodao.notices.rules.kinds import claims, feedback, life, needs, records, registration


class Topic(StrEnum):
    """What notices are about, as people turn them off."""

    REGISTRATION = "registration"
    CLAIMS = "claims"
    RECORDS = "records"
    NEEDS = "needs"
    FEEDBACK = "feedback"
    LIFE = "life"


TOPIC_NAMES = {
    Topic.REGISTRATION: gettext_noop("Registration"),
    Topic.CLAIMS: gettext_noop("Claims and activities"),
    Topic.RECORDS: gettext_noop("Service records"),
    Topic.NEEDS: gettext_noop("Needs"),
    Topic.FEEDBACK: gettext_noop("Feedback"),
    Topic.LIFE: gettext_noop("Organisational life"),
}

_MODULES = {
    Topic.REGISTRATION: registration,
    Topic.CLAIMS: claims,
    Topic.RECORDS: records,
    Topic.NEEDS: needs,
    Topic.FEEDBACK: feedback,
    Topic.LIFE: life,
}


@dataclass(frozen=True)
class NoticeKind:
    """One kind of notice.

    A `reminder` asks for something: quiet hours, the weekly limit and every switch hold for it.
    One that `stays` tells of a decision about somebody: it is shown whatever was turned off.
    """

    sentence: str
    topic: Topic
    reminder: bool = False
    stays: bool = False


KINDS: dict[str, NoticeKind] = {
    name: NoticeKind(sentence, topic, reminder=said is module.ASKS, stays=said is module.STAYS)
    for topic, module in _MODULES.items()
    for said in (module.TELLS, module.STAYS, module.ASKS)
    for name, sentence in said.items()
}
SENTENCES: dict[str, str] = {name: kind.sentence for name, kind in KINDS.items()}
REMINDERS: tuple[str, ...] = tuple(name for name, kind in KINDS.items() if kind.reminder)
"""These ask for something: quiet hours, the weekly limit and "no reminders" hold for them."""


def topics_in_use() -> list[Topic]:
    """The topics on which something can be said at all, in their order."""
    said = {kind.topic for kind in KINDS.values()}
    return [topic for topic in Topic if topic in said]


def kinds_of(topic: str) -> list[str]:
    """The kinds of one topic."""
    return [name for name, kind in KINDS.items() if kind.topic == topic]


def hidden_kinds(off: Collection[str]) -> list[str]:
    """The kinds that are not shown to who turned these topics off."""
    return [name for name, kind in KINDS.items() if kind.topic in off and not kind.stays]
