"""The language of policies, format 1: each shape of the document with its parts, declared once.

The reader, the published schema and the page of the manual are made of these declarations. A part
named with an underscore at its end is written without it. A shape with a `head` is told by that
part among others that may stand in the same place; one with a `short` may be written as that part
alone: `window: year` is `window: {span: year}`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, TypeAlias

from baodao.kernel.errors import gettext_noop
from baodao.kernel.lives import Code
from baodao.kernel.phrases import Number
from baodao.ledger.rules.records import Origin, Way
from baodao.people.rules.standing import Grade, Standing
from baodao.policies.rules.measures import DeedKind, DeedTrait, SubjectKind

FORMAT = 1
_NEEDED: Any = object()


def part(meaning: str, default: Any = _NEEDED, **marks: Any) -> Any:
    """A part of a shape: what it means, and `head`, `short`, `least`, `most` where they hold."""
    metadata = {"meaning": meaning, **marks}
    if default is _NEEDED:
        return field(metadata=metadata)
    if isinstance(default, dict):
        return field(default_factory=dict, metadata=metadata)
    return field(default=default, metadata=metadata)


@dataclass(frozen=True, kw_only=True)
class PolicyNode:
    """A place in the document; `line` counts from 1."""

    line: int = field(default=0, compare=False)


class WindowSpan(Code):
    """Over which days something counts."""

    PERIOD = "period", gettext_noop("the period")
    WEEK = "week", gettext_noop("the week")
    TEN_DAYS = "ten-days", gettext_noop("the ten days")
    MONTH = "month", gettext_noop("the month")
    QUARTER = "quarter", gettext_noop("the quarter")
    HALF_YEAR = "half-year", gettext_noop("the half-year")
    YEAR = "year", gettext_noop("the year")
    ROLLING = "rolling", gettext_noop("the time up to the day")
    CYCLE = "cycle", gettext_noop("the cycle")
    JOINING = "joining", gettext_noop("the time from joining")
    LIFETIME = "lifetime", gettext_noop("all the time so far")


class Joining(Code):
    """What is asked of who joined in the middle of a window."""

    PRO_RATA = "pro-rata", gettext_noop("what is asked shrinks with the time")
    WHOLE = "whole", gettext_noop("the whole is asked")
    NEXT = "next", gettext_noop("nothing is asked before the next window")


class Relief(Code):
    """What an exemption changes."""

    PRO_RATA = "pro-rata", gettext_noop("what is asked shrinks with the time")
    EXCUSE = "excuse", gettext_noop("nothing is asked in that window")
    IGNORE = "ignore", gettext_noop("the whole is asked")


class Rounding(Code):
    """How what shrank is rounded to whole units."""

    DOWN = "down", gettext_noop("rounded down")
    UP = "up", gettext_noop("rounded up")
    EXACT = "exact", gettext_noop("not rounded")


class Once(Code):
    """Of what only the first deed counts."""

    DAY = "day", gettext_noop("day")
    WEEK = "week", gettext_noop("week")
    MONTH = "month", gettext_noop("month")
    KIND = "kind", gettext_noop("kind")
    WAY = "way", gettext_noop("way")
    OFFER = "offer", gettext_noop("service offer")
    PLACE = "place", gettext_noop("place of service")


@dataclass(frozen=True, kw_only=True)
class Window(PolicyNode):
    """Over which days something counts."""

    span: WindowSpan = part("which days", short=True)
    months: int | None = part("length of a rolling time, a cycle or a time from joining", None)
    days: int | None = part("length of a rolling time in days", None)
    start: date | None = part("first day of the first cycle", None)


PERIOD = Window(span=WindowSpan.PERIOD)
YEAR = Window(span=WindowSpan.YEAR)


@dataclass(frozen=True, kw_only=True)
class DeedFilter(PolicyNode):
    """Which deeds count: all that is said must hold; of several words one."""

    way: tuple[Way, ...] = part("ways of a service", ())
    kind: tuple[str, ...] = part("kinds of service, codes of the authority's dictionary", ())
    grade: tuple[str, ...] = part("effect grades", ())
    origin: tuple[Origin, ...] = part("how the record came in", ())
    role: tuple[str, ...] = part("roles in it", ())
    place: tuple[str, ...] = part(
        "where, the first that fits: own (where one reported), home (where one lives), partner (of "
        "one's unit), elsewhere; of other deeds a word",
        (),
    )
    confirmed: bool | None = part("whether who was helped confirmed it", None)
    minutes_at_least: int | None = part("shortest time", None, least=1)
    months: tuple[int, ...] = part("months of the year, 1 to 12", (), least=1, most=12)
    weekdays: tuple[int, ...] = part("days of the week, Monday is 1", (), least=1, most=7)
    except_: "DeedFilter | None" = part("deeds that do not count all the same", None)


@dataclass(frozen=True, kw_only=True)
class Worth(PolicyNode):
    """What one deed is worth; what is said adds up. Without it a deed is worth 1."""

    each: Number = part("for each deed", 0, short=True)
    hour: Number = part("for each hour of it", 0)
    value: Number = part("for each 1 of the value that it carries", 0)
    by: DeedTrait | None = part("the trait by which the table is read", None)
    table: Mapping[str, Number] = part("for each word of the trait", {})
    otherwise: Number = part("for words that are not in the table", 0)


ONE = Worth(each=1)


@dataclass(frozen=True, kw_only=True)
class Factor(PolicyNode):
    """Deeds that count more or less than others."""

    where: DeedFilter = part("which deeds")
    times: Number = part("by what their worth is multiplied")


@dataclass(frozen=True, kw_only=True)
class Caps(PolicyNode):
    """The most that counts; what is above is told and does not count."""

    item: Number | None = part("of one deed", None, least=0)
    day: Number | None = part("of a day", None, least=0)
    week: Number | None = part("of a week", None, least=0)
    month: Number | None = part("of a month", None, least=0)
    quarter: Number | None = part("of a quarter", None, least=0)
    kind: Number | None = part("of one kind", None, least=0)
    offer: Number | None = part("of one offer", None, least=0)
    window: Number | None = part("of all", None, least=0)


NO_CAPS = Caps()


@dataclass(frozen=True, kw_only=True)
class NamedAmount(PolicyNode):
    """An amount by its name."""

    name: str = part("name under `amounts`", head=True, short=True)


@dataclass(frozen=True, kw_only=True)
class Tally(PolicyNode):
    """Deeds, counted or worth something."""

    count: DeedKind = part("what is counted", head=True)
    label: str = part("what it is called", "")
    unit: str = part("times, hours, points, kinds …, or a word of one's own", "")
    where: DeedFilter = part("which of them", DeedFilter())
    window: Window = part("over which days", PERIOD)
    worth: Worth = part("what each is worth", ONE)
    factors: tuple[Factor, ...] = part("what counts more or less", ())
    once: Once | None = part("of what only the first counts", None)
    caps: Caps = part("the most that counts", NO_CAPS)


@dataclass(frozen=True, kw_only=True)
class Summand(PolicyNode):
    """A part of a sum: what is beyond a number, taken times, or scaled to a weight."""

    of: "AmountNode" = part("the amount", short=True)
    beyond: Number = part("only what is more than this", 0)
    full: Number | None = part("what earns the whole weight; less earns its share", None, least=0)
    weight: Number = part("what `full` is worth", 100)
    times: Number = part("by what it is multiplied; negative deducts", 1)
    at_most: Number | None = part("the most that it adds", None)
    at_least: Number | None = part("the least that it adds", None)


@dataclass(frozen=True, kw_only=True)
class Total(PolicyNode):
    """A sum of amounts: weighted parts, a bonus with a cap, a deduction from a start value."""

    sum: tuple[Summand, ...] = part("what is added", head=True)
    label: str = part("what it is called", "")
    unit: str = part("its unit", "points")
    start: Number = part("with what it begins", 0)
    floor: Number | None = part("the least it can be", None)
    at_most: Number | None = part("the most it can be", None)


@dataclass(frozen=True, kw_only=True)
class Rate(PolicyNode):
    """How many per cent one amount is of another; of nothing it is 100."""

    rate: "AmountNode" = part("the part", head=True)
    among: "AmountNode" = part("the whole")
    label: str = part("what it is called", "")


@dataclass(frozen=True, kw_only=True)
class Best(PolicyNode):
    """The best of several amounts, or the sum of the best few."""

    best: tuple["AmountNode", ...] = part("the amounts", head=True)
    keep: int = part("how many of them", 1, least=1)
    label: str = part("what it is called", "")
    unit: str = part("its unit", "points")


@dataclass(frozen=True, kw_only=True)
class MetCount(PolicyNode):
    """How many of several requirements are met."""

    met: tuple["RequirementNode", ...] = part("the requirements", head=True)
    label: str = part("what it is called", "")
    unit: str = part("its unit", "items")


@dataclass(frozen=True, kw_only=True)
class Carry(PolicyNode):
    """What is carried over from the period before: of it what is beyond, a share, at most so
    much."""

    carry: "AmountNode" = part("the amount, as it was in the period before", head=True)
    beyond: Number = part("only what was more than this", 0)
    share: Number = part("so many per cent of it", 100)
    at_most: Number | None = part("the most that is carried over", None)
    label: str = part("what it is called", "")


PlainAmount: TypeAlias = Tally | Total | Rate | Best | MetCount | Carry
AmountNode: TypeAlias = NamedAmount | Tally | Total | Rate | Best | MetCount | Carry


@dataclass(frozen=True, kw_only=True)
class NamedRequirement(PolicyNode):
    """A requirement by its name."""

    name: str = part("name under `requirements`", head=True, short=True)


@dataclass(frozen=True, kw_only=True)
class Bound(PolicyNode):
    """An amount has to reach a number, or must not pass one; once, or in every window."""

    amount: AmountNode = part("the amount", head=True)
    at_least: Number | None = part("what is asked", None, least=0)
    at_most: Number | None = part("what is not to be passed", None)
    every: WindowSpan | None = part("in each week, month, quarter … of the period", None)
    windows: int | None = part("in at least so many of them; else in all", None, least=1)
    by: str = part("until which day of the year, such as 06-30", "")
    pro_rata: bool = part("whether what is asked shrinks with an exemption", True)


@dataclass(frozen=True, kw_only=True)
class AllOf(PolicyNode):
    """All of these."""

    all: tuple["RequirementNode", ...] = part("requirements", head=True)


@dataclass(frozen=True, kw_only=True)
class AnyOf(PolicyNode):
    """One of these, or as many as `at_least` says."""

    any: tuple["RequirementNode", ...] = part("requirements", head=True)
    at_least: int = part("so many of them", 1, least=1)


@dataclass(frozen=True, kw_only=True)
class NoneOf(PolicyNode):
    """None of these: each of them is certainly not met."""

    none: tuple["RequirementNode", ...] = part("requirements", head=True)


RequirementNode: TypeAlias = NamedRequirement | Bound | AllOf | AnyOf | NoneOf


@dataclass(frozen=True, kw_only=True)
class GradeStep(PolicyNode):
    """From which value a grade or a star holds."""

    from_: Number = part("from this value on")
    grade: str = part("what is reached")
    vote: bool = part("whether people vote on it besides", False)


@dataclass(frozen=True, kw_only=True)
class GradeBands(PolicyNode):
    """A grade by a value."""

    of: AmountNode = part("the amount")
    steps: tuple[GradeStep, ...] = part("the grades")
    otherwise: str = part("below all of them", "")


@dataclass(frozen=True, kw_only=True)
class Keep(PolicyNode):
    """What has to be done in each window to keep a star; else one is lost, and regained by a good
    window."""

    amount: AmountNode = part("the amount")
    at_least: Number = part("what is asked", least=0)
    every: WindowSpan = part("in each", WindowSpan.YEAR)


@dataclass(frozen=True, kw_only=True)
class StarLevels(PolicyNode):
    """Stars by a value."""

    of: AmountNode = part("the amount")
    steps: tuple[GradeStep, ...] = part("the stars")
    keep: Keep | None = part("what keeps them", None)


@dataclass(frozen=True, kw_only=True)
class Consequence(PolicyNode):
    """What follows when a requirement holds; always a proposal that a person signs."""

    if_: RequirementNode = part("when")
    says: str = part("what follows, in words", "")
    grade: str = part("the grade that it leads to, whatever the value (veto)", "")
    at_most: str = part("the best grade that is left (ceiling)", "")


@dataclass(frozen=True, kw_only=True)
class Extension(PolicyNode):
    """More time for who did not reach it."""

    months: int = part("how much longer", least=1)
    says: str = part("what it is called", "")


@dataclass(frozen=True, kw_only=True)
class Conclusion(PolicyNode):
    """What comes of it."""

    pass_: RequirementNode | None = part("what is asked to pass", None)
    passed: str = part("what it is called to pass", "")
    failed: str = part("what it is called not to pass", "")
    extension: Extension | None = part("more time for who did not pass", None)
    grades: tuple[str, ...] = part("all grades, the best first", ())
    bands: GradeBands | None = part("a grade by a value", None)
    stars: StarLevels | None = part("stars by a value", None)
    consequences: tuple[Consequence, ...] = part("vetoes, ceilings, what else follows", ())
    vote: str = part("on what people vote", "")
    publicity_days: int = part("working days of publicity", 0, least=0)


@dataclass(frozen=True, kw_only=True)
class Population(PolicyNode):
    """To whom the policy applies, and what is asked of who was there for a part of the time."""

    standing: tuple[Standing, ...] = part("how they stand in their branch", (Standing.IN_SERVICE,))
    grade: tuple[Grade, ...] = part("full or probationary members", ())
    group: tuple[str, ...] = part("groups, such as section cadres", ())
    joining: Joining = part("who joined in the middle", Joining.PRO_RATA)
    exempt: Relief = part("who was exempt for a time", Relief.PRO_RATA)
    rounding: Rounding = part("what shrank", Rounding.DOWN)


@dataclass(frozen=True, kw_only=True)
class RuleSet(PolicyNode):
    """A policy (办法) as a document."""

    format: int = part("version of the language: 1", least=FORMAT, most=FORMAT)
    name: str = part("name of the policy")
    number: str = part("number or code", "")
    source: str = part("which document says so", "")
    subject: SubjectKind = part("of whom it speaks", SubjectKind.PERSON)
    period: Window = part("the time that is looked at", YEAR)
    population: Population = part("to whom it applies", Population())
    amounts: Mapping[str, AmountNode] = part("amounts by name", {})
    requirements: Mapping[str, RequirementNode] = part("requirements by name", {})
    outcome: Conclusion = part("what comes of it")

    @cached_property
    def plans(self) -> dict[int, Any]:
        """What evaluations made ready of its shapes, by their identity; they live as long."""
        return {}
