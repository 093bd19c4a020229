"""When a place is open or a service may be booked: weekly hours, days that differ, and the slots
of one length that are cut of them; pure, in the time of China."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from baodao.kernel import clock
from baodao.kernel.errors import Refused, gettext_noop

WEEKDAYS = (
    gettext_noop("Monday"),
    gettext_noop("Tuesday"),
    gettext_noop("Wednesday"),
    gettext_noop("Thursday"),
    gettext_noop("Friday"),
    gettext_noop("Saturday"),
    gettext_noop("Sunday"),
)
WEEK = len(WEEKDAYS)
HOURS = 80
"""Characters of the hours of a day."""

LEAST_MINUTES, MOST_MINUTES = 10, 240

LEAD = timedelta(hours=1)
"""Nobody is booked so shortly before that they could not be told."""

_SPAN = re.compile(r"(\d{1,2}):(\d{2})[-~至到](\d{1,2}):(\d{2})")
_BETWEEN = re.compile(r"[、,;；，\s]+")


@dataclass(frozen=True, order=True)
class HoursSpan:
    """From one hour of a day to before another one."""

    begins: time
    ends: time


@dataclass(frozen=True, order=True)
class FreeHour:
    """A slot that may be booked: both instants, aware."""

    starts_at: datetime
    ends_at: datetime


def read_hours(text: str) -> tuple[HoursSpan, ...]:
    """The hours of a day, as `9:00-11:30、14:00-17:00`; none for an empty text. Refused where they
    cannot be read, end before they begin, or overlap."""
    plain = unicodedata.normalize("NFKC", text).replace("–", "-").replace("—", "-").strip()
    spans = tuple(sorted(_span(part) for part in filter(None, _BETWEEN.split(plain))))
    for before, after in pairwise(spans):
        if before.ends > after.begins:
            raise Refused(
                "hours.overlap",
                gettext_noop(
                    "%(first)s and %(second)s overlap. Write hours that follow each other, or join "
                    "them."
                ),
                first=_words(before),
                second=_words(after),
            )
    return spans


def _words(span: HoursSpan) -> str:
    return f"{span.begins:%H:%M}-{span.ends:%H:%M}"


def check_lengths(text: str, minutes: int) -> None:
    """Refuse hours in which no appointment of so many minutes fits: nobody could ever book them."""
    for span in read_hours(text):
        day = date.min
        length = datetime.combine(day, span.ends) - datetime.combine(day, span.begins)
        if length < timedelta(minutes=minutes):
            raise Refused(
                "hours.short",
                gettext_noop(
                    "No appointment of this length fits into %(hours)s. Write longer hours or "
                    "shorter appointments."
                ),
                hours=_words(span),
            )


def _span(part: str) -> HoursSpan:
    match = _SPAN.fullmatch(part)
    numbers = [int(number) for number in match.groups()] if match else []
    if not numbers or max(numbers[0], numbers[2]) > 23 or max(numbers[1], numbers[3]) > 59:
        raise _unreadable(part)
    span = HoursSpan(time(numbers[0], numbers[1]), time(numbers[2], numbers[3]))
    if span.begins >= span.ends:
        raise _unreadable(part)
    return span


def _unreadable(text: str) -> Refused:
    return Refused(
        "hours.unreadable",
        gettext_noop("“%(text)s” is not read as hours. Write 9:00-11:30、14:00-17:00."),
        text=text[:20],
    )


def tidy_hours(text: str) -> str:
    """The hours of a day as they are kept, refused as `read_hours` refuses."""
    spans = read_hours(text)
    return "、".join(map(_words, spans))


def hours_on(day: date, weekly: Sequence[str], days: Mapping[date, str]) -> str:
    """What holds on a day: its own hours where it has any, else those of the week."""
    return days[day] if day in days else weekly[day.weekday()]


@dataclass(frozen=True)
class OpenWeek:
    """The hours of Monday to Sunday, each as `09:00-11:30、14:00-17:00`, and those of the days that
    differ; empty ones are none."""

    weekly: Sequence[str]
    days: Mapping[date, str]

    def spans(self, day: date) -> list[FreeHour]:
        """From when until when it is open on a day, in their order."""
        return [
            FreeHour(_instant(day, span.begins), _instant(day, span.ends))
            for span in read_hours(hours_on(day, self.weekly, self.days))
        ]

    def slots(self, days: Iterable[date], minutes: int) -> list[FreeHour]:
        """Every slot of so many minutes on these days, booked or not."""
        return [slot for day in days for slot in slots_on(day, self.weekly, self.days, minutes)]

    def open_at(self, instant: datetime) -> FreeHour | None:
        """The opening in which an instant lies; None while it is closed."""
        spans = self.spans(clock.local(instant).date())
        return next((one for one in spans if one.starts_at <= instant < one.ends_at), None)

    def next_after(self, instant: datetime, days: Iterable[date]) -> FreeHour | None:
        """The first opening on these days that begins after an instant, or None."""
        spans = (one for day in days for one in self.spans(day))
        return next((one for one in spans if one.starts_at > instant), None)


def _instant(day: date, at: time) -> datetime:
    return datetime.combine(day, at, tzinfo=clock.ZONE)


def slots_on(
    day: date, weekly: Sequence[str], days: Mapping[date, str], minutes: int
) -> Iterator[FreeHour]:
    """Every slot of a day, booked or not, in their order."""
    length = timedelta(minutes=minutes)
    for span in read_hours(hours_on(day, weekly, days)):
        starts, last = _instant(day, span.begins), _instant(day, span.ends)
        while starts + length <= last:
            yield FreeHour(starts, starts + length)
            starts += length


def free_slots(
    every: Collection[FreeHour], taken: Collection[FreeHour], earliest: datetime
) -> list[FreeHour]:
    """Those that begin no earlier and that overlap none that is taken: the length of slots
    may have been another when that was booked."""
    return [
        slot
        for slot in every
        if slot.starts_at >= earliest
        and not any(one.starts_at < slot.ends_at and slot.starts_at < one.ends_at for one in taken)
    ]


def check_slot(starts_at: datetime, free: Collection[FreeHour]) -> FreeHour:
    """The free slot that begins then; refused where there is none, or no more."""
    for slot in free:
        if slot.starts_at == starts_at:
            return slot
    raise Refused(
        "hours.taken",
        gettext_noop("This hour is taken or not offered any more. Choose another one."),
    )
