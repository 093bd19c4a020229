"""An invented subject on which a policy is shown at work: so many deeds of each kind, spread evenly
over the period."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from baodao.policies.rules import grammar
from baodao.policies.rules.checks import nodes_in
from baodao.policies.rules.deeds import Deed, SubjectFacts
from baodao.policies.rules.grammar import DeedFilter, RuleSet
from baodao.policies.rules.measures import DeedKind, DeedTrait
from baodao.policies.rules.windows import period_days

TIMES, MINUTES = 6, 120
"""What the example says before somebody changes it."""
MOST_TIMES = 500
_LONGEST = timedelta(days=364)


@dataclass(frozen=True)
class Sample:
    """Of one kind so many deeds of so many minutes each."""

    kind: DeedKind
    times: int = TIMES
    minutes: int = MINUTES


def samples_of(rules: RuleSet) -> list[Sample]:
    """What the example can say: a line for each kind of deed that the policy counts."""
    return [Sample(kind) for kind in _filters(rules)]


def _filters(rules: RuleSet) -> dict[DeedKind, grammar.Tally]:
    """The first count of each kind, in the order of the text."""
    kinds: dict[DeedKind, grammar.Tally] = {}
    for node in nodes_in(rules):
        if isinstance(node, grammar.Tally):
            kinds.setdefault(node.count, node)
    return kinds


def sample_facts(rules: RuleSet, samples: Mapping[DeedKind, Sample], day: date) -> SubjectFacts:
    """The facts of the example; its deeds end on the last day of the period with `day`."""
    deeds: list[Deed] = []
    for kind, node in _filters(rules).items():
        if kind in samples:
            deeds += _deeds(samples[kind], node, *_ends(rules, day))
    return SubjectFacts("sample", tuple(deeds))


def last_day(rules: RuleSet, day: date) -> date:
    """The last day of the period, on which the example is looked at."""
    return _ends(rules, day)[1]


def _ends(rules: RuleSet, day: date) -> tuple[date, date]:
    """The first and the last day on which the example does something: of the period, or of a year
    of it where it is longer."""
    days = period_days(rules.period, day, None)
    last = min(days.last, date(day.year, 12, 31))
    return max(days.first, last - _LONGEST), last


def _deeds(sample: Sample, node: grammar.Tally, first: date, last: date) -> Iterator[Deed]:
    """The deeds of a line. What counts by the value that it carries is one deed of that value."""
    traits = _traits(node.where)
    if node.worth.value:
        yield Deed(f"{sample.kind}-1", sample.kind, last, None, 0, sample.times, traits)
        return
    whole = (last - first).days
    for turn in range(sample.times):
        on = last - timedelta(days=whole * turn // max(sample.times, 1))
        own = {**traits, DeedTrait.OFFER: f"{turn}"} if sample.kind is DeedKind.CLAIM else traits
        yield Deed(f"{sample.kind}-{turn + 1}", sample.kind, on, None, sample.minutes, 1, own)


def _traits(where: DeedFilter) -> dict[DeedTrait, str]:
    """Traits with which a deed passes a filter."""
    words = {one: getattr(where, one.value, ()) for one in DeedTrait}
    return {trait: str(given[0]) for trait, given in words.items() if given}
