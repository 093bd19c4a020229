"""The reasons of a result in words: what is asked, what is done, what is missing."""

from collections.abc import Iterator

from baodao.kernel.phrases import listed
from baodao.policies.rules import grammar
from baodao.policies.rules.alternatives import (
    alternative_reason,
    exclusion_reason,
    some_met,
    ways_left,
)
from baodao.policies.rules.bound_reasons import bound_reason
from baodao.policies.rules.grammar import Bound, RuleSet
from baodao.policies.rules.requirements import Fulfilment, RequirementResult


def reason_of(result: RequirementResult, rules: RuleSet) -> object:
    """Why a requirement is met or not, in one sentence; of several that must be met only what is
    missing where something is, of several of which one is enough all ways that are left as one."""
    node, parts = result.node, list(result.parts)
    if isinstance(node, Bound):
        return bound_reason(result, node, rules)
    if isinstance(node, grammar.NoneOf):
        return exclusion_reason(result, node, rules)
    if asks_all(result):
        return listed(reason_of(one, rules) for one in _missing(parts) or parts)
    if result.is_good:
        met = [one for one in parts if one.state is Fulfilment.MET]
        return listed(reason_of(one, rules) for one in met or parts if one.is_good)
    assert isinstance(node, grammar.AnyOf)
    ways = ways_left(result)
    if len(ways) == 1:
        return some_met(reason_of(ways[0], rules), result, node)
    return alternative_reason(result, node, rules)


def _missing(parts: list[RequirementResult]) -> list[RequirementResult]:
    """What is not met yet; what only must not happen until the end where nothing else is."""
    missing = [one for one in parts if not one.is_good]
    acts = [
        one
        for one in missing
        if not (isinstance(one.node, grammar.NoneOf) and one.state is Fulfilment.OPEN)
    ]
    return acts or missing


def asks_all(result: RequirementResult) -> bool:
    """Whether a requirement is met by all of its parts alone."""
    node = result.node
    if isinstance(node, grammar.AnyOf):
        return node.at_least >= len(result.parts)
    return isinstance(node, grammar.AllOf)


def lines_of(result: RequirementResult) -> Iterator[RequirementResult]:
    """What is asked one by one, as a page shows it: all of these must be met. What is met in one of
    several ways is one of them."""
    if not asks_all(result):
        yield result
        return
    for part in result.parts:
        yield from lines_of(part)


def bounds_in(result: RequirementResult) -> Iterator[RequirementResult]:
    """The bounds of a result one by one, whatever joins them."""
    if isinstance(result.node, Bound):
        yield result
    for part in result.parts:
        yield from bounds_in(part)
