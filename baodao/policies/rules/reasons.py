"""The reasons of a result in words: what is asked, what is done, what is missing."""

from collections.abc import Iterator
from datetime import date

from baodao.kernel.errors import gettext_noop, ngettext_noop
from baodao.policies.rules import grammar
from baodao.policies.rules.grammar import Bound, RuleSet, WindowSpan
from baodao.policies.rules.quantities import AmountVerb, amount_of, label_of, verb_of
from baodao.policies.rules.requirements import GOOD, Fulfilment, RequirementResult
from baodao.policies.rules.windows import Days, block
from baodao.policies.rules.words import Number, Phrase, listed

_PARTAKE, _DO, _HAVE, _STAND = AmountVerb.PARTAKE, AmountVerb.DO, AmountVerb.HAVE, AmountVerb.STAND
_DONE = {
    (Fulfilment.MET, _DO): gettext_noop("%(label)s: %(value)s done, as asked (%(asked)s)"),
    (Fulfilment.MET, _PARTAKE): gettext_noop(
        "%(label)s: took part in %(value)s, as asked (%(asked)s)"
    ),
    (Fulfilment.MET, _HAVE): gettext_noop("%(label)s: has %(value)s, as asked (%(asked)s)"),
    (Fulfilment.MET, _STAND): gettext_noop("%(label)s at %(value)s, as asked (%(asked)s)"),
    (Fulfilment.OPEN, _DO): gettext_noop(
        "%(lack)s of %(label)s to go: %(value)s done, %(asked)s asked"
    ),
    (Fulfilment.OPEN, _PARTAKE): gettext_noop(
        "%(lack)s of %(label)s to go: took part in %(value)s, %(asked)s asked"
    ),
    (Fulfilment.OPEN, _HAVE): gettext_noop(
        "%(lack)s of %(label)s to go: has %(value)s, %(asked)s asked"
    ),
    (Fulfilment.OPEN, _STAND): gettext_noop("%(label)s at %(value)s so far, %(asked)s asked"),
    (Fulfilment.MISSED, _DO): gettext_noop(
        "Not reached, short by %(lack)s of %(label)s: %(value)s done, %(asked)s asked"
    ),
    (Fulfilment.MISSED, _PARTAKE): gettext_noop(
        "Not reached, short by %(lack)s of %(label)s: took part in %(value)s, %(asked)s asked"
    ),
    (Fulfilment.MISSED, _HAVE): gettext_noop(
        "Not reached, short by %(lack)s of %(label)s: has %(value)s, %(asked)s asked"
    ),
    (Fulfilment.MISSED, _STAND): gettext_noop(
        "Not reached: %(label)s at %(value)s, %(asked)s asked"
    ),
}
_EVERY = {
    Fulfilment.MET: gettext_noop("%(label)s each %(span)s, %(bound)s: reached in all %(asked)s"),
    Fulfilment.OPEN: gettext_noop(
        "%(lack)s to go: %(label)s each %(span)s, %(bound)s; reached in %(met)s, %(asked)s asked"
    ),
    Fulfilment.MISSED: gettext_noop(
        "Not reached: %(label)s each %(span)s, %(bound)s; %(asked)s asked, reached in %(met)s"
    ),
}
_MOST_WINDOWS = 3
"""So many weeks or months are named; of more it is said how many they are."""


def reason_of(result: RequirementResult, rules: RuleSet) -> object:
    """Why a requirement is met or not, in one sentence; of several that must be met only what is
    missing where something is."""
    node = result.node
    if isinstance(node, Bound):
        return _every_reason(result, node, rules) if node.every else _reason(result, node, rules)
    parts = list(result.parts)
    if isinstance(node, grammar.AllOf):
        missing = [one for one in parts if not one.is_good]
        return listed(reason_of(one, rules) for one in missing or parts)
    if isinstance(node, grammar.AnyOf):
        return _any_reason(result, node, rules)
    return listed(reason_of(one, rules) for one in parts)


def lines_of(result: RequirementResult) -> Iterator[RequirementResult]:
    """The bounds of a result one by one, as a page shows them."""
    if not result.parts:
        yield result
    for part in result.parts:
        yield from lines_of(part)


def _any_reason(result: RequirementResult, node: grammar.AnyOf, rules: RuleSet) -> object:
    good = [one for one in result.parts if one.is_good]
    if result.state in GOOD and good:
        return listed(reason_of(one, rules) for one in good)
    reasons = listed((reason_of(one, rules) for one in result.parts if not one.is_good), "or")
    if node.at_least == 1 and result.state is Fulfilment.OPEN and len(result.parts) > 1:
        enough = gettext_noop("one of these is enough: %(reasons)s")
        return Phrase(enough, {"reasons": reasons})
    if node.at_least == 1:
        return reasons
    facts = {"count": node.at_least - len(good), "reasons": reasons}
    return Phrase(gettext_noop("%(count)s more of these: %(reasons)s"), facts)


def _reason(result: RequirementResult, node: Bound, rules: RuleSet) -> object:
    assert result.reckoning
    value, due = result.reckoning.value, result.due
    facts: dict[str, object] = {
        "label": label_of(node.amount, rules),
        "value": amount_of(value, node.amount, rules),
        "asked": amount_of(due, node.amount, rules),
        "lack": amount_of(due - value, node.amount, rules),
    }
    if result.state is Fulfilment.EXCUSED:
        return Phrase(gettext_noop("%(label)s: not asked in this time"), facts)
    if node.at_most is not None and (node.at_least is None or value > node.at_most):
        facts["most"] = amount_of(node.at_most, node.amount, rules)
        is_over = value > node.at_most
        over = gettext_noop("%(label)s: %(value)s, more than the %(most)s allowed")
        return Phrase(
            over if is_over else gettext_noop("%(label)s: %(value)s, at most %(most)s"), facts
        )
    sentence = Phrase(_DONE[result.state, verb_of(node.amount, rules)], facts)
    if node.by:
        dated = gettext_noop("%(sentence)s (until %(day)s)")
        sentence = Phrase(dated, {"sentence": sentence, "day": day_of_year(node.by)})
    if due == result.whole:
        return sentence
    whole = amount_of(result.whole, node.amount, rules)
    shrunk = gettext_noop("%(sentence)s (of %(whole)s, by the time of membership and exemptions)")
    return Phrase(shrunk, {"sentence": sentence, "whole": whole})


def day_of_year(text: str) -> Phrase:
    """A day such as 06-30 in words."""
    day = date.fromisoformat(f"2024-{text}")
    message = gettext_noop("%(month)s-%(day)s")
    return Phrase(message, {"month": day.month, "day": day.day})


def _every_reason(result: RequirementResult, node: Bound, rules: RuleSet) -> object:
    assert node.every
    met = _counts(result).get(Fulfilment.MET, 0)
    facts: dict[str, object] = {
        "span": Phrase(SPAN_NOUNS[node.every]),
        "label": label_of(node.amount, rules),
        "bound": bound_words(node, rules),
        "met": _spans(met, node.every),
        "asked": _spans(result.due, node.every),
        "lack": _spans(max(result.due - met, 0), node.every),
    }
    if result.state is Fulfilment.EXCUSED:
        return Phrase(gettext_noop("%(label)s: not asked in this time"), facts)
    sentence = Phrase(_EVERY[result.state], facts)
    missed = [days for days, state in result.windows if state is Fulfilment.MISSED]
    if not missed or result.state in GOOD:
        return sentence
    windows = listed((_named_days(one, node.every) for one in missed[:_MOST_WINDOWS]), ", ")
    if len(missed) > _MOST_WINDOWS:
        more = gettext_noop("%(windows)s and more, %(count)s in all")
        windows = Phrase(more, {"windows": windows, "count": _spans(len(missed), node.every)})
    tail = gettext_noop("%(sentence)s; not in %(windows)s")
    return Phrase(tail, {"sentence": sentence, "windows": windows})


def _spans(number: Number, span: WindowSpan) -> Phrase:
    """So many weeks, months, quarters."""
    one, many = _COUNTED[span]
    return Phrase(one, {"number": number}, many, number)


SPAN_NOUNS = {
    WindowSpan.WEEK: gettext_noop("week"),
    WindowSpan.MONTH: gettext_noop("month"),
    WindowSpan.QUARTER: gettext_noop("quarter"),
    WindowSpan.HALF_YEAR: gettext_noop("half-year"),
    WindowSpan.YEAR: gettext_noop("year"),
}
_COUNTED = {
    WindowSpan.WEEK: ngettext_noop("%(number)s week", "%(number)s weeks"),
    WindowSpan.MONTH: ngettext_noop("%(number)s month", "%(number)s months"),
    WindowSpan.QUARTER: ngettext_noop("%(number)s quarter", "%(number)s quarters"),
    WindowSpan.HALF_YEAR: ngettext_noop("%(number)s half-year", "%(number)s half-years"),
    WindowSpan.YEAR: ngettext_noop("%(number)s year", "%(number)s years"),
}
_NAMES = {
    WindowSpan.MONTH: gettext_noop("month %(month)s of %(year)s"),
    WindowSpan.QUARTER: gettext_noop("quarter %(quarter)s of %(year)s"),
    WindowSpan.YEAR: gettext_noop("the year %(year)s"),
}


def _counts(result: RequirementResult) -> dict[Fulfilment, int]:
    counts: dict[Fulfilment, int] = {}
    for _, state in result.windows:
        counts[state] = counts.get(state, 0) + 1
    return counts


def _named_days(days: Days, span: WindowSpan) -> Phrase:
    """A window by its name, a week by its days."""
    if span is WindowSpan.WEEK or block(span, days.first) != days:
        message = gettext_noop("%(first)s to %(last)s")
        return Phrase(message, {"first": days.first, "last": days.last})
    month = days.first.month
    facts = {"year": days.first.year, "month": month, "quarter": (month + 2) // 3}
    if span is WindowSpan.HALF_YEAR:
        first = gettext_noop("the first half of %(year)s")
        second = gettext_noop("the second half of %(year)s")
        return Phrase(first if month == 1 else second, facts)
    return Phrase(_NAMES[span], facts)


def bound_words(node: Bound, rules: RuleSet) -> Phrase:
    """How much is asked: at least, at most, or between."""
    facts: dict[str, object] = {}
    if node.at_least is not None:
        facts["least"] = amount_of(node.at_least, node.amount, rules)
    if node.at_most is not None:
        facts["most"] = amount_of(node.at_most, node.amount, rules)
    if len(facts) > 1:
        return Phrase(gettext_noop("%(least)s to %(most)s"), facts)
    least = gettext_noop("at least %(least)s")
    return Phrase(least if "least" in facts else gettext_noop("at most %(most)s"), facts)
