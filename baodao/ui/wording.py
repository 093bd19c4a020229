"""A sentence with facts, a refusal, or when something is, in the reader's language."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Protocol

from django.utils.formats import date_format
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

from baodao.kernel import clock
from baodao.kernel.errors import Message, Refused
from baodao.kernel.lives import Code
from baodao.kernel.moments import Period
from baodao.kernel.phrases import length_of_time, words_of

ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_HOURS = re.compile(r"\d{1,2}[:：]\d{2}\s?[-–—~～至到]\s?\d{1,2}[:：]\d{2}")
"""From an hour until another, as `hours_words` writes it and as people type it."""


class Numbered(Protocol):
    """A person, whom the slices above know."""

    @property
    def name(self) -> str: ...
    @property
    def number(self) -> str: ...


def filled(message: Message, facts: Mapping[str, object]) -> str:
    """The message id translated, its places filled; facts that are message ids themselves are
    translated too, days (`on` also as ISO text) and lengths of time (`minutes`) are written out and
    lists told one after the other."""
    sentence = gettext(message) if isinstance(message, str) else ngettext(*message, _count(facts))
    return (
        sentence % {key: fact_words(value, key) for key, value in facts.items()}
        if facts
        else sentence
    )


def _count(facts: Mapping[str, object]) -> int:
    """The number among the facts, by which the sentence of one or of many is told."""
    return next((fact for fact in facts.values() if isinstance(fact, int)), 0)


def word_of(words: Mapping[str, str], code: str) -> str:
    """What `code` is called in the reader's language; an unknown code as it is."""
    message = words.get(code)
    return gettext(message) if message else code


def choices_of(words: Mapping[str, str], codes: Iterable[str] = ()) -> list[tuple[str, str]]:
    """All codes, or those given, with their words, for a form or a filter."""
    return [(str(code), word_of(words, code)) for code in codes or words]


def question_choices(words: Mapping[str, str]) -> list[tuple[str, str]]:
    """All codes with their words, for a form in which nothing is chosen before somebody does."""
    return [("", gettext("Choose")), *choices_of(words)]


def code_questions(codes: Iterable[Code]) -> list[tuple[str, str]]:
    """These codes with their words, for a form in which none is chosen before somebody does."""
    return [("", gettext("Choose")), *code_choices(codes)]


def code_choices(codes: Iterable[Code]) -> list[tuple[str, str]]:
    """These codes with their words in the reader's language, for a form or a filter."""
    return [(code.value, gettext(code.words)) for code in codes]


def fact_words(value: object, name: str = "") -> object:
    """A fact as it is told: see `filled`."""
    if name == "minutes" and isinstance(value, int):
        return time_words(value)
    if name == "on" and isinstance(value, str) and ISO_DAY.fullmatch(value):
        return date_format(date.fromisoformat(value))
    if isinstance(value, datetime):
        return instant_words(value)
    if isinstance(value, date):
        return date_format(value)
    if isinstance(value, list):
        return "、".join(str(fact_words(part)) for part in value)
    return gettext(value) if isinstance(value, str) and value else value


def worded(refused: Refused) -> str:
    """What is wrong and what to do, and of whom where several were meant."""
    words = filled(refused.message, refused.facts)
    return f"{refused.name}：{words}" if refused.name else words


def time_words(minutes: int) -> str:
    """A length of time: 1 小时 30 分钟; whole hours and whole minutes alone, without a sign."""
    return spoken(length_of_time(minutes))


def instant_words(instant: datetime) -> str:
    """The day and the hour of an instant: 2026年7月4日 9:30."""
    return date_format(clock.local(instant), "DATETIME_FORMAT")


def span_words(starts_at: datetime, ends_at: datetime) -> str:
    """2026年7月4日 星期六 09:00–11:00, 22:00–24:00, and both days when there are two."""
    begins, ends = clock.local(starts_at), clock.local(ends_at)
    day = f"{date_format(begins.date())} {date_format(begins, 'D')}"
    is_midnight = ends.time() == time.min and ends.date() - begins.date() == timedelta(days=1)
    if begins.date() == ends.date() or is_midnight:
        return f"{day} {hours_words(begins.time(), ends.time())}"
    return f"{day} {begins:%H:%M} – {date_format(ends.date())} {ends:%H:%M}"


def hours_words(begins: time, ends: time) -> str:
    """09:00–11:00, 22:00–02:00; midnight is the end of a day: 22:00–24:00."""
    return f"{begins:%H:%M}–{'24:00' if ends == time.min else f'{ends:%H:%M}'}"


def person_label(person: Numbered) -> str:
    """Name and volunteer number in plain words, for the label of a tick or a button."""
    return f"{person.name} {person.number}"


def row_label(row: object, name: object) -> object:
    """What the tick of a row is called: its person as `person_label` has it, else its `name`."""
    person = getattr(row, "person", None)
    return person_label(person) if person else name


def unbroken_hours(words: str) -> SafeString:
    """Words for a page on which hours from and until stay on one line: 19:00–21:00."""
    return mark_safe(with_whole_hours(conditional_escape(words)))  # noqa: S308 it is escaped


def with_whole_hours(text: str) -> str:
    """Escaped text in which hours from and until stay on one line."""
    if ":" not in text and "：" not in text:
        return text
    return _HOURS.sub(r'<span class="text-nowrap hours">\g<0></span>', text)


def period_words(period: Period) -> str:
    """A period in words."""
    year, _, part = str(period).partition("-")
    if "--" in part or part[:1] == "W":
        days = {"first": date_format(period.first), "last": date_format(period.last)}
        return gettext("%(first)s to %(last)s") % days
    if not part:
        return gettext("the year %(year)s") % {"year": year}
    if part == "H1":
        return gettext("first half of %(year)s") % {"year": year}
    if part == "H2":
        return gettext("second half of %(year)s") % {"year": year}
    if part[0] == "Q":
        return gettext("quarter %(quarter)s of %(year)s") % {"quarter": part[1], "year": year}
    return gettext("month %(month)s of %(year)s") % {"month": int(part), "year": year}


def spoken(fact: object) -> str:
    """A phrase, a day or a number in the reader's language."""
    return words_of(fact, _translated)


def _translated(message: str, many: str, number: int) -> str:
    return ngettext(message, many, number) if many else gettext(message)
