"""What a call-up says, at which stage it is, and what a member may answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.lives import Code

LONGEST_AHEAD = timedelta(days=30)
"""What begins later is no emergency: it is offered as an activity."""
LATE = timedelta(hours=1)
"""What begins at once may be typed and sent this much later."""


class CallStage(Code):
    """How far a call-up is."""

    DRAFT = "draft", gettext_noop("Prepared")
    SENDING = "sending", gettext_noop("Being sent")
    OPEN = "open", gettext_noop("Going on")
    OVER = "over", gettext_noop("Stood down")
    DROPPED = "dropped", gettext_noop("Laid aside")


NOT_OVER = (CallStage.DRAFT, CallStage.SENDING, CallStage.OPEN)
"""Stages at which shifts are opened and it can be stood down."""


class Readiness(Code):
    """The answer of a member. Nobody says why they cannot come."""

    CAN = "can", gettext_noop("Can come")
    CANNOT = "cannot", gettext_noop("Is not able to come")


class CallByTelephone(Code):
    """What became of telephoning a member whom no notice reaches. What they say is no part of it:
    who can come is written down as an answer."""

    SPOKEN = "spoken", gettext_noop("Spoken to by telephone")
    MISSED = "missed", gettext_noop("Not reached by telephone")


@dataclass(frozen=True)
class CallFacts:
    """What a call-up says: why, where, what is to be done, from when; and whom it calls.

    Without `target_ids` it calls everybody in the place; else who is in one of these places or
    teams and, where units are among them, a member of one of these; with `skills` who says that
    they know one.
    """

    title: str
    reason: str
    spot: str
    task: str
    starts_at: datetime
    skills: str = ""
    target_ids: Sequence[int] = ()


EPIDEMIC = ("疫", "核酸", "流调", "封控")
"""Words of a call-up that is about an epidemic."""


def usual_category(words: str, offered: Mapping[str, str]) -> str:
    """The kind of service of a shift, by what its call-up says: of those that are `offered` (codes
    with their names) one that is named there, 疫情防控 for an epidemic, else 平安巡逻 (防汛、抢险、
    值守), 其他, or the first."""
    names = [code for code, name in offered.items() if name in words]
    about = "epidemic" if any(word in words for word in EPIDEMIC) else "patrol"
    return next(code for code in (*names, about, "other", *offered) if code in offered)


def stage_of(
    *, called_at: datetime | None, sent_at: datetime | None, ended_at: datetime | None
) -> CallStage:
    """The stage by the instants that are written down."""
    if ended_at is not None:
        return CallStage.OVER if called_at else CallStage.DROPPED
    if called_at is None:
        return CallStage.DRAFT
    return CallStage.OPEN if sent_at else CallStage.SENDING


REFUSALS = {
    CallStage.DRAFT: gettext_noop("Nobody has been called yet."),
    CallStage.SENDING: gettext_noop("It was sent already; what it says stands."),
    CallStage.OPEN: gettext_noop("It was sent already; what it says stands."),
    CallStage.OVER: gettext_noop("It was stood down; nothing is changed any more."),
    CallStage.DROPPED: gettext_noop("It was laid aside; prepare another one."),
}


UNPLACED = REFUSALS | {
    CallStage.SENDING: gettext_noop("It is being sent."),
    CallStage.OPEN: gettext_noop("This shift has begun; who came stands in its list."),
}
"""Why nobody is placed in a shift: not yet, or no more."""


def check_stage(stage: CallStage, *allowed: CallStage) -> None:
    """Refuse what is not done at the stage at which a call-up is."""
    if stage not in allowed:
        raise Refused(f"callup.{stage}", REFUSALS[stage])


def check_call(facts: CallFacts, now: datetime) -> None:
    """Refuse a call-up that leaves out what whoever is called must know."""
    if not all(words.strip() for words in (facts.title, facts.reason, facts.spot, facts.task)):
        raise Refused(
            "callup.words", gettext_noop("Say why, where to come to, and what is to be done.")
        )
    check_start(facts.starts_at, now)
    if facts.starts_at > now + LONGEST_AHEAD:
        raise Refused(
            "callup.far",
            gettext_noop("It begins in more than %(days)s days; offer an activity instead."),
            days=LONGEST_AHEAD.days,
        )


def is_past(starts_at: datetime, now: datetime) -> bool:
    """Whether it is too late to call people for that time."""
    return starts_at < now - LATE


def check_start(starts_at: datetime, now: datetime) -> None:
    """Refuse to call people to what should have begun."""
    if is_past(starts_at, now):
        raise Refused(
            "callup.past",
            gettext_noop("The time from which it calls is over; say anew from when."),
        )


def check_somebody(people: int) -> None:
    """Refuse a call that would reach nobody."""
    if not people:
        raise Refused(
            "callup.nobody",
            gettext_noop("Nobody is called this way; choose more places or skills."),
        )


def check_single(since: datetime | None, *, another: bool) -> None:
    """Refuse to call the same people to the same once more, while it goes on `since` an instant,
    unless it was said that this is `another` one."""
    if since is not None and not another:
        raise Refused(
            "callup.twice",
            gettext_noop(
                "A call-up with the same words goes on here since %(since)s. If this is another "
                "one, tick so and send it again."
            ),
            since=since,
        )


def check_unreached(*, reached: bool) -> None:
    """Refuse to note a telephone call to who was told by a notice."""
    if reached:
        raise Refused(
            "callup.reached", gettext_noop("Was told by a notice; nothing is to be noted.")
        )


def covers(
    free_from: datetime | None, free_until: datetime | None, hours: tuple[datetime, datetime]
) -> bool:
    """Whether who can come from then until then is there for a whole shift; None for a beginning is
    who cannot come, for an end to the last."""
    begins, ends = hours
    here = free_from is not None and free_from <= begins
    return here and (free_until is None or free_until >= ends)


def check_able(
    answer: str,
    free_from: datetime | None,
    free_until: datetime | None,
    hours: tuple[datetime, datetime],
) -> None:
    """Refuse a place to who does not say, or no longer, that they can come then."""
    if answer != Readiness.CAN or not covers(free_from, free_until, hours):
        raise Refused(
            "callup.unable", gettext_noop("Their answer has changed; it is no more for this shift.")
        )


def check_window(since: datetime, until: datetime | None, now: datetime) -> None:
    """Refuse times at which nobody can come."""
    if until is not None and (until <= since or until <= now):
        raise Refused(
            "callup.window", gettext_noop("Until when you can come must be later than from when.")
        )
