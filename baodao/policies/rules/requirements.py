"""Requirements of a subject: met, not asked, still open, or missed; each with what it rests on."""

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from math import ceil, floor
from typing import Any, NamedTuple

from baodao.kernel.errors import gettext_noop
from baodao.kernel.lives import Code
from baodao.kernel.phrases import Number
from baodao.policies.rules import grammar
from baodao.policies.rules.amounts import each_once, register_amount, value_of
from baodao.policies.rules.frames import Frame, Reckoning
from baodao.policies.rules.grammar import Bound, RequirementNode, Rounding
from baodao.policies.rules.windows import EVER, Days, blocks, until_day


class Fulfilment(Code):
    """How far a requirement is met."""

    MET = "met", gettext_noop("Requirement met")
    EXCUSED = "excused", gettext_noop("Nothing asked")
    OPEN = "open", gettext_noop("Time remains")
    MISSED = "missed", gettext_noop("Requirement not met")


GOOD = frozenset({Fulfilment.MET, Fulfilment.EXCUSED})


class RequirementResult(NamedTuple):
    """What became of one requirement: of a bound the amount, what was asked (`whole` before it
    shrank) and, of one for every week or month, what became of each; of others their parts."""

    node: RequirementNode
    state: Fulfilment
    reckoning: Reckoning | None = None
    due: Number = 0
    whole: Number = 0
    windows: tuple[tuple[Days, Fulfilment], ...] = ()
    parts: tuple["RequirementResult", ...] = ()

    @property
    def is_good(self) -> bool:
        return self.state in GOOD


def result_of(requirement: RequirementNode, frame: Frame) -> RequirementResult:
    """What became of the requirement in this frame."""
    if isinstance(requirement, grammar.NamedRequirement):
        known: RequirementResult | None = frame.results.get(requirement.name)
        if known is None:
            known = result_of(frame.rules.requirements[requirement.name], frame)
            frame.results[requirement.name] = known
        return known
    return _RESULTS[type(requirement)](requirement, frame)


def _bound(node: Bound, frame: Frame) -> RequirementResult:
    if node.every is not None:
        return _every(node, frame)
    return _once(node, frame.within(until_day(frame.period, node.by)) if node.by else frame)


def _once(node: Bound, frame: Frame) -> RequirementResult:
    reckoning = value_of(node.amount, frame)
    whole = node.at_least if node.at_least is not None else 0
    share = frame.share_asked(_asked_days(reckoning, frame))
    due = whole if share == 1 or not _shrinks(node, frame) else _shrunk(whole, share, frame)
    if share == 0 or (due <= 0 < whole):
        state = Fulfilment.EXCUSED
    elif node.at_most is not None and reckoning.value > node.at_most:
        state = Fulfilment.MISSED
    elif node.at_least is None or reckoning.value >= due:
        state = Fulfilment.MET
    else:
        state = Fulfilment.OPEN if reckoning.opens else Fulfilment.MISSED
    return RequirementResult(node, state, reckoning, due, whole)


def _asked_days(reckoning: Reckoning, frame: Frame) -> Days:
    """The days by which what is asked shrinks: of the window; of all the time the period's."""
    return frame.period if reckoning.days.first == EVER else reckoning.days


def _shrinks(node: Bound, frame: Frame) -> bool:
    """A rate and a number of requirements do not grow with time, so they do not shrink either."""
    shrinks = frame.rules.plans.get(id(node))
    if shrinks is None:
        shrinks = frame.rules.plans[id(node)] = node.pro_rata and _grows(node, frame)
    return bool(shrinks)


def _grows(node: Bound, frame: Frame) -> bool:
    amount = node.amount
    while isinstance(amount, grammar.NamedAmount):
        amount = frame.rules.amounts[amount.name]
    return not isinstance(amount, grammar.Rate | grammar.MetCount)


def _shrunk(whole: Number, share: Number, frame: Frame) -> Number:
    """What is left to be asked; of 1 or more at least 1, for who is asked anything at all."""
    rounding = frame.rules.population.rounding
    part = whole * Fraction(share)
    if share in (0, 1) or whole <= 0 or rounding is Rounding.EXACT:
        return part
    return max(floor(part) if rounding is Rounding.DOWN else ceil(part), min(floor(whole), 1))


def _every(node: Bound, frame: Frame) -> RequirementResult:
    assert node.every is not None
    rows: list[tuple[Days, RequirementResult]] = []
    for days in blocks(node.every, frame.period):
        inner = frame.within(until_day(days, node.by) if node.by else days)
        rows.append((days, _once(node, inner)))
    states = [(days, one.state) for days, one in rows]
    liable = [one for one in states if one[1] is not Fulfilment.EXCUSED]
    if node.windows is None:
        state = _worst(one[1] for one in states)
        least = len(liable)
    else:
        least = node.windows
        if node.pro_rata and len(liable) < len(states):
            least = max(
                floor(Fraction(node.windows * len(liable), len(states))), min(len(liable), 1)
            )
        state = _enough([one[1] for one in liable], least)
    reckonings = [one.reckoning for _, one in rows if one.reckoning] if frame.tells else []
    met = sum(1 for one in states if one[1] is Fulfilment.MET)
    whole = Reckoning(
        met,
        frame.period,
        opens=frame.day < frame.period.last,
        counted=each_once(key for one in reckonings for key in one.counted),
        left_out=_never_counted(reckonings),
    )
    return RequirementResult(node, state, whole, least, node.windows or len(rows), tuple(states))


def _never_counted(reckonings: Sequence[Reckoning]) -> tuple[Any, ...]:
    """What no window counted, with the reason that is not only its day, where there is one."""
    counted = {key for one in reckonings for key in one.counted}
    rows: dict[str, Any] = {}
    for one in reckonings:
        for row in one.left_out:
            if row.id not in counted and (row.id not in rows or row.why != "outside"):
                rows[row.id] = row
    return tuple(rows.values())


def _worst(states: Iterable[Fulfilment]) -> Fulfilment:
    """Of several that must all be met: excused only when all are."""
    kinds = {*states}
    for state in (Fulfilment.MISSED, Fulfilment.OPEN, Fulfilment.MET):
        if state in kinds:
            return state
    return Fulfilment.EXCUSED


def _enough(states: Sequence[Fulfilment], least: int) -> Fulfilment:
    """Of several of which so many must be met."""
    good = sum(1 for state in states if state in GOOD)
    if good >= least:
        is_excused = least <= 0 or not any(state is Fulfilment.MET for state in states)
        return Fulfilment.EXCUSED if is_excused else Fulfilment.MET
    may_come = sum(1 for state in states if state is Fulfilment.OPEN)
    return Fulfilment.OPEN if good + may_come >= least else Fulfilment.MISSED


def _all(node: grammar.AllOf, frame: Frame) -> RequirementResult:
    parts = tuple(result_of(one, frame) for one in node.all)
    return RequirementResult(node, _worst(one.state for one in parts), parts=parts)


def _any(node: grammar.AnyOf, frame: Frame) -> RequirementResult:
    parts = tuple(result_of(one, frame) for one in node.any)
    state = _enough([one.state for one in parts], node.at_least)
    return RequirementResult(node, state, due=node.at_least, parts=parts)


def _none(node: grammar.NoneOf, frame: Frame) -> RequirementResult:
    parts = tuple(result_of(one, frame) for one in node.none)
    if any(one.is_good for one in parts):
        state = Fulfilment.MISSED
    elif any(one.state is Fulfilment.OPEN for one in parts):
        state = Fulfilment.OPEN
    else:
        state = Fulfilment.MET
    return RequirementResult(node, state, parts=parts)


_RESULTS: dict[type[Any], Callable[[Any, Frame], RequirementResult]] = {
    grammar.Bound: _bound,
    grammar.AllOf: _all,
    grammar.AnyOf: _any,
    grammar.NoneOf: _none,
}


def reckonings_in(result: RequirementResult) -> list[Reckoning]:
    """Every amount that a result rests on."""
    own = [result.reckoning] if result.reckoning else []
    return own + [one for part in result.parts for one in reckonings_in(part)]


def _met_count(node: grammar.MetCount, frame: Frame) -> Reckoning:
    results = [result_of(one, frame) for one in node.met]
    parts = [one for result in results for one in reckonings_in(result)]
    return Reckoning(
        sum(1 for one in results if one.is_good),
        frame.period,
        opens=any(one.state is Fulfilment.OPEN for one in results),
        counted=each_once(key for one in parts for key in one.counted),
    )


register_amount(grammar.MetCount, _met_count)
