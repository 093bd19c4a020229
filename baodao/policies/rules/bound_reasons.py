"""Why one bound is met or not, in a sentence: what is asked, what is done, what is missing."""

from baodao.kernel.errors import gettext_noop, ngettext_noop
from baodao.kernel.phrases import Number, Phrase, listed, saying
from baodao.policies.rules.clauses import SPAN_NOUNS, bound_words, day_of_year
from baodao.policies.rules.grammar import Bound, RuleSet, WindowSpan
from baodao.policies.rules.quantities import AmountVerb, amount_of, label_of, verb_of
from baodao.policies.rules.requirements import GOOD, Fulfilment, RequirementResult
from baodao.policies.rules.windows import Days, block

_PARTAKE, _DO, _HAVE, _STAND = AmountVerb.PARTAKE, AmountVerb.DO, AmountVerb.HAVE, AmountVerb.STAND
_DONE = {
    (Fulfilment.MET, _DO): saying(
        "met-done", gettext_noop("%(label)s: %(value)s done, as asked (%(asked)s)")
    ),
    (Fulfilment.MET, _PARTAKE): saying(
        "met-partake", gettext_noop("%(label)s: took part in %(value)s, as asked (%(asked)s)")
    ),
    (Fulfilment.MET, _HAVE): saying(
        "met-have", gettext_noop("%(label)s: has %(value)s, as asked (%(asked)s)")
    ),
    (Fulfilment.MET, _STAND): saying(
        "met-stand", gettext_noop("%(label)s at %(value)s, as asked (%(asked)s)")
    ),
    (Fulfilment.OPEN, _DO): saying(
        "open-done", gettext_noop("%(lack)s of %(label)s to go: %(value)s done, %(asked)s asked")
    ),
    (Fulfilment.OPEN, _PARTAKE): saying(
        "open-partake",
        gettext_noop("%(lack)s of %(label)s to go: took part in %(value)s, %(asked)s asked"),
    ),
    (Fulfilment.OPEN, _HAVE): saying(
        "open-have", gettext_noop("%(lack)s of %(label)s to go: has %(value)s, %(asked)s asked")
    ),
    (Fulfilment.OPEN, _STAND): saying(
        "open-stand", gettext_noop("%(label)s at %(value)s so far, %(asked)s asked")
    ),
    (Fulfilment.MISSED, _DO): saying(
        "missed-done",
        gettext_noop(
            "Not reached, short by %(lack)s of %(label)s: %(value)s done, %(asked)s asked"
        ),
    ),
    (Fulfilment.MISSED, _PARTAKE): saying(
        "missed-partake",
        gettext_noop(
            "Not reached, short by %(lack)s of %(label)s: took part in %(value)s, %(asked)s asked"
        ),
    ),
    (Fulfilment.MISSED, _HAVE): saying(
        "missed-have",
        gettext_noop("Not reached, short by %(lack)s of %(label)s: has %(value)s, %(asked)s asked"),
    ),
    (Fulfilment.MISSED, _STAND): saying(
        "missed-stand", gettext_noop("Not reached: %(label)s at %(value)s, %(asked)s asked")
    ),
}
_EVERY = {
    Fulfilment.MET: saying(
        "met-every", gettext_noop("%(label)s each %(span)s, %(bound)s: reached in all %(asked)s")
    ),
    Fulfilment.OPEN: saying(
        "open-every",
        gettext_noop(
            "%(lack)s to go: %(label)s each %(span)s, %(bound)s; reached in %(met)s, "
            "%(asked)s asked"
        ),
    ),
    Fulfilment.MISSED: saying(
        "missed-every",
        gettext_noop(
            "Not reached: %(label)s each %(span)s, %(bound)s; %(asked)s asked, reached in %(met)s"
        ),
    ),
}
_TO_COME = saying(
    "open-named", gettext_noop("%(label)s each %(span)s, %(bound)s: still to do in %(windows)s")
)
_FREE = saying("not-asked", gettext_noop("%(label)s: not asked in this time"))
_OVER = saying("over", gettext_noop("%(label)s: %(value)s, more than the %(most)s allowed"))
_UNDER = saying("under", gettext_noop("%(label)s: %(value)s, at most %(most)s"))
_WITH_DAY = saying("dated", gettext_noop("%(sentence)s (until %(day)s)"))
_WITH_WHOLE = saying(
    "shrunk", gettext_noop("%(sentence)s (of %(whole)s, by the time of membership and exemptions)")
)
_MORE_WINDOWS = saying("more-windows", gettext_noop("%(windows)s and more, %(count)s in all"))
_NOT_IN = saying("not-in", gettext_noop("%(sentence)s; not in %(windows)s"))
_FROM_TO = saying("named-days", gettext_noop("%(first)s to %(last)s"))
_FIRST_HALF = saying("named-first-half", gettext_noop("the first half of %(year)s"))
_SECOND_HALF = saying("named-second-half", gettext_noop("the second half of %(year)s"))
_MOST_WINDOWS = 3
"""So many weeks or months are named; of more it is said how many they are."""


def _number(code: str, one: str, many: str) -> tuple[str, str]:
    return saying(code, one, many), many


_NUMBERS = {
    WindowSpan.WEEK: _number("spans-week", *ngettext_noop("%(number)s week", "%(number)s weeks")),
    WindowSpan.TEN_DAYS: _number(
        "spans-ten-days",
        *ngettext_noop("%(number)s time of ten days", "%(number)s times of ten days"),
    ),
    WindowSpan.MONTH: _number(
        "spans-month", *ngettext_noop("%(number)s month", "%(number)s months")
    ),
    WindowSpan.QUARTER: _number(
        "spans-quarter", *ngettext_noop("%(number)s quarter", "%(number)s quarters")
    ),
    WindowSpan.HALF_YEAR: _number(
        "spans-half-year", *ngettext_noop("%(number)s half-year", "%(number)s half-years")
    ),
    WindowSpan.YEAR: _number("spans-year", *ngettext_noop("%(number)s year", "%(number)s years")),
}
_NAMES = {
    WindowSpan.MONTH: saying("named-month", gettext_noop("month %(month)s of %(year)s")),
    WindowSpan.QUARTER: saying("named-quarter", gettext_noop("quarter %(quarter)s of %(year)s")),
    WindowSpan.YEAR: saying("named-year", gettext_noop("the year %(year)s")),
}


def bound_reason(result: RequirementResult, node: Bound, rules: RuleSet) -> object:
    """Why the bound is met or not."""
    facts = bound_facts(result, node, rules)
    if result.state is Fulfilment.EXCUSED:
        return Phrase(_FREE, facts)
    if node.every:
        return _every_reason(result, node, facts)
    if is_over(result, node):
        return Phrase(_OVER, facts)
    if node.at_least is None:
        return Phrase(_UNDER, facts)
    return with_limits(
        Phrase(_DONE[result.state, verb_of(node.amount, rules)], facts), result, rules
    )


def bound_facts(result: RequirementResult, node: Bound, rules: RuleSet) -> dict[str, object]:
    """What sentences about a bound tell of it: of one for every week or month how many of them."""
    assert result.reckoning
    facts: dict[str, object] = {"label": label_of(node.amount, rules)}
    if node.every:
        met = sum(1 for _, state in result.windows if state is Fulfilment.MET)
        return facts | {
            "span": Phrase(SPAN_NOUNS[node.every]),
            "bound": bound_words(node, rules),
            "met": _spans(met, node.every),
            "asked": _spans(result.due, node.every),
            "lack": _spans(max(result.due - met, 0), node.every),
        }
    value, due = result.reckoning.value, result.due
    if node.at_most is not None:
        facts["most"] = amount_of(node.at_most, node.amount, rules)
    return facts | {
        "value": amount_of(value, node.amount, rules),
        "asked": amount_of(due, node.amount, rules),
        "lack": amount_of(due - value, node.amount, rules),
    }


def is_over(result: RequirementResult, node: Bound) -> bool:
    """Whether there is more than may be."""
    most = node.at_most if node.every is None else None
    return most is not None and result.reckoning is not None and result.reckoning.value > most


def with_limits(sentence: Phrase, result: RequirementResult, rules: RuleSet) -> Phrase:
    """A sentence about a bound with its day, and with the whole of what is asked where that is
    less for the subject."""
    node = result.node
    assert isinstance(node, Bound)
    if node.by:
        sentence = Phrase(_WITH_DAY, {"sentence": sentence, "day": day_of_year(node.by)})
    if result.due == result.whole or node.every:
        return sentence
    whole = amount_of(result.whole, node.amount, rules)
    return Phrase(_WITH_WHOLE, {"sentence": sentence, "whole": whole})


def _every_reason(result: RequirementResult, node: Bound, facts: dict[str, object]) -> object:
    assert node.every
    left = [days for days, state in result.windows if state is Fulfilment.OPEN]
    if result.state is Fulfilment.OPEN and not node.windows and len(left) <= _MOST_WINDOWS:
        windows = listed((_named_days(one, node.every) for one in left), ", ")
        return Phrase(_TO_COME, facts | {"windows": windows})
    sentence = Phrase(_EVERY[result.state], facts)
    missed = [days for days, state in result.windows if state is Fulfilment.MISSED]
    if not missed or result.state in GOOD:
        return sentence
    windows = listed((_named_days(one, node.every) for one in missed[:_MOST_WINDOWS]), ", ")
    if len(missed) > _MOST_WINDOWS:
        count = _spans(len(missed), node.every)
        windows = Phrase(_MORE_WINDOWS, {"windows": windows, "count": count})
    return Phrase(_NOT_IN, {"sentence": sentence, "windows": windows})


def _spans(number: Number, span: WindowSpan) -> Phrase:
    """So many weeks, months, quarters."""
    one, many = _NUMBERS[span]
    return Phrase(one, {"number": number}, many, number)


def _named_days(days: Days, span: WindowSpan) -> Phrase:
    """A window by its name, a week or ten days by their days."""
    if span in (WindowSpan.WEEK, WindowSpan.TEN_DAYS) or block(span, days.first) != days:
        return Phrase(_FROM_TO, {"first": days.first, "last": days.last})
    month = days.first.month
    facts = {"year": days.first.year, "month": month, "quarter": (month + 2) // 3}
    if span is WindowSpan.HALF_YEAR:
        return Phrase(_FIRST_HALF if month == 1 else _SECOND_HALF, facts)
    return Phrase(_NAMES[span], facts)
