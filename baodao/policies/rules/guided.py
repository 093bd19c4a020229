"""Policies of the common shapes: so many, so many hours, in each window; grades or stars by points.

What is typed into fields becomes a text in the language, which its author reads and changes.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from baodao.kernel.phrases import Number, plain_number
from baodao.policies.rules.grammar import WindowSpan
from baodao.policies.rules.measures import DeedKind, SubjectKind

_PLAIN = re.compile(r"[\w（）、，。；·～-]+")


@dataclass(frozen=True)
class GuidedLine:
    """At least so many, or so many hours, of a thing: once, or in every week, month … ."""

    kind: DeedKind
    least: Number
    is_hours: bool = False
    every: WindowSpan = WindowSpan.PERIOD

    @property
    def text(self) -> str:
        worth = ", worth: {hour: 1}" if self.is_hours else ""
        every = "" if self.every is WindowSpan.PERIOD else f", every: {self.every.value}"
        least = plain_number(self.least)
        return f"{{amount: {{count: {self.kind.value}{worth}}}, at_least: {least}{every}}}"


@dataclass(frozen=True)
class GuidedSteps:
    """Grades, or stars, by points: what a deed and an hour of it earn, what a month earns at most,
    and from how many points on each holds."""

    kind: DeedKind
    each: Number = 0
    hour: Number = 0
    most_a_month: Number | None = None
    steps: tuple[tuple[str, Number], ...] = ()
    are_stars: bool = False

    @property
    def amount(self) -> str:
        worth = {"each": self.each, "hour": self.hour}
        parts = ", ".join(f"{key}: {plain_number(one)}" for key, one in worth.items() if one)
        most = self.most_a_month
        caps = f", caps: {{month: {plain_number(most)}}}" if most is not None else ""
        unit = "points" if self.each or self.hour != 1 else "hours"
        return f"{{count: {self.kind.value}, unit: {unit}, worth: {{{parts}}}{caps}}}"


@dataclass(frozen=True)
class GuidedPolicy:
    """All that the fields say."""

    name: str
    source: str = ""
    subject: SubjectKind = SubjectKind.PERSON
    period: WindowSpan = WindowSpan.YEAR
    lines: tuple[GuidedLine, ...] = ()
    steps: GuidedSteps | None = None


def text_of(policy: GuidedPolicy) -> str:
    """The text that says the same."""
    return "\n".join(_lines(policy)) + "\n"


def _lines(policy: GuidedPolicy) -> Iterator[str]:
    yield "format: 1"
    yield f"name: {_written(policy.name)}"
    if policy.source:
        yield f"source: {_written(policy.source)}"
    if policy.subject is not SubjectKind.PERSON:
        yield f"subject: {policy.subject.value}"
    if policy.period is not WindowSpan.YEAR:
        yield f"period: {policy.period.value}"
    if policy.steps:
        yield "amounts:"
        yield f"  points: {policy.steps.amount}"
    yield "outcome:"
    if policy.lines:
        yield "  pass:"
        yield "    all:"
        yield from (f"      - {one.text}" for one in policy.lines)
    if policy.steps:
        yield "  stars:" if policy.steps.are_stars else "  bands:"
        yield "    of: points"
        yield "    steps:"
        for grade, least in policy.steps.steps:
            yield f"      - {{from: {plain_number(least)}, grade: {_written(grade)}}}"


def _written(words: str) -> str:
    """Words as they stand in a text: in quotation marks where they could be taken for more."""
    return words if _PLAIN.fullmatch(words) else json.dumps(words, ensure_ascii=False)
