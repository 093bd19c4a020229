"""What an evaluation looks at: one subject, one policy, one day and one period."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from baodao.kernel.phrases import Number
from baodao.policies.rules.deeds import SubjectFacts
from baodao.policies.rules.grammar import RuleSet
from baodao.policies.rules.windows import NEVER, Days, period_days, share_asked


class LeftOut(NamedTuple):
    """A record that was not counted in an amount, and why: a code of `NotCounted`; `detail` is one
    of `Once`, by which another counts already."""

    id: str
    why: str
    detail: str = ""


class Reckoning(NamedTuple):
    """An amount: its value, the days it is told of, the ids of what was counted and what not.

    `opens` says whether deeds of days to come can still add to it.
    """

    value: Number
    days: Days
    opens: bool = False
    counted: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


@dataclass
class Frame:
    """One evaluation. `day` is the last day whose deeds count; without `tells` nothing is kept of
    single records, counted or not, which is what many subjects at once need. What was reckoned
    stays for the frame: amounts and requirements (`results`) by their names."""

    rules: RuleSet
    facts: SubjectFacts
    day: date
    period: Days
    tells: bool = True
    reckonings: dict[str, Reckoning] = field(default_factory=dict)
    shares: dict[Days, Number] = field(default_factory=dict)
    results: dict[str, Any] = field(default_factory=dict)

    def within(self, period: Days) -> "Frame":
        """The same evaluation over other days."""
        return Frame(self.rules, self.facts, self.day, period, self.tells, {}, self.shares)

    def share_asked(self, days: Days) -> Number:
        """Which part of what a window asks is asked of the subject."""
        share = self.shares.get(days)
        if share is None:
            share = share_asked(self.facts, self.rules.population, days)
            self.shares[days] = share
        return share


def frame_of(
    rules: RuleSet, facts: SubjectFacts, day: date, about: date | None = None, tells: bool = True
) -> Frame:
    """The evaluation as of the end of `day` of the period in which the day `about`, else `day`
    itself, lies."""
    period = period_days(rules.period, about or day, facts.began_on)
    return Frame(rules, facts, min(day, NEVER), period, tells)
