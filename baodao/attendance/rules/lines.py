"""What somebody who keeps a list writes down on the spot: who came or went, and when.

The rules are data: `RULES` travels with the list that a phone takes along, and its script reads
them as `broken` does here. Lines of several phones, in any order and however often they arrive,
make the same presences.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from baodao.attendance.rules.check_ins import CheckSide, CheckWay, Presence, PresenceMark
from baodao.kernel.errors import Refused, gettext_noop

K = TypeVar("K", bound=Hashable)

MOST_LINES = 500
"""Lines of one delivery."""


@dataclass(frozen=True)
class SpotLine:
    """One line: by the code of a row of the list, or by name and tail of a number of who came
    without claiming. `at` is what the phone's clock said and `ahead` by how much it was fast, both
    in seconds; `id` was made on the phone."""

    id: UUID
    side: CheckSide
    at: int
    ahead: int = 0
    code: str | None = None
    name: str | None = None
    tail: str | None = None
    label: str = ""

    @property
    def instant(self) -> int:
        """When it was, in seconds since 1970 of a clock that is right."""
        return self.at - self.ahead


@dataclass(frozen=True)
class LineRule:
    """A line is refused when its `field` stands to the `bound` of the list as `relation` says; a
    line without the field is not concerned."""

    code: str
    message: str
    field: str
    relation: str
    bound: str


RULES = (
    LineRule(
        "line.late-delivery",
        gettext_noop("This list was not delivered in time. Tick who came on the page of the list."),
        "now",
        "above",
        "expires_at",
    ),
    LineRule(
        "line.early",
        gettext_noop("This is before the hours of the activity; the phone's clock may be wrong."),
        "instant",
        "below",
        "opens_at",
    ),
    LineRule(
        "line.late",
        gettext_noop("This is after the hours of the activity; the phone's clock may be wrong."),
        "instant",
        "above",
        "closes_at",
    ),
    LineRule(
        "line.strange",
        gettext_noop("Nobody on the list of this activity has this code."),
        "code",
        "outside",
        "codes",
    ),
    LineRule(
        "line.shared",
        gettext_noop(
            "Two persons on this list have this code. Tick who came of them on the page of the "
            "list."
        ),
        "code",
        "inside",
        "shared",
    ),
    LineRule(
        "line.walk-in",
        gettext_noop("Who came without claiming is added by the community."),
        "name",
        "without",
        "adds",
    ),
    LineRule("line.name", gettext_noop("Write the whole name."), "name", "unlike", "name_form"),
    LineRule(
        "line.tail",
        gettext_noop("Write the last four characters of the telephone or volunteer number."),
        "tail",
        "unlike",
        "tail_form",
    ),
)

FORMS = {"name_form": r"\S.*\S", "tail_form": "[0-9A-Z]{4}"}
"""Patterns that both Python and a browser read."""

_BROKEN: Mapping[str, Callable[[Any, Any], bool]] = {
    "above": lambda value, bound: value > bound,
    "below": lambda value, bound: value < bound,
    "inside": lambda value, bound: value in bound,
    "outside": lambda value, bound: value not in bound,
    "unlike": lambda value, bound: re.fullmatch(bound, value) is None,
    "without": lambda _value, bound: not bound,
}


def facts_of(line: SpotLine, now: int) -> dict[str, Any]:
    """What the rules ask of a line that arrives at `now`, in seconds."""
    return {
        "now": now,
        "instant": line.instant,
        "code": line.code,
        "name": line.name,
        "tail": line.tail,
    }


def broken(
    facts: Mapping[str, Any], bounds: Mapping[str, Any], rules: Iterable[LineRule] = RULES
) -> LineRule | None:
    """The first rule that a line breaks; None for a line that is taken."""
    for rule in rules:
        value = facts.get(rule.field)
        if value is not None and _BROKEN[rule.relation](value, bounds[rule.bound]):
            return rule
    return None


def check_line(line: SpotLine, bounds: Mapping[str, Any], now: int) -> None:
    """Refuse a line that breaks a rule."""
    rule = broken(facts_of(line, now), bounds)
    if rule is not None:
        raise Refused(rule.code, rule.message)


def check_same(before: tuple[UUID, str], now: tuple[UUID, str]) -> None:
    """Refuse a line whose id belongs to another line."""
    if before != now:
        raise Refused(
            "line.reused",
            gettext_noop("This line is of another activity. Tick who came on its list."),
        )


def check_one(count: int) -> None:
    """Refuse a name and tail that fit nobody registered in the community, or several."""
    if count != 1:
        raise Refused(
            "line.nobody",
            gettext_noop(
                "Nobody registered here on that day has this name and number. Ask, and add them "
                "on the page of the list."
            ),
        )


def presences_of(marks: Iterable[tuple[K, PresenceMark]]) -> dict[K, Presence]:
    """From when until when people were there, each the earliest that anybody wrote down, whoever
    wrote it and in whichever order it arrived."""
    sides: defaultdict[K, dict[str, datetime]] = defaultdict(dict)
    scanned: set[K] = set()
    for owner, mark in marks:
        own = sides[owner]
        own[mark.side] = min(mark.at, own.get(mark.side, mark.at))
        if mark.way == CheckWay.SCAN and mark.side == CheckSide.ARRIVAL:
            scanned.add(owner)
    return {
        owner: Presence(
            own.get(CheckSide.ARRIVAL), own.get(CheckSide.DEPARTURE), scanned=owner in scanned
        )
        for owner, own in sides.items()
    }
