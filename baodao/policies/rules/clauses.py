"""What a requirement asks, in a clause."""

from datetime import date

from baodao.kernel.errors import gettext_noop
from baodao.kernel.phrases import Phrase, listed, saying
from baodao.policies.rules import grammar
from baodao.policies.rules.grammar import Bound, RequirementNode, RuleSet, WindowSpan
from baodao.policies.rules.quantities import amount_of, label_of

SPAN_NOUNS = {
    WindowSpan.WEEK: saying("span-week", gettext_noop("week")),
    WindowSpan.TEN_DAYS: saying("span-ten-days", gettext_noop("ten days")),
    WindowSpan.MONTH: saying("span-month", gettext_noop("month")),
    WindowSpan.QUARTER: saying("span-quarter", gettext_noop("quarter")),
    WindowSpan.HALF_YEAR: saying("span-half-year", gettext_noop("half-year")),
    WindowSpan.YEAR: saying("span-year", gettext_noop("year")),
}
_ONE_OF = saying("asks-one", gettext_noop("one of these: %(parts)s"))
_SOME_OF = saying("asks-some", gettext_noop("at least %(count)s of these: %(parts)s"))
_NOT = saying("asks-not", gettext_noop("this is not met: %(parts)s"))
_NONE = saying("asks-none", gettext_noop("none of these is met: %(parts)s"))
_BRACKETS = saying("brackets", gettext_noop("(%(parts)s)"))
_BOUND = saying("asks-bound", gettext_noop("%(label)s %(bound)s"))
_EVERY = saying("asks-every", gettext_noop("%(label)s %(bound)s each %(span)s"))
_SOME_SPANS = saying(
    "asks-some-spans",
    gettext_noop("%(label)s %(bound)s each %(span)s, in at least %(count)s of them"),
)
_BY = saying("asks-by", gettext_noop("%(clause)s, by %(day)s"))
_MONTH_DAY = saying("month-day", gettext_noop("%(month)s-%(day)s"))
_BETWEEN = saying("bound-between", gettext_noop("%(least)s to %(most)s"))
_LEAST = saying("bound-least", gettext_noop("at least %(least)s"))
_MOST = saying("bound-most", gettext_noop("at most %(most)s"))


def requirement_words(node: RequirementNode, rules: RuleSet) -> object:
    """What is asked, in a clause."""
    if isinstance(node, grammar.NamedRequirement):
        return requirement_words(rules.requirements[node.name], rules)
    if isinstance(node, Bound):
        return _bound(node, rules)
    if isinstance(node, grammar.AllOf):
        return listed(requirement_words(one, rules) for one in node.all)
    if isinstance(node, grammar.AnyOf):
        if node.at_least == 1:
            return Phrase(_ONE_OF, {"parts": any_of_words(node.any, rules)})
        words = listed((_bracketed(one, rules) for one in node.any), ", ")
        return Phrase(_SOME_OF, {"count": node.at_least, "parts": words})
    return Phrase(_NOT if len(node.none) == 1 else _NONE, {"parts": any_of_words(node.none, rules)})


def any_of_words(nodes: tuple[RequirementNode, ...], rules: RuleSet) -> object:
    """What is asked in several clauses that are told apart by "or"."""
    return listed((_bracketed(one, rules) for one in nodes), "or")


def _bracketed(node: RequirementNode, rules: RuleSet) -> object:
    """A clause among others that are told apart by "or"."""
    whole = node
    while isinstance(whole, grammar.NamedRequirement):
        whole = rules.requirements[whole.name]
    words = requirement_words(whole, rules)
    is_bare = isinstance(whole, Bound | grammar.NoneOf)
    if is_bare or (isinstance(whole, grammar.AllOf) and len(whole.all) == 1):
        return words
    return bracketed(words)


def bracketed(words: object) -> Phrase:
    """A clause in brackets."""
    return Phrase(_BRACKETS, {"parts": words})


def _bound(node: Bound, rules: RuleSet) -> Phrase:
    facts: dict[str, object] = {"label": label_of(node.amount, rules)}
    facts |= {"bound": bound_words(node, rules), "count": node.windows or ""}
    if node.every:
        facts["span"] = Phrase(SPAN_NOUNS[node.every])
        phrase = Phrase(_SOME_SPANS if node.windows else _EVERY, facts)
    else:
        phrase = Phrase(_BOUND, facts)
    if not node.by:
        return phrase
    return Phrase(_BY, {"clause": phrase, "day": day_of_year(node.by)})


def day_of_year(text: str) -> Phrase:
    """A day such as 06-30 in words."""
    day = date.fromisoformat(f"2024-{text}")
    return Phrase(_MONTH_DAY, {"month": day.month, "day": day.day})


def bound_words(node: Bound, rules: RuleSet) -> Phrase:
    """How much is asked: at least, at most, or between."""
    facts: dict[str, object] = {}
    if node.at_least is not None:
        facts["least"] = amount_of(node.at_least, node.amount, rules)
    if node.at_most is not None:
        facts["most"] = amount_of(node.at_most, node.amount, rules)
    if len(facts) > 1:
        return Phrase(_BETWEEN, facts)
    return Phrase(_LEAST if "least" in facts else _MOST, facts)
