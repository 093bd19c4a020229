"""Amounts of a subject: deeds counted or weighed within their windows, and what is made of them.

Values are exact.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from fractions import Fraction
from functools import lru_cache
from math import lcm
from typing import Any, TypeVar

from baodao.kernel.errors import gettext_noop
from baodao.kernel.lives import Code
from baodao.kernel.phrases import Number
from baodao.policies.rules import grammar
from baodao.policies.rules.deeds import Deed
from baodao.policies.rules.frames import Frame, LeftOut, Reckoning
from baodao.policies.rules.grammar import AmountNode, DeedFilter, Once, Tally, WindowSpan, Worth
from baodao.policies.rules.measures import DeedTrait
from baodao.policies.rules.windows import Days, block, period_before, window_days

T = TypeVar("T")
SIXTY = 60


class NotCounted(Code):
    """Why a record was not counted."""

    REVERSED = "reversed", gettext_noop("It was taken back.")
    OUTSIDE = "outside", gettext_noop("Its day is not in the time that counts.")
    OTHER = "other", gettext_noop("Only certain ones count, and it is not one of them.")
    AGAIN = "again", gettext_noop("Another of the same %(detail)s counts already.")
    CAPPED = "capped", gettext_noop("The most that counts is reached.")


def value_of(amount: AmountNode, frame: Frame) -> Reckoning:
    """The amount in this frame."""
    if isinstance(amount, grammar.NamedAmount):
        known = frame.reckonings.get(amount.name)
        if known is None:
            known = value_of(frame.rules.amounts[amount.name], frame)
            frame.reckonings[amount.name] = known
        return known
    return _VALUES[type(amount)](amount, frame)


class TallyPlan:
    """What a count needs of its shape, made ready once for all subjects.

    Worth is weighed in whole parts of a minute's worth, so that no fraction is added up: `unit` of
    them are worth 1.
    """

    def __init__(self, node: Tally) -> None:
        caps = [most for name in CAPPED if (most := getattr(node.caps, name)) is not None]
        worth = node.worth
        numbers = [worth.each, worth.hour, worth.value, worth.otherwise, *worth.table.values()]
        numbers += [*caps, *(one.times for one in node.factors)]
        shared = lcm(*(Fraction(one).denominator for one in numbers))
        self.unit = SIXTY * shared ** (1 + len(node.factors))
        self.once, self.caps = node.once, node.caps if caps else None
        self.matches = _matcher(node.where)
        self.weigh = None if worth == grammar.ONE else _scale(worth, self.unit)
        self.factors = [(_matcher(one.where), one.times) for one in node.factors]


def _tally(node: Tally, frame: Frame) -> Reckoning:
    plan = frame.rules.plans.get(id(node))
    if plan is None:
        plan = frame.rules.plans[id(node)] = TallyPlan(node)
    days = window_days(node.window, frame.period, frame.day, frame.facts.began_on)
    left: list[LeftOut] = []
    rows = _sifted(plan, frame, days, frame.facts.by_kind.get(node.count, ()), left)
    if plan.weigh is None and plan.caps is None and not plan.factors:
        value: Number = len(rows)
        counted = [deed.id for deed in rows] if frame.tells else []
    else:
        if frame.tells or plan.caps or plan.factors or plan.weigh is None:
            total, counted = _weighed(plan, rows, left)
        else:
            total, counted = _integer(sum(map(plan.weigh, rows))), []
        value = total // plan.unit if total % plan.unit == 0 else Fraction(total, plan.unit)
    opens = frame.day < days.last
    if not frame.tells:
        return Reckoning(value, days, opens)
    return Reckoning(value, days, opens, tuple(counted), tuple(left))


def _sifted(
    plan: TallyPlan, frame: Frame, days: Days, deeds: Sequence[Deed], left: list[LeftOut]
) -> Sequence[Deed]:
    """The deeds that are looked at; the others go to `left` with the reason."""
    first, last, undone = days.first, min(days.last, frame.day), frame.facts.reversed_ids
    matches, once = plan.matches, plan.once
    if not (frame.tells or undone or once):
        within = _within(deeds, first, last)
        return within if matches is None else [one for one in within if matches(one)]
    rows, keys = list[Deed](), set[object]()
    for deed in deeds:
        if deed.id in undone:
            why, detail = NotCounted.REVERSED, ""
        elif deed.on > last or (deed.until or deed.on) < first:
            why, detail = NotCounted.OUTSIDE, ""
        elif matches is not None and not matches(deed):
            why, detail = NotCounted.OTHER, ""
        elif once is not None and (key := _key(once, deed)) in keys:
            why, detail = NotCounted.AGAIN, once.value
        else:
            if once is not None:
                keys.add(key)
            rows.append(deed)
            continue
        if frame.tells:
            left.append(LeftOut(deed.id, why, detail))
    return rows


def _within(deeds: Sequence[Deed], first: date, last: date) -> Sequence[Deed]:
    """Those of these deeds, which stand by their days, that touch a window: mostly all of them."""
    if not deeds or (deeds[0].on >= first and deeds[-1].on <= last):
        return deeds
    return [one for one in deeds if one.on <= last and (one.until or one.on) >= first]


def _key(once: Once, deed: Deed) -> object:
    """What two deeds share of which one counts. A trait that is not said is shared with none."""
    if once is Once.DAY:
        return deed.on
    if once in (Once.WEEK, Once.MONTH):
        return block(WindowSpan(once.value), deed.on)
    return deed.traits.get(DeedTrait(once.value)) or deed.id


def _weighed(
    plan: TallyPlan, rows: Iterable[Deed], left: list[LeftOut]
) -> tuple[Number, list[str]]:
    """The worth of the deeds in units under the caps, and the ids of those that added to it."""
    weigh, room = plan.weigh, _Room(plan.caps, plan.unit) if plan.caps else None
    total: Number = 0
    counted: list[str] = []
    for deed in rows:
        worth: Number = weigh(deed) if weigh else plan.unit
        for matches, times in plan.factors:
            if matches is None or matches(deed):
                worth *= times
        added = room.take(deed, worth) if room else worth
        total += added
        if added != worth:
            left.append(LeftOut(deed.id, NotCounted.CAPPED))
        if added or not worth:
            counted.append(deed.id)
    return _integer(total), counted


def _integer(number: Number) -> Number:
    return number if isinstance(number, int) or number.denominator > 1 else number.numerator


CAPPED = ("item", "day", "week", "month", "quarter", "kind", "offer", "window")


class _Room:
    """How much still counts of each day, week, month …, in units."""

    def __init__(self, caps: grammar.Caps, unit: int) -> None:
        self._most = {
            name: most * unit for name in CAPPED if (most := getattr(caps, name)) is not None
        }
        self._item = self._most.pop("item", None)
        self._taken: defaultdict[tuple[str, object], Number] = defaultdict(int)

    def take(self, deed: Deed, worth: Number) -> Number:
        """So much of the worth as there is room for; what deducts is not held back."""
        if worth <= 0:
            return worth
        added = worth if self._item is None else min(worth, self._item)
        places = [(name, _place(name, deed)) for name in self._most]
        for place in places:
            added = min(added, self._most[place[0]] - self._taken[place])
        added = max(0, added)
        for place in places:
            self._taken[place] += added
        return added


def _place(name: str, deed: Deed) -> object:
    if name == "window":
        return ""
    if name == "day":
        return deed.on
    if name in ("kind", "offer"):
        return deed.traits.get(DeedTrait(name)) or deed.id
    return block(WindowSpan(name), deed.on)


def _scale(worth: Worth, unit: int) -> Callable[[Deed], Number]:
    """What weighs a deed in units."""
    each, hour = _integer(worth.each * unit), _integer(Fraction(worth.hour * unit, SIXTY))
    value, trait = _integer(worth.value * unit), worth.by
    table = {word: _integer(points * unit) for word, points in worth.table.items()}
    otherwise = _integer(worth.otherwise * unit)

    if not (each or value or trait):
        return lambda deed: hour * deed.minutes

    def weigh(deed: Deed) -> Number:
        by_table = table.get(deed.traits.get(trait, ""), otherwise) if trait else 0
        return each + hour * deed.minutes + value * deed.value + by_table

    return weigh


def _has(trait: DeedTrait) -> Callable[[Any, Deed], bool]:
    return lambda words, deed: deed.traits.get(trait) in words


_TESTS: dict[str, Callable[[Any, Deed], bool]] = {
    **{one.value: _has(one) for one in DeedTrait if one is not DeedTrait.OFFER},
    "confirmed": lambda flag, deed: deed.confirmed is flag,
    "minutes_at_least": lambda least, deed: deed.minutes >= least,
    "months": lambda months, deed: deed.on.month in months,
    "weekdays": lambda days, deed: deed.on.isoweekday() in days,
}


@lru_cache(maxsize=1024)
def _matcher(where: DeedFilter) -> Callable[[Deed], bool] | None:
    """What tells whether a deed is one of those that count; None where all are."""
    tests = [
        (test, given)
        for name, test in _TESTS.items()
        if (given := getattr(where, name)) not in ((), None)
    ]
    refused = _matcher(where.except_) if where.except_ else None
    if not tests and refused is None:
        return None

    def matches(deed: Deed) -> bool:
        if refused is not None and refused(deed):
            return False
        return all(test(given, deed) for test, given in tests)

    return matches


def _bounded(value: Number, least: Number | None, most: Number | None) -> Number:
    if least is not None:
        value = max(value, least)
    return value if most is None else min(value, most)


def each_once(rows: Iterable[T]) -> tuple[T, ...]:
    """The rows in their order, each once."""
    return tuple(dict.fromkeys(rows))


def _joined(value: Number, parts: Sequence[Reckoning], frame: Frame) -> Reckoning:
    """An amount made of others: told of all their days, with all their records, each once."""
    first = min((one.days.first for one in parts if len(one.days)), default=frame.period.first)
    last = max((one.days.last for one in parts if len(one.days)), default=frame.period.last)
    return Reckoning(
        value,
        Days(first, last),
        opens=any(one.opens for one in parts),
        counted=each_once(key for one in parts for key in one.counted),
        left_out=each_once(row for one in parts for row in one.left_out),
    )


def _summand(node: grammar.Summand, value: Number) -> Number:
    value = max(0, value - node.beyond) if node.beyond else value
    if node.full is not None:
        share = min(Fraction(1), Fraction(value) / node.full) if node.full else Fraction(1)
        value = max(Fraction(0), share) * node.weight
    return _bounded(value * node.times, node.at_least, node.at_most)


def _total(node: grammar.Total, frame: Frame) -> Reckoning:
    parts = [value_of(one.of, frame) for one in node.sum]
    values = (_summand(one, part.value) for one, part in zip(node.sum, parts, strict=True))
    return _joined(_bounded(node.start + sum(values), node.floor, node.at_most), parts, frame)


def _rate(node: grammar.Rate, frame: Frame) -> Reckoning:
    share, whole = value_of(node.rate, frame), value_of(node.among, frame)
    value = Fraction(100 * share.value) / whole.value if whole.value else 100
    return _joined(value, [share, whole], frame)


def _best(node: grammar.Best, frame: Frame) -> Reckoning:
    parts = [value_of(one, frame) for one in node.best]
    values = sorted((one.value for one in parts), reverse=True)
    return _joined(sum(values[: node.keep]), parts, frame)


def _carry(node: grammar.Carry, frame: Frame) -> Reckoning:
    before = frame.within(period_before(frame.rules.period, frame.period, frame.facts.began_on))
    if not len(before.period):
        return Reckoning(0, frame.period)
    past = value_of(node.carry, before)
    value = max(0, past.value - node.beyond) * Fraction(node.share) / 100
    return Reckoning(_bounded(value, None, node.at_most), past.days, counted=past.counted)


_VALUES: dict[type[Any], Callable[[Any, Frame], Reckoning]] = {
    grammar.Tally: _tally,
    grammar.Total: _total,
    grammar.Rate: _rate,
    grammar.Best: _best,
    grammar.Carry: _carry,
}


def register_amount(kind: type[Any], value: Callable[[Any, Frame], Reckoning]) -> None:
    """An amount that needs requirements, which stand above amounts."""
    _VALUES[kind] = value
