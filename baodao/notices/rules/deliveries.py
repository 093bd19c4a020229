"""When messages leave for outside, how often they are tried, and how long they may be."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple

from baodao.kernel.errors import gettext_noop
from baodao.kernel.lives import Code
from baodao.kernel.workdays import is_workday
from baodao.notices.rules.reminders import QuietHours, shown_at

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180))
"""After the first failure one minute, then longer; the last one is repeated."""
PATIENCE = timedelta(days=1)
MOST_BYTES = 1_500
"""Of one message: a robot of 企业微信 takes 2,048 bytes, links and subject included."""


class DeliveryState(Code):
    """How a message to the outside stands."""

    COLLECTING = "collecting", gettext_noop("waits for its hour")
    SENDING = "sending", gettext_noop("is being sent")
    WAITING = "waiting", gettext_noop("failed, is tried again")
    SENT = "sent", gettext_noop("handed over")
    GIVEN_UP = "given-up", gettext_noop("given up")


class NoticePlace(Code):
    """Where somebody is told: by a notice here, or by a message that leaves the house."""

    APP = "app", gettext_noop("In the app")
    OUTSIDE = "outside", gettext_noop("Outside")


class Failure(StrEnum):
    """Why a message did not leave."""

    UNREACHABLE = "unreachable"
    ANSWERED = "answered"
    INSIDE = "inside"
    ADDRESS = "address"


FAILURES = {
    Failure.UNREACHABLE: gettext_noop("The other side cannot be reached."),
    Failure.ANSWERED: gettext_noop("The other side did not take it: %(answer)s."),
    Failure.INSIDE: gettext_noop("The address leads into this network, which is not allowed."),
    Failure.ADDRESS: gettext_noop("The address is not valid any more. Enter it again."),
}


class WorkingHours(NamedTuple):
    """From an hour of the morning to one of the evening, on China's clock."""

    start: time
    end: time


def digest_at(local: datetime, working: WorkingHours) -> datetime:
    """The end of the hour in which it is, if that lies within working hours; else the first hour
    of the next working day. `local` is China's clock."""
    hour = local.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    if hour.time() > working.end or hour.date() > local.date():
        hour = datetime.combine(local.date() + timedelta(days=1), working.start, local.tzinfo)
    elif hour.time() < working.start:
        hour = datetime.combine(local.date(), working.start, local.tzinfo)
    while not is_workday(hour.date()):
        hour = datetime.combine(hour.date() + timedelta(days=1), working.start, local.tzinfo)
    return hour


def retry_at(failed: int, planned: datetime, local: datetime, quiet: QuietHours) -> datetime | None:
    """When to try again after `failed` failures of what was planned for `planned`; None after a
    day. Never in quiet hours."""
    pause = PAUSES[min(failed, len(PAUSES)) - 1]
    again = shown_at(local + pause, quiet)
    return again if again <= planned + PATIENCE else None


def digest(lines: Sequence[str], more: str) -> list[str]:
    """As many lines as one message holds; the rest is one line `more` with its %(count)s."""
    kept: list[str] = []
    size = len(more.encode())
    for number, line in enumerate(lines):
        size += len(line.encode()) + 1
        if size > MOST_BYTES:
            return [*kept, more % {"count": len(lines) - number}]
        kept.append(line)
    return kept
