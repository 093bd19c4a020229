"""Amounts of a subject: deeds counted or weighed within their windows, and what is made of them.

Values are exact. Deeds are weighed in sixtieths, so that minutes stay whole numbers.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Any

from baodao.kernel.errors import gettext_noop
from baodao.kernel.lives import Code
from baodao.policies.rules import grammar
from baodao.policies.rules.deeds import Deed
from baodao.policies.rules.frames import Frame, LeftOut, Reckoning
from baodao.policies.rules.grammar import AmountNode, DeedFilter, Once, Tally, WindowSpan, Worth
from baodao.policies.rules.measures import DeedTrait
from baodao.policies.rules.windows import Days, block, window_days
from baodao.policies.rules.words import Number

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
            known = value_of(frame.amounts[amount.name], frame)
            frame.reckonings[amount.name] = known
        return known
    return _VALUES[type(amount)](amount, frame)


def _tally(node: Tally, frame: Frame) -> Reckoning:
    days = window_days(node.window, frame.period, frame.day, frame.facts.began_on)
    deeds = frame.facts.by_kind.get(node.count, ())
    rows, left = _sifted(node, frame, days, deeds)
    sixtieths, counted = _weighed(node, rows, left)
    value = _whole(sixtieths)
    return Reckoning(
        value,
        days,
        opens=not frame.is_over(days),
        counted=tuple(counted),
        left_out=tuple(left) if frame.tells else (),
    )


def _sifted(
    node: Tally, frame: Frame, days: Days, deeds: Sequence[Deed]
) -> tuple[list[Deed], list[LeftOut]]:
    """The deeds that are looked at, and the others with the reason."""
    rows, left = list[Deed](), list[LeftOut]()
    last, undone = min(days.last, frame.day), frame.facts.reversed_ids
    matches, keys = _matcher(node.where), set[object]()
    for deed in deeds:
        if deed.id in undone:
            left.append(LeftOut(deed.id, NotCounted.REVERSED))
        elif deed.on > last or (deed.until or deed.on) < days.first:
            left.append(LeftOut(deed.id, NotCounted.OUTSIDE))
        elif matches is not None and not matches(deed):
            left.append(LeftOut(deed.id, NotCounted.OTHER))
        elif node.once is not None and (key := _key(node.once, deed)) in keys:
            left.append(LeftOut(deed.id, NotCounted.AGAIN, node.once.words))
        else:
            if node.once is not None:
                keys.add(key)
            rows.append(deed)
    return rows, left


def _key(once: Once, deed: Deed) -> object:
    """What two deeds share of which one counts. A trait that is not said is shared with none."""
    if once is Once.DAY:
        return deed.on
    if once in (Once.WEEK, Once.MONTH):
        return block(WindowSpan(once.value), deed.on)
    return deed.traits.get(DeedTrait(once.value)) or deed.id


def _weighed(node: Tally, rows: Iterable[Deed], left: list[LeftOut]) -> tuple[Number, list[str]]:
    """The worth of the deeds in sixtieths under the caps, and the ids of those that added to it."""
    weigh = _scale(node.worth)
    factors = [(_matcher(one.where), one.times) for one in node.factors]
    caps = node.caps is not grammar.NO_CAPS and node.caps != grammar.NO_CAPS
    room = _Room(node.caps) if caps else None
    total: Number = 0
    counted: list[str] = []
    for deed in rows:
        worth = weigh(deed)
        for matches, times in factors:
            if matches is None or matches(deed):
                worth *= times
        added = room.take(deed, worth) if room else worth
        total += added
        if room and added != worth:
            left.append(LeftOut(deed.id, NotCounted.CAPPED))
        if added or not worth:
            counted.append(deed.id)
    return total, counted


class _Room:
    """How much still counts of each day, week, month …, in sixtieths."""

    def __init__(self, caps: grammar.Caps) -> None:
        names = ("day", "week", "month", "quarter", "kind", "offer", "window")
        self._most = {
            name: most * SIXTY for name in names if (most := getattr(caps, name)) is not None
        }
        self._item = None if caps.item is None else caps.item * SIXTY
        self._taken: defaultdict[tuple[str, object], Number] = defaultdict(int)

    def take(self, deed: Deed, worth: Number) -> Number:
        """So much of the worth as there is room for; what deducts is not held back."""
        if worth <= 0:
            return worth
        if self._item is not None:
            worth = min(worth, self._item)
        places = [(name, _place(name, deed)) for name in self._most]
        added: Number = worth
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


def _scale(worth: Worth) -> Callable[[Deed], Number]:
    """What weighs a deed in sixtieths."""
    if worth == grammar.ONE:
        return _one
    each, hour, value = worth.each * SIXTY, worth.hour, worth.value * SIXTY
    table = {word: points * SIXTY for word, points in worth.table.items()}
    trait, otherwise = worth.by, worth.otherwise * SIXTY

    def weigh(deed: Deed) -> Number:
        by_table = table.get(deed.traits.get(trait, ""), otherwise) if trait else 0
        return each + hour * deed.minutes + value * deed.value + by_table

    return weigh


def _one(deed: Deed) -> Number:  # noqa: ARG001 every deed is worth the same
    return SIXTY


def _whole(sixtieths: Number) -> Number:
    value = Fraction(sixtieths, SIXTY)
    return value.numerator if value.denominator == 1 else value


_TESTS: dict[str, Callable[[Any, Deed], bool]] = {
    "way": lambda words, deed: deed.traits.get(DeedTrait.WAY) in words,
    "kind": lambda words, deed: deed.traits.get(DeedTrait.KIND) in words,
    "grade": lambda words, deed: deed.traits.get(DeedTrait.GRADE) in words,
    "origin": lambda words, deed: deed.traits.get(DeedTrait.ORIGIN) in words,
    "role": lambda words, deed: deed.traits.get(DeedTrait.ROLE) in words,
    "place": lambda words, deed: deed.traits.get(DeedTrait.PLACE) in words,
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


def _joined(value: Number, parts: Sequence[Reckoning], frame: Frame) -> Reckoning:
    """An amount made of others: told of all their days, with all their records, each once."""
    first = min((one.days.first for one in parts if len(one.days)), default=frame.period.first)
    last = max((one.days.last for one in parts if len(one.days)), default=frame.period.last)
    return Reckoning(
        value,
        Days(first, last),
        opens=any(one.opens for one in parts),
        counted=tuple(dict.fromkeys(key for one in parts for key in one.counted)),
        left_out=tuple(dict.fromkeys(row for one in parts for row in one.left_out)),
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
    before = frame.before()
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
