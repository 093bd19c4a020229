"""What a policy asks one by one, as it is kept: in words, how it stands, how much of it is done, by
when. What is met in one of several ways is one line."""

from fractions import Fraction

from baodao.adoptions.rules.words import Json, json_of
from baodao.policies.rules.alternatives import ways_left, ways_needed
from baodao.policies.rules.bound_reasons import is_over
from baodao.policies.rules.grammar import AnyOf, Bound, NoneOf, RuleSet
from baodao.policies.rules.reasons import bounds_in, lines_of, reason_of
from baodao.policies.rules.requirements import Fulfilment, RequirementResult
from baodao.policies.rules.windows import NEVER, Days


def line_of(result: RequirementResult, rules: RuleSet) -> dict[str, Json]:
    """A line: its words, its state, `share`, which is how much of what is asked is done in per
    cent, None where that cannot be said, and whether less is asked of the subject (`shrunk`)."""
    share = share_of(result)
    return {
        "words": json_of(reason_of(result, rules)),
        "state": result.state.value,
        "share": None if share is None else int(100 * share),
        "shrunk": any(one.due != one.whole for one in bounds_in(result)),
    }


def share_of(result: RequirementResult) -> Fraction | None:
    """How much of what is asked is done, from 0 to 1: of a bound its amount, of all the mean, of
    one of several the one that is nearest. None where nothing is asked, or only that something
    does not happen."""
    if result.state is Fulfilment.EXCUSED or isinstance(result.node, NoneOf):
        return None
    if isinstance(result.node, Bound):
        return _share_of_bound(result, result.node)
    if result.state is Fulfilment.MET:
        return Fraction(1)
    shares = [Fraction(1) for one in result.parts if one.is_good and share_of(one) is not None]
    nearest = sorted((_share(one) for one in ways_left(result)), reverse=True)
    shares += nearest[: ways_needed(result)]
    return sum(shares, Fraction(0)) / len(shares) if shares else None


def _share(result: RequirementResult) -> Fraction:
    """Of a way that is left; of one that only forbids something, nothing yet."""
    return share_of(result) or Fraction(0)


def _share_of_bound(result: RequirementResult, node: Bound) -> Fraction | None:
    if node.at_least is None or result.reckoning is None or is_over(result, node):
        return None
    value, due = result.reckoning.value, result.due
    return Fraction(1) if value >= due else Fraction(max(value, 0)) / due


def open_days(result: RequirementResult) -> Days | None:
    """The first window in which something is still to be done; None where there is none that ends
    in this time of ours. Of one of several ways it is the last, of two of several the last but one:
    until then enough of them are left."""
    windows = (days for line in lines_of(result) if (days := _open_days(line)))
    return min((one for one in windows if one.last < NEVER), key=_last, default=None)


def _open_days(result: RequirementResult) -> Days | None:
    if result.state is not Fulfilment.OPEN or isinstance(result.node, NoneOf):
        return None
    if isinstance(result.node, AnyOf):
        ways = (days for one in ways_left(result) if (days := _open_days(one)))
        latest = sorted(ways, key=_last, reverse=True)
        return latest[min(ways_needed(result), len(latest)) - 1] if latest else None
    if result.parts:
        return min((days for one in result.parts if (days := _open_days(one))), key=_last)
    if result.windows:
        return next(days for days, state in result.windows if state is Fulfilment.OPEN)
    return result.reckoning.days if result.reckoning else None


def _last(days: Days) -> int:
    return days.last.toordinal()
