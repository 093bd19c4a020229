"""区域党委, 大党委, 联席会议: what a committee is, who is in it when, how a meeting and its minutes
stand, and how minutes are drafted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.lives import Code, Life, check_length

NAME, SPOT, OFFICE, ITEM, DECISION, MINUTES = 60, 100, 60, 200, 500, 8000
SHORTEST = 2
"""Characters of a decision at least, as 同意."""
MOST_ITEMS = 20
FURTHEST_BACK = timedelta(days=2 * 366)
"""How long ago a meeting may have been that is entered only now."""


class CommitteeKind(Code):
    """区域党委, 大党委, 联席会议."""

    REGIONAL = "regional", gettext_noop("Regional committee")
    GREAT = "great", gettext_noop("Great committee of a community")
    JOINT = "joint", gettext_noop("Joint conference")


class MeetingState(Code):
    """已通知, 已取消."""

    CALLED = "called", gettext_noop("Called")
    CANCELLED = "cancelled", gettext_noop("Cancelled")


MEETING = Life(
    "meeting",
    moves={MeetingState.CALLED: {MeetingState.CANCELLED}, MeetingState.CANCELLED: ()},
    refusals={
        MeetingState.CALLED: gettext_noop("This meeting is called already."),
        MeetingState.CANCELLED: gettext_noop("This meeting was cancelled."),
    },
)


@dataclass(frozen=True)
class MemberFacts:
    """Who is in a committee: an organisation of the tree, or one that is named, or a person; with
    an office and a term."""

    since: date
    organisation_id: int | None = None
    name: str = ""
    person: str = ""
    office: str = ""
    until: date | None = None


@dataclass(frozen=True)
class MeetingFacts:
    """When and where a committee meets, and about what: in words, open problems, needs."""

    starts_at: datetime
    spot: str
    words: tuple[str, ...] = ()
    problem_ids: tuple[object, ...] = ()
    need_ids: tuple[object, ...] = ()


def check_member(facts: MemberFacts) -> None:
    """Refuse a member who is nobody, or whose term ends before it begins."""
    if not (facts.organisation_id or facts.name.strip() or facts.person.strip()):
        raise Refused("committee.nobody", gettext_noop("Name an organisation or a person."))
    if facts.until is not None and facts.until < facts.since:
        raise Refused("committee.term", gettext_noop("A term ends after it begins."))


def check_ahead(starts_at: datetime, now: datetime) -> None:
    """Refuse to call a meeting together for a time that is over."""
    if starts_at <= now:
        message = gettext_noop(
            "Choose a time that is still to come. A meeting that took place already is entered "
            "from the page of its committee."
        )
        raise Refused("meeting.over", message)


def check_held(starts_at: datetime, now: datetime) -> None:
    """Refuse to enter a meeting that is still to come, or was too long ago."""
    if not now - FURTHEST_BACK < starts_at <= now:
        message = gettext_noop("Choose the day of the last two years on which it took place.")
        raise Refused("meeting.not-held", message)


def check_begun(starts_at: datetime, now: datetime) -> None:
    """Refuse to write down what comes of a meeting that is still to come."""
    if starts_at > now:
        raise Refused("meeting.ahead", gettext_noop("The meeting has not begun yet."))


def check_meeting(facts: MeetingFacts) -> None:
    """Refuse a meeting that is nowhere, or is about nothing or too much."""
    if not facts.spot.strip():
        raise Refused("meeting.spot", gettext_noop("Say where it is."))
    count = len(facts.words) + len(facts.problem_ids) + len(facts.need_ids)
    if not 0 < count <= MOST_ITEMS:
        raise Refused(
            "meeting.items",
            gettext_noop("Name from one to %(most)s items of business."),
            most=MOST_ITEMS,
        )


def check_words(words: str, most: int) -> str:
    """What is written, without outer spaces; refused where it says too little or is too long."""
    text = check_length(plain(words), most)
    if len(text) < SHORTEST:
        raise Refused(
            "committee.words",
            gettext_noop("Say it in at least %(least)s characters."),
            least=SHORTEST,
        )
    return text


def check_minutes_same(present: str, before: str, words: str) -> None:
    """Another's words, written since the page was opened, are not overwritten."""
    if present not in (plain(before), plain(words)):
        raise Refused(
            "minutes.overwritten",
            gettext_noop(
                "Somebody else changed the minutes meanwhile, and yours are not saved. Copy what "
                "you wrote, reload the page and put both together."
            ),
        )


def plain(words: str) -> str:
    """Words with the line ends of Unix and without outer spaces."""
    return words.replace("\r\n", "\n").strip()


@dataclass(frozen=True)
class ItemWords:
    """An item of business as minutes tell it: what, what was decided, and its tasks, each in
    words."""

    text: str
    decision: str
    tasks: Sequence[str]


_NUMBERS = "一二三四五六七八九十"


def numeral(number: int) -> str:
    """A number from 1 to 99 as items are counted in Chinese."""
    tens, ones = divmod(number, 10)
    head = ("" if tens == 1 else _NUMBERS[tens - 1]) + "十" if tens else ""
    return head + (_NUMBERS[ones - 1] if ones else "")


def minutes_text(came: Iterable[str], items: Sequence[ItemWords]) -> str:
    """The minutes as they are drafted, in Chinese as every paper: who came, then each item with
    its decision and tasks."""
    lines = [f"出席：{'、'.join(came) or '（未登记）'}"]
    for number, item in enumerate(items, 1):
        lines.append(f"{numeral(number)}、{item.text}")
        lines.append(f"会议决定：{item.decision or '（未作决定）'}")
        lines += [f"任务：{task}" for task in item.tasks]
    return "\n".join(lines)


@dataclass(frozen=True)
class MinutesChange:
    """A line that the facts say now and minutes do not, or one in minutes that no fact says any
    more."""

    line: str
    gone: bool


def changes_since(text: str, basis: str, present: str) -> list[MinutesChange]:
    """What attendance, decisions and tasks say otherwise (`present`) than when the minutes were
    written (`basis`), as far as their `text` does not say so itself: what was put in or taken out
    by hand is told no more."""
    before, now, written = (words.split("\n") for words in (basis, present, text))
    fresh = [MinutesChange(line, gone=False) for line in now if line not in before]
    old = [MinutesChange(line, gone=True) for line in before if line not in now]
    return [one for one in (*old, *fresh) if (one.line in written) == one.gone]


def task_words(text: str, owner: str, due_on: date) -> str:
    """A task as minutes tell it."""
    return f"{text}，由{owner}于{due_on.year}年{due_on.month}月{due_on.day}日前完成。"


STORIES: dict[str, str] = {
    "meeting.called": gettext_noop("Called"),
    "meeting.entered": gettext_noop("Entered after it took place"),
    "meeting.cancelled": gettext_noop("Cancelled"),
    "meeting.attended": gettext_noop("Written down who came"),
    "meeting.decided": gettext_noop("Decided: %(words)s"),
    "meeting.minutes-issued": gettext_noop("Minutes issued: %(number)s"),
}
"""What the journal's verbs say of a meeting."""
