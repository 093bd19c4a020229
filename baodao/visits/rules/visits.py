"""走访: the day, and what was seen, heard, said and done, in four short fields.

The rules are data: `RULES` travels with the contacts that a phone takes along, and its script reads
them as `attendance.rules.lines.broken` does here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from baodao.attendance.rules.lines import LineRule, broken
from baodao.kernel.errors import Refused, gettext_noop

WORDS = 200
"""Characters of one field."""


@dataclass(frozen=True)
class VisitWords:
    """A visit as it is told: the day, and 看、听、说、办, of which at least one says something."""

    on: date
    seen: str = ""
    heard: str = ""
    explained: str = ""
    done: str = ""

    @property
    def texts(self) -> tuple[str, str, str, str]:
        """The four fields, in their order."""
        return self.seen, self.heard, self.explained, self.done

    @property
    def clean(self) -> "VisitWords":
        """The same without outer spaces."""
        return VisitWords(self.on, *(text.strip() for text in self.texts))


RULES = (
    LineRule(
        "visit.future", gettext_noop("Enter a day that is past, or today."), "on", "above", "today"
    ),
    LineRule(
        "visit.before",
        gettext_noop("You were not the contact yet on that day; choose a later one."),
        "on",
        "below",
        "since",
    ),
    LineRule(
        "visit.after",
        gettext_noop("You were the contact no longer on that day; choose an earlier one."),
        "on",
        "above",
        "until",
    ),
    LineRule(
        "visit.late",
        gettext_noop("This visit is too long ago to be written down. Tell the community of it."),
        "on",
        "below",
        "earliest",
    ),
    LineRule(
        "visit.empty",
        gettext_noop("Fill in at least one of the four fields."),
        "length",
        "below",
        "least",
    ),
    LineRule(
        "visit.long",
        gettext_noop("Keep each of the fields to 200 characters."),
        "longest",
        "above",
        "most",
    ),
)


def visit_facts(visit: VisitWords) -> dict[str, Any]:
    """What the rules ask of a visit."""
    lengths = [len(text.strip()) for text in visit.texts]
    return {"on": visit.on.isoformat(), "length": sum(lengths), "longest": max(lengths)}


def bounds_for(
    since: date, until: date | None, earliest: date, today: date | None = None
) -> dict[str, Any]:
    """What the rules compare with, for one contact. `today` is left to the phone where it is
    open."""
    bounds: dict[str, Any] = {
        "since": since.isoformat(),
        "until": (until or date.max).isoformat(),
        "earliest": earliest.isoformat(),
        "least": 1,
        "most": WORDS,
    }
    return bounds | ({"today": today.isoformat()} if today else {})


def check_words(visit: VisitWords, bounds: Mapping[str, Any]) -> None:
    """Refuse a visit that breaks a rule."""
    rule = broken(visit_facts(visit), bounds, RULES)
    if rule is not None:
        raise Refused(rule.code, rule.message)


def check_standing(withdrawn_at: datetime | None) -> None:
    """Refuse to take back a visit twice."""
    if withdrawn_at is not None:
        raise Refused("visit.withdrawn", gettext_noop("This visit was withdrawn already."))


def check_unchanged(before: tuple[object, ...], now: tuple[object, ...]) -> None:
    """Refuse a visit whose id belongs to another one."""
    if before != now:
        raise Refused(
            "visit.reused",
            gettext_noop("This visit was written down before with other words. Write a new one."),
        )


STORIES: dict[str, str] = {
    "visit.noted": gettext_noop("Visit written down"),
    "visit.withdrawn": gettext_noop("Visit withdrawn"),
    "visit.need-made": gettext_noop("A need was made of it: %(code)s"),
}
"""What the journal's verbs say of a visit."""
