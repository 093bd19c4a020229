"""Which counts may be read outside the organisation: none tells of a few people, and none can be
worked out from what else is told.

What can be worked out is a matter of equations: a place is the sum of its rows, in its own table
and in every other, and the row of a place is the total of its own table. So a count is told or left
out once for each place, from the top of the tree down, whatever table asks for it; and wherever one
of an equation is left out, a second one is. Then each of those left out could be one more or less
with others left out making up for it, so nobody knows which (complementary suppression: Willenborg
and de Waal, Elements of Statistical Disclosure Control, chapter 4). The figures of two days differ
by what happened between them: open figures are those of whole quarters, which have no service in
common.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from baodao.kernel import clock
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.moments import AsOf, Period, read_period
from baodao.kernel.spans import PeriodSpan, period_at, period_before

SMALL = 5
"""A count from 1 up to, and without, this is not told."""


@dataclass(frozen=True)
class OpenCount:
    """How many there are, and the `rest`: how many are missing to what it is a part of, 0 where it
    is part of nothing."""

    value: int
    rest: int = 0

    @property
    def is_small(self) -> bool:
        """Whether it tells of a few people, by itself or by who is missing."""
        return any(0 < abs(one) < SMALL for one in (self.value, self.rest))


def left_out(rows: Sequence[OpenCount], *, opens_sum: bool) -> frozenset[int]:
    """The places of the rows that are not told; `opens_sum` says whether their sum is.

    Small counts first. Where the sum is told, at least two are left out, and they are not few all
    together; where it is not, at least one, or the sum could be added up. Those that come next are
    the smallest with anything in them: least is lost.
    """
    small = {place for place, one in enumerate(rows) if one.is_small}
    others = [place for place in range(len(rows)) if place not in small]
    others.sort(key=lambda place: (rows[place].value == 0, rows[place].value))
    for other in others:
        together = sum(abs(rows[place].value) for place in small)
        if opens_sum and (not small or (len(small) > 1 and together >= SMALL)):
            break
        if not opens_sum and small:
            break
        small.add(other)
    return frozenset(small)


def open_quarter(text: str, day: date) -> Period:
    """The quarter that an address names, the last one that is over on `day` for none. Refused for
    any other period, and for a quarter that is not over."""
    last = period_before(PeriodSpan.QUARTER, period_at(PeriodSpan.QUARTER, day))
    period = read_period(text, AsOf(clock.end_of(day), day)) if text else last
    if str(period) != str(period_at(PeriodSpan.QUARTER, period.first)) or period.last > last.last:
        raise Refused(
            "open.period",
            gettext_noop(
                "Open figures are of whole quarters that are over: files of other spans could be "
                "subtracted from each other until they tell of a few people. Choose %(last)s or an "
                "earlier quarter."
            ),
            last=str(last),
        )
    return period
