"""What a policy says of one subject as of a day: a proposal with its reasons, never a decision."""

from datetime import date
from typing import NamedTuple

from baodao.kernel.phrases import Number
from baodao.policies.rules import grammar
from baodao.policies.rules.amounts import each_once, value_of
from baodao.policies.rules.deeds import SubjectFacts
from baodao.policies.rules.frames import Frame, LeftOut, Reckoning, frame_of
from baodao.policies.rules.grammar import GradeStep, RuleSet, StarLevels
from baodao.policies.rules.requirements import (
    Fulfilment,
    RequirementResult,
    reckonings_in,
    result_of,
)
from baodao.policies.rules.windows import Days, blocks, is_member, months_later

NOT_OF_IT = "not-of-it"
"""The outcome of who does not belong to the population of a policy."""
PASS = frozenset({Fulfilment.MET.value, Fulfilment.EXCUSED.value})
"""The outcomes of who passes."""
NOTHING = "—"
"""The outcome of who reaches no grade or star."""


class Assessment(NamedTuple):
    """`state` is None where the policy asks nothing to pass; `applies` is False for who is not of
    its population, of whom nothing else is said.

    `bounds` are the consequences that hold, `grade` is what is left after them. `extended` says
    that the requirement is looked at with more time. `votes` is on what people vote besides.
    """

    key: str
    day: date
    period: Days
    applies: bool = True
    state: Fulfilment | None = None
    result: RequirementResult | None = None
    extended: bool = False
    grade: str = ""
    star: str = ""
    value: Number | None = None
    consequences: tuple[grammar.Consequence, ...] = ()
    votes: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    @property
    def outcome(self) -> str:
        """The one word by which subjects are counted: fulfilment, else grade or star."""
        if not self.applies:
            return NOT_OF_IT
        if self.state is not None:
            return self.state.value
        return self.grade or self.star or NOTHING


def assess(
    rules: RuleSet, facts: SubjectFacts, day: date, about: date | None = None, tells: bool = True
) -> Assessment:
    """What the policy says of the subject as of the end of `day`, of the period with the day
    `about`. Pure: the same facts give the same answer, whatever their order."""
    frame = frame_of(rules, facts, day, about, tells)
    if not is_member(facts, rules.population, frame.period):
        return Assessment(facts.key, day, frame.period, applies=False)
    outcome, result, extended = rules.outcome, None, False
    if outcome.pass_ is not None:
        result = result_of(outcome.pass_, frame)
        if result.state is Fulfilment.MISSED and outcome.extension:
            result, extended = result_of(outcome.pass_, _longer(frame)), True
    grade, by_grade = _band(frame)
    star, by_star, votes = _star(frame)
    follows = [(one, result_of(one.if_, frame)) for one in outcome.consequences]
    holding = tuple(one for one, what in follows if what.state is Fulfilment.MET)
    valued = [one for one in (by_grade, by_star) if one]
    reckonings = [*valued] if tells else []
    if tells:
        reckonings += reckonings_in(result) if result else []
        reckonings += [one for _, what in follows for one in reckonings_in(what)]
    return Assessment(
        facts.key,
        day,
        frame.period,
        state=result.state if result else None,
        result=result,
        extended=extended,
        grade=_limited(grade, holding, outcome.grades),
        star=star,
        value=valued[0].value if valued else None,
        consequences=holding,
        votes=(*([outcome.vote] if outcome.vote else []), *votes),
        counted=each_once(key for one in reckonings for key in one.counted),
        left_out=_left_out(reckonings) if tells else (),
    )


def _longer(frame: Frame) -> Frame:
    assert frame.rules.outcome.extension
    months = frame.rules.outcome.extension.months
    period = frame.period
    return frame.within(Days(period.first, months_later(period.last, months)))


def _left_out(reckonings: list[Reckoning]) -> tuple[LeftOut, ...]:
    """Each record that no amount counted, with the first reason."""
    counted = {key for one in reckonings for key in one.counted}
    rows = (row for one in reckonings for row in one.left_out if row.id not in counted)
    return tuple({row.id: row for row in reversed([*rows])}.values())[::-1]


def _reached(steps: tuple[GradeStep, ...], value: Number) -> GradeStep | None:
    """The highest step that a value reaches."""
    return max(
        (one for one in steps if value >= one.from_), key=lambda one: one.from_, default=None
    )


def _band(frame: Frame) -> tuple[str, Reckoning | None]:
    bands = frame.rules.outcome.bands
    if bands is None:
        return "", None
    reckoning = value_of(bands.of, frame)
    step = _reached(bands.steps, reckoning.value)
    return step.grade if step else bands.otherwise, reckoning


def _limited(grade: str, holding: tuple[grammar.Consequence, ...], grades: tuple[str, ...]) -> str:
    """The grade after vetoes and ceilings: the worst of them; `grades` has the best first."""
    for one in holding:
        limit = one.grade or one.at_most
        if not limit:
            continue
        if grade not in grades or grades.index(limit) > grades.index(grade):
            grade = limit if one.grade or grade in grades else grade
    return grade


def _star(frame: Frame) -> tuple[str, Reckoning | None, tuple[str, ...]]:
    """The star, what it rests on, and the star that is voted on besides."""
    levels = frame.rules.outcome.stars
    if levels is None:
        return "", None, ()
    reckoning = value_of(levels.of, frame)
    steps = sorted(levels.steps, key=lambda one: one.from_)
    number = _level(levels, reckoning.value)
    if levels.keep is not None:
        number = _kept_level(levels, frame, number)
    if not number:
        return "", reckoning, ()
    step = steps[number - 1]
    return step.grade, reckoning, (step.grade,) if step.vote else ()


def _level(levels: StarLevels, value: Number) -> int:
    return sum(1 for one in levels.steps if value >= one.from_)


def _kept_level(levels: StarLevels, frame: Frame, present: int) -> int:
    """The level after all windows that are over: a good one raises it to what the value earns, by
    one where one was lost before; another lowers it by one."""
    keep = levels.keep
    assert keep is not None
    first = min((deed.on for deed in frame.facts.deeds), default=frame.day)
    level, lost = 0, False
    for days in blocks(keep.every, Days(first, frame.day)):
        if days.last > frame.day:
            break
        ended = frame_of(frame.rules, frame.facts, days.last, tells=False)
        earned = _level(levels, value_of(levels.of, ended).value)
        good = value_of(keep.amount, ended.within(days)).value >= keep.at_least
        if good:
            level = min(level + 1, earned) if lost else max(level, earned)
            lost = lost and level < earned
        elif level:
            level, lost = level - 1, True
    return level if lost else max(level, present)
