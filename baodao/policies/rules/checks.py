"""What the reader of single places cannot see: names that are used, rings, parts that need each
other, grades that are not listed."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from datetime import date
from typing import Any

from baodao.attendance.rules.effects import IN_POLICIES
from baodao.kernel.errors import gettext_noop
from baodao.kernel.lives import Code
from baodao.kernel.phrases import Phrase
from baodao.policies.rules import grammar
from baodao.policies.rules.grammar import PolicyNode, RuleSet, WindowSpan
from baodao.policies.rules.measures import CODED, GRADED, RECORDED, DeedKind, DeedTrait
from baodao.policies.rules.reading import Misprint, unknown_word
from baodao.policies.rules.windows import MONTHS

LONGEST_NAME = 200
"""Characters of the name of a policy."""

SHORTER = {WindowSpan.WEEK: 7, WindowSpan.TEN_DAYS: 10}
"""Days of the windows that are shorter than a month."""

_MONTH_DAY = re.compile(r"\d{2}-\d{2}")


def check(rules: RuleSet) -> list[Misprint]:
    """All that is wrong in the whole of a policy; nothing when it can be applied."""
    misprints = [*_title(rules), *_names(rules), *_outcome(rules), *_periods(rules)]
    misprints += [*_days(rules), *_effects(rules)]
    for node in nodes_in(rules):
        misprints += [_at(node, phrase) for phrase in _CHECKS.get(type(node), _nothing)(node)]
    return misprints + ([] if misprints else _rings(rules))


def nodes_in(node: Any) -> Iterator[PolicyNode]:
    """A shape and all shapes in it."""
    if isinstance(node, PolicyNode):
        yield node
        for one in fields(node):
            yield from nodes_in(getattr(node, one.name))
    elif isinstance(node, tuple):
        for inner in node:
            yield from nodes_in(inner)
    elif isinstance(node, dict):
        for inner in node.values():
            yield from nodes_in(inner)


def kinds_in(rules: RuleSet) -> set[DeedKind]:
    """Everything that a policy counts."""
    return {node.count for node in nodes_in(rules) if isinstance(node, grammar.Tally)}


def unrecorded_in(rules: RuleSet) -> list[str]:
    """What a policy counts, or tells deeds apart by, of which nothing is ever recorded: its words.
    It comes to nothing for everybody."""
    words = [one.words for one in DeedKind if one in kinds_in(rules) - RECORDED[rules.subject]]
    worths = {node.by for node in nodes_in(rules) if isinstance(node, grammar.Worth)}
    filters = [node for node in nodes_in(rules) if isinstance(node, grammar.DeedFilter)]
    nowhere = {DeedTrait.ROLE, DeedTrait.GRADE} - GRADED.get(rules.subject, set())
    words += [
        trait.words
        for trait in sorted(nowhere)
        if trait in worths or any(getattr(one, trait.value) for one in filters)
    ]
    return words


def _at(node: PolicyNode, phrase: Phrase) -> Misprint:
    return Misprint(node.line, 1, phrase)


def _nothing(node: Any) -> Iterator[Phrase]:  # noqa: ARG001 most shapes are right by themselves
    return iter(())


def _title(rules: RuleSet) -> Iterator[Misprint]:
    if len(rules.name) > LONGEST_NAME:
        message = gettext_noop("The name is longer than %(most)s characters.")
        yield _at(rules, Phrase(message, {"most": LONGEST_NAME}))


def _names(rules: RuleSet) -> Iterator[Misprint]:
    for node in nodes_in(rules):
        if isinstance(node, grammar.NamedAmount) and node.name not in rules.amounts:
            yield _at(node, unknown_word(node.name, rules.amounts))
        if isinstance(node, grammar.NamedRequirement) and node.name not in rules.requirements:
            yield _at(node, unknown_word(node.name, rules.requirements))


def _periods(rules: RuleSet) -> Iterator[Misprint]:
    """What is to be done in every part of the period needs one that ends and holds such parts."""
    lengths = [*SHORTER, *MONTHS]
    period = rules.period.span
    for node in nodes_in(rules):
        if not isinstance(node, grammar.Bound) or node.every not in lengths:
            continue
        if period is WindowSpan.LIFETIME:
            message = gettext_noop("“every” needs a period that ends; all the time has no end.")
            yield _at(node, Phrase(message))
        elif period in lengths and lengths.index(node.every) > lengths.index(period):
            message = gettext_noop("“every: %(every)s” is longer than the period, %(period)s.")
            facts = {"every": node.every.value, "period": Phrase(period.words)}
            yield _at(node, Phrase(message, facts))
        elif node.windows and node.windows > _most_windows(node.every, rules.period):
            message = gettext_noop("The period has at most %(most)s such windows.")
            yield _at(node, Phrase(message, {"most": _most_windows(node.every, rules.period)}))


def _days(rules: RuleSet) -> Iterator[Misprint]:
    """A day of the year lies in every year, and not in every shorter period."""
    period = rules.period
    if period.span is WindowSpan.YEAR or (period.span is WindowSpan.CYCLE and _has_year(period)):
        return
    message = gettext_noop(
        "“by” names a day of the year, which %(period)s does not always hold: write “period: year” "
        "or leave “by” out."
    )
    for node in nodes_in(rules):
        if isinstance(node, grammar.Bound) and node.by:
            yield _at(node, Phrase(message, {"period": Phrase(period.span.words)}))


def _has_year(period: grammar.Window) -> bool:
    return (period.months or 0) >= MONTHS[WindowSpan.YEAR]


def _effects(rules: RuleSet) -> Iterator[Misprint]:
    """Effect grades that the community never gives: what is told apart by them counts nothing."""
    if rules.subject not in GRADED:
        return
    known = IN_POLICIES.values()
    for node in nodes_in(rules):
        words: Iterable[str] = ()
        if isinstance(node, grammar.DeedFilter):
            words = node.grade
        elif isinstance(node, grammar.Worth) and node.by is DeedTrait.GRADE:
            words = node.table
        yield from (_at(node, unknown_word(one, known)) for one in words if one not in known)


def _most_windows(every: WindowSpan, period: grammar.Window) -> int:
    """How many weeks, months … a period has at most; one that begins on any day may touch one
    more."""
    months = MONTHS.get(period.span, period.months or 12)
    if every is WindowSpan.TEN_DAYS and period.span in MONTHS:
        return 3 * months
    days = SHORTER.get(period.span) or period.days or months * 61 // 2
    length = SHORTER.get(every) or 61 * MONTHS[every] // 2
    return days // length + (every is WindowSpan.WEEK or period.span not in MONTHS)


def _rings(rules: RuleSet) -> list[Misprint]:
    """Names that are explained by themselves."""
    uses = {f"amounts.{name}": _uses(node) for name, node in rules.amounts.items()}
    uses |= {f"requirements.{name}": _uses(node) for name, node in rules.requirements.items()}
    lines = {f"amounts.{name}": node for name, node in rules.amounts.items()}
    nodes: dict[str, PolicyNode] = {**lines}
    nodes |= {f"requirements.{name}": node for name, node in rules.requirements.items()}
    message = gettext_noop("“%(name)s” is explained by itself.")
    return [
        _at(nodes[name], Phrase(message, {"name": name.partition(".")[2]}))
        for name in uses
        if name in _reached(name, uses)
    ]


def _uses(node: PolicyNode) -> set[str]:
    names = set[str]()
    for inner in nodes_in(node):
        if isinstance(inner, grammar.NamedAmount):
            names.add(f"amounts.{inner.name}")
        if isinstance(inner, grammar.NamedRequirement):
            names.add(f"requirements.{inner.name}")
    return names


def _reached(name: str, uses: dict[str, set[str]]) -> set[str]:
    reached, left = set[str](), [*uses[name]]
    while left:
        one = left.pop()
        if one not in reached:
            reached.add(one)
            left += uses.get(one, ())
    return reached


def _outcome(rules: RuleSet) -> Iterator[Misprint]:
    outcome = rules.outcome
    if not (outcome.pass_ or outcome.bands or outcome.stars or outcome.consequences):
        message = gettext_noop("Nothing comes of it: write “pass”, “bands” or “stars” here.")
        yield _at(outcome, Phrase(message))
    if outcome.extension and not outcome.pass_:
        message = gettext_noop("More time needs something to pass: write “pass”.")
        yield _at(outcome.extension, Phrase(message))
    for node, grade in _grades(rules):
        if grade and grade not in outcome.grades:
            yield _at(node, unknown_word(grade, outcome.grades))


def _grades(rules: RuleSet) -> Iterator[tuple[PolicyNode, str]]:
    """Where a grade is named that has to stand in the list of all."""
    outcome = rules.outcome
    if outcome.bands and outcome.grades:
        yield from ((step, step.grade) for step in outcome.bands.steps)
        yield outcome.bands, outcome.bands.otherwise
    for one in outcome.consequences:
        yield one, one.grade
        yield one, one.at_most


def _bound(node: grammar.Bound) -> Iterator[Phrase]:
    if node.at_least is None and node.at_most is None:
        yield Phrase(gettext_noop("Say how much is asked: “at_least” or “at_most”."))
    if node.at_least is not None and node.at_most is not None and node.at_least > node.at_most:
        yield Phrase(gettext_noop("“at_least” is more than “at_most”: nobody can meet it."))
    if node.by and not _is_month_day(node.by):
        message = gettext_noop("“%(day)s” is no day of the year. Write it like 06-30.")
        yield Phrase(message, {"day": node.by})
    if node.by and node.every:
        yield Phrase(gettext_noop("“by” and “every” cannot stand together."))
    if node.windows is not None and node.every is None:
        yield Phrase(gettext_noop("“windows” needs “every”: in so many of which weeks or months?"))
    yield from _cut(node.every)


def _cut(span: WindowSpan | None) -> Iterator[Phrase]:
    known = {*SHORTER, *MONTHS}
    if span is not None and span not in known:
        spans = {one.value: one for one in known}
        yield unknown_word(span.value, spans, spans)


def _is_month_day(text: str) -> bool:
    try:
        return bool(_MONTH_DAY.fullmatch(text)) and bool(date.fromisoformat(f"2024-{text}"))
    except ValueError:
        return False


def _window(node: grammar.Window) -> Iterator[Phrase]:
    if node.span is WindowSpan.ROLLING and not (node.months or node.days):
        yield Phrase(gettext_noop("A rolling time needs its length: “months” or “days”."))
    if node.span is WindowSpan.CYCLE and not (node.months and node.start):
        yield Phrase(gettext_noop("A cycle needs its length “months” and its first day “start”."))
    if any(one is not None and one < 1 for one in (node.months, node.days)):
        yield Phrase(gettext_noop("A length of time is at least 1."))


def _worth(node: grammar.Worth) -> Iterator[Phrase]:
    if bool(node.by) != bool(node.table):
        yield Phrase(gettext_noop("“by” and “table” need each other."))
    if not (node.each or node.hour or node.value or node.table):
        yield Phrase(gettext_noop("This makes every deed worth nothing."))
    codes: dict[str, Code] = {one.value: one for one in CODED.get(node.by or DeedTrait.KIND, ())}
    for word in node.table:
        if codes and word not in codes:
            yield unknown_word(word, codes, codes)


def _steps(node: grammar.GradeBands | grammar.StarLevels) -> Iterator[Phrase]:
    if len({one.from_ for one in node.steps}) < len(node.steps):
        yield Phrase(gettext_noop("Two steps begin with the same value."))
    if not node.steps:
        yield Phrase(gettext_noop("There is no step."))


def _consequence(node: grammar.Consequence) -> Iterator[Phrase]:
    if not (node.says or node.grade or node.at_most):
        yield Phrase(gettext_noop("Say what follows: “says”, “grade” or “at_most”."))


def _keep(node: grammar.Keep) -> Iterator[Phrase]:
    yield from _cut(node.every)


def _some(node: grammar.AnyOf) -> Iterator[Phrase]:
    if node.at_least > len(node.any):
        yield Phrase(gettext_noop("More are asked for than there are."))


_CHECKS: dict[type[PolicyNode], Callable[[Any], Iterator[Phrase]]] = {
    grammar.Bound: _bound,
    grammar.Window: _window,
    grammar.Worth: _worth,
    grammar.GradeBands: _steps,
    grammar.StarLevels: _steps,
    grammar.Consequence: _consequence,
    grammar.Keep: _keep,
    grammar.AnyOf: _some,
}
