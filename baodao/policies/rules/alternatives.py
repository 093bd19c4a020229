"""What can be met in one of several ways, told as one: "3 hours to go, or 2 times more"."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from baodao.kernel.errors import gettext_noop
from baodao.kernel.phrases import Phrase, listed, saying
from baodao.policies.rules import grammar
from baodao.policies.rules.bound_reasons import bound_facts, is_over, with_limits
from baodao.policies.rules.clauses import any_of_words, bracketed
from baodao.policies.rules.grammar import Bound, NoneOf, RuleSet
from baodao.policies.rules.measures import DeedKind
from baodao.policies.rules.quantities import AmountVerb, plain_amount, unit_of, verb_of
from baodao.policies.rules.requirements import Fulfilment, RequirementResult

_LACK_FIRST = saying("way-told", gettext_noop("%(lack)s: %(standing)s"))
_MISSED = saying("way-missed", gettext_noop("Not reached, %(lack)s"))
_SOME_MET = saying(
    "ways-met", gettext_noop("%(least)s of %(whole)s are asked, %(count)s are met; %(reason)s")
)
_SOME = saying("ways-some", gettext_noop("%(count)s of these: %(parts)s"))
_WITH_LABEL = saying("way-named", gettext_noop("%(lack)s (%(label)s)"))
_FIRST = saying("way-first", gettext_noop("%(lack)s to go"))
_SHORT = saying("way-short", gettext_noop("short by %(lack)s"))
_MORE = {
    AmountVerb.PARTAKE: saying("way-partake", gettext_noop("%(lack)s more to take part in")),
    AmountVerb.DO: saying("way-do", gettext_noop("%(lack)s more to do")),
    AmountVerb.HAVE: saying("way-have", gettext_noop("%(lack)s more to have")),
}
_SERVE = saying("way-serve", gettext_noop("%(lack)s more to serve"))
_SPANS = saying("way-spans", gettext_noop("%(lack)s more in which it is reached"))
_REACH = saying("way-reach", gettext_noop("%(label)s to reach %(asked)s"))
_UNREACHED = saying("way-unreached", gettext_noop("%(label)s below %(asked)s"))
_TOO_MUCH = saying("way-over", gettext_noop("%(label)s at %(value)s, above %(most)s"))
_STANDING = {
    AmountVerb.PARTAKE: saying(
        "stands-partake", gettext_noop("%(label)s, took part in %(value)s, %(asked)s asked")
    ),
    AmountVerb.DO: saying("stands-do", gettext_noop("%(label)s, %(value)s done, %(asked)s asked")),
    AmountVerb.HAVE: saying(
        "stands-have", gettext_noop("%(label)s, has %(value)s, %(asked)s asked")
    ),
    AmountVerb.STAND: saying("stands-at", gettext_noop("%(label)s, at %(value)s, %(asked)s asked")),
}
_STANDING_EVERY = saying(
    "stands-every",
    gettext_noop("%(label)s each %(span)s, %(bound)s, reached in %(met)s, %(asked)s asked"),
)
_WITHOUT = saying("way-without", gettext_noop("no case of “%(parts)s” to the end"))
_WITH = saying("way-with", gettext_noop("a case of “%(parts)s”"))
_EXCLUSION = {
    Fulfilment.MET: saying("none-met", gettext_noop("As asked, there is no case of “%(parts)s”")),
    Fulfilment.OPEN: saying(
        "none-open", gettext_noop("So far there is no case of “%(parts)s”, as asked to the end")
    ),
    Fulfilment.MISSED: saying(
        "none-missed", gettext_noop("There is a case of “%(parts)s”, which must not be")
    ),
}


class Lack(NamedTuple):
    """What is missing, in words, and how its parts are joined: "" for a single one."""

    words: object
    joint: str = ""


def exclusion_reason(result: RequirementResult, node: NoneOf, rules: RuleSet) -> Phrase:
    """Why what must not be the case is so or is not."""
    nodes = node.none
    if result.state is Fulfilment.MISSED:
        pairs = zip(node.none, result.parts, strict=True)
        nodes = tuple(one for one, part in pairs if part.is_good)
    return Phrase(_EXCLUSION[result.state], {"parts": any_of_words(nodes, rules)})


def alternative_reason(result: RequirementResult, node: grammar.AnyOf, rules: RuleSet) -> object:
    """What is missing of several ways of which so many are asked: each way that is left, then how
    it stands."""
    bounds = list(_lacking(result))
    is_open = result.state is Fulfilment.OPEN
    words = _LackWords(rules, is_open, has_labels=_is_vague(bounds, rules))
    lack = some_met(words.of(result, leads=True).words, result, node)
    if not is_open:
        lack = Phrase(_MISSED, {"lack": lack})
    standings = [_standing(one, rules) for one in bounds if not _is_over(one)]
    return Phrase(_LACK_FIRST, {"lack": lack, "standing": listed(standings)}) if standings else lack


def some_met(words: object, result: RequirementResult, node: grammar.AnyOf) -> object:
    """What is missing, after how many of several ways are met where some are."""
    met = sum(1 for one in result.parts if one.is_good)
    if not met:
        return words
    facts = {"least": node.at_least, "whole": len(result.parts), "count": met, "reason": words}
    return Phrase(_SOME_MET, facts)


def ways_left(result: RequirementResult) -> list[RequirementResult]:
    """The parts by which a requirement that is not met can still be, or could have been."""
    parts = [one for one in result.parts if not one.is_good]
    if result.state is Fulfilment.OPEN and isinstance(result.node, grammar.AnyOf):
        return [one for one in parts if one.state is Fulfilment.OPEN]
    return parts


def ways_needed(result: RequirementResult) -> int:
    """How many of the ways that are left are needed."""
    if not isinstance(result.node, grammar.AnyOf):
        return len(ways_left(result))
    return result.node.at_least - sum(1 for one in result.parts if one.is_good)


def _lacking(result: RequirementResult) -> Iterator[RequirementResult]:
    """The bounds of the ways that are left."""
    if isinstance(result.node, Bound):
        yield result
    elif not isinstance(result.node, NoneOf):
        for part in ways_left(result):
            yield from _lacking(part)


def _is_vague(bounds: Sequence[RequirementResult], rules: RuleSet) -> bool:
    """Whether two are told in the same unit, so that a number alone does not say of what it is."""
    units = [
        node.every or unit_of(node.amount, rules)
        for one in bounds
        if isinstance(node := one.node, Bound)
    ]
    return len({*units}) < len(units)


def _is_over(result: RequirementResult) -> bool:
    return isinstance(result.node, Bound) and is_over(result, result.node)


def _standing(result: RequirementResult, rules: RuleSet) -> Phrase:
    """How a bound stands, without what is missing."""
    node = result.node
    assert isinstance(node, Bound)
    facts = bound_facts(result, node, rules)
    message = _STANDING_EVERY if node.every else _STANDING[verb_of(node.amount, rules)]
    return with_limits(Phrase(message, facts), result, rules)


class _LackWords:
    """Tells what is missing; `has_labels` adds of what each number is, `is_open` says that it can
    still be done."""

    def __init__(self, rules: RuleSet, is_open: bool, has_labels: bool) -> None:
        self._rules, self._is_open, self._has_labels = rules, is_open, has_labels

    def of(self, result: RequirementResult, leads: bool = False) -> Lack:
        """What is missing of a requirement; the first clause of a sentence leads it."""
        if isinstance(result.node, Bound):
            return Lack(self._bound(result, result.node, leads))
        if isinstance(result.node, NoneOf):
            clauses = any_of_words(result.node.none, self._rules)
            message = _WITHOUT if self._is_open else _WITH
            return Lack(Phrase(message, {"parts": clauses}))
        ways, needed = ways_left(result), ways_needed(result)
        if len(ways) == 1:
            return self.of(ways[0], leads)
        joint = "and" if needed >= len(ways) else "or" if needed == 1 else ", "
        parts = [self.of(one, leads and not place) for place, one in enumerate(ways)]
        words = listed((self._beside(one, joint) for one in parts), joint)
        if joint == ", ":
            words = Phrase(_SOME, {"count": needed, "parts": words})
        return Lack(words, joint)

    def _beside(self, lack: Lack, joint: str) -> object:
        """A part beside others, in brackets where it is joined in another way than they are."""
        is_bare = not lack.joint or (lack.joint == joint and joint != ", ")
        return lack.words if is_bare else bracketed(lack.words)

    def _bound(self, result: RequirementResult, node: Bound, leads: bool) -> Phrase:
        facts = bound_facts(result, node, self._rules)
        if _is_over(result):
            return Phrase(_TOO_MUCH, facts)
        verb = verb_of(node.amount, self._rules)
        if node.every is None and verb is AmountVerb.STAND:
            return Phrase(_REACH if self._is_open else _UNREACHED, facts)
        phrase = Phrase(self._message(node, verb, leads), facts)
        return Phrase(_WITH_LABEL, facts | {"lack": phrase}) if self._has_labels else phrase

    def _message(self, node: Bound, verb: AmountVerb, leads: bool) -> str:
        if not self._is_open:
            return _SHORT
        if leads:
            return _FIRST
        if node.every is not None:
            return _SPANS
        if self._has_labels and verb is AmountVerb.HAVE:
            return _MORE[verb]
        whole = plain_amount(node.amount, self._rules)
        counted = whole.count if isinstance(whole, grammar.Tally) else None
        if counted is DeedKind.SERVICE and unit_of(node.amount, self._rules) == "hours":
            return _SERVE
        return _MORE[verb]
