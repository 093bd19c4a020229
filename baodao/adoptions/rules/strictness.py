"""Whether one policy asks at least as much as another, where that can be decided by comparing."""

from dataclasses import dataclass, replace

from baodao.adoptions.rules.words import Json, json_of
from baodao.kernel.errors import gettext_noop
from baodao.kernel.lives import Code
from baodao.policies.rules import grammar
from baodao.policies.rules.clauses import bound_words
from baodao.policies.rules.grammar import AmountNode, Bound, RequirementNode, RuleSet
from baodao.policies.rules.quantities import label_of, plain_amount


class Strictness(Code):
    """How one policy compares with another."""

    AS_STRICT = "as-strict", gettext_noop("It asks at least as much.")
    WEAKER = "weaker", gettext_noop("It asks less.")
    UNDECIDED = "undecided", gettext_noop("Whether it asks less cannot be told by comparing.")


@dataclass(frozen=True)
class StrictnessCheck:
    """How two policies compare, and the bounds of the upper one that are not kept, or cannot be
    compared, each as its label and what it asks."""

    strictness: Strictness
    bounds: tuple[Json, ...] = ()


def compared(lower: RuleSet, upper: RuleSet) -> StrictnessCheck:
    """Whether who meets `lower` certainly meets `upper`: every bound that the upper asks is asked
    by the lower too, in the same period, of the same amount and windows, and as high."""
    if upper.outcome.pass_ is None:
        return StrictnessCheck(Strictness.AS_STRICT)
    required = _bounds(upper, upper.outcome.pass_)
    given = _bounds(lower, lower.outcome.pass_) if lower.outcome.pass_ else []
    if required is None or given is None or not _alike(lower, upper):
        return StrictnessCheck(Strictness.UNDECIDED)
    weaker, unclear = [], []
    for bound in required:
        same = [one for one in given if _about(one, lower) == _about(bound, upper)]
        if not same:
            unclear.append(_words(bound, upper))
        elif not any(_as_strict(one, bound) for one in same):
            weaker.append(_words(bound, upper))
    if weaker:
        return StrictnessCheck(Strictness.WEAKER, tuple(weaker))
    if unclear:
        return StrictnessCheck(Strictness.UNDECIDED, tuple(unclear))
    return StrictnessCheck(Strictness.AS_STRICT)


def _bounds(rules: RuleSet, node: RequirementNode) -> list[Bound] | None:
    """The bounds that must all be met; None where the requirement is of another shape."""
    if isinstance(node, grammar.NamedRequirement):
        return _bounds(rules, rules.requirements[node.name])
    if isinstance(node, Bound):
        return [node]
    if not isinstance(node, grammar.AllOf):
        return None
    rows: list[Bound] = []
    for part in node.all:
        inner = _bounds(rules, part)
        if inner is None:
            return None
        rows += inner
    return rows


def _alike(lower: RuleSet, upper: RuleSet) -> bool:
    """Whether both speak of the same people and look at the same time."""
    return (
        lower.subject is upper.subject
        and lower.period == upper.period
        and (lower.population == upper.population)
    )


def _about(bound: Bound, rules: RuleSet) -> tuple[object, ...]:
    """What a bound is about, without how high it is: names and labels say nothing."""
    return _bare(bound.amount, rules), bound.every, bound.by, bound.pro_rata


def _bare(amount: AmountNode, rules: RuleSet) -> object:
    plain = plain_amount(amount, rules)
    if isinstance(plain, grammar.Tally):
        return replace(plain, label="", unit="")
    # an amount made of others compares only with one made alike, of the same named amounts
    return plain, tuple(sorted((name, repr(one)) for name, one in rules.amounts.items()))


def _as_strict(lower: Bound, upper: Bound) -> bool:
    if upper.at_least is not None and (lower.at_least or 0) < upper.at_least:
        return False
    if upper.at_most is not None and (lower.at_most is None or lower.at_most > upper.at_most):
        return False
    return upper.every is None or _windows(lower) >= _windows(upper)


def _windows(bound: Bound) -> int:
    """In how many windows it must be met; all are more than any number."""
    return 10_000 if bound.windows is None else bound.windows


def _words(bound: Bound, rules: RuleSet) -> Json:
    return {
        "label": json_of(label_of(bound.amount, rules)),
        "asked": json_of(bound_words(bound, rules)),
    }
