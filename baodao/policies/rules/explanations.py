"""A policy in plain sentences: to whom it applies, what counts, what is asked, what comes of it."""

from calendar import day_name
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

from baodao.kernel.errors import gettext_noop
from baodao.kernel.lives import Code
from baodao.kernel.phrases import Phrase, listed
from baodao.ledger.rules.records import CATEGORIES
from baodao.policies.rules import grammar
from baodao.policies.rules.clauses import SPAN_NOUNS, requirement_words
from baodao.policies.rules.grammar import DeedFilter, RuleSet, Window, WindowSpan
from baodao.policies.rules.measures import CODED, DeedKind, DeedTrait
from baodao.policies.rules.quantities import amount_of, label_of, quantity, unit_of


def sentences_of(rules: RuleSet) -> list[Phrase]:
    """The whole policy, a sentence each."""
    return [*_head(rules), *_amounts(rules), *_outcome(rules), *_population(rules)]


def _words(codes: tuple[Code, ...]) -> object:
    return listed((Phrase(one.words) for one in codes), ", ")


def _head(rules: RuleSet) -> Iterator[Phrase]:
    facts: dict[str, object] = {"name": rules.name, "source": rules.source}
    titled = gettext_noop("%(name)s (source: %(source)s).")
    yield Phrase(titled if rules.source else gettext_noop("%(name)s."), facts)
    facts = {"subject": Phrase(rules.subject.words), "period": window_words(rules.period)}
    yield Phrase(gettext_noop("It looks at each %(subject)s over %(period)s."), facts)


def window_words(window: Window) -> Phrase:
    """Over which days."""
    facts: dict[str, object] = {"months": window.months or 12, "days": window.days}
    facts["start"] = window.start or ""
    if window.span is WindowSpan.ROLLING and window.days:
        return Phrase(gettext_noop("the last %(days)s days"), facts)
    if window.span is WindowSpan.ROLLING:
        return Phrase(gettext_noop("the last %(months)s months"), facts)
    if window.span is WindowSpan.CYCLE:
        return Phrase(gettext_noop("cycles of %(months)s months from %(start)s"), facts)
    if window.span is WindowSpan.JOINING:
        return Phrase(gettext_noop("the first %(months)s months from joining"), facts)
    return Phrase(window.span.words)


def filter_words(where: DeedFilter) -> object:
    """Which deeds count; "" where all do."""
    parts: list[object] = [_words(one) for one in (where.way, where.origin) if one]
    texts = (where.kind, where.grade, where.role, where.place)
    parts += [listed(map(_plain, one), ", ") for one in texts if one]
    if where.confirmed is not None:
        yes = gettext_noop("confirmed by who was helped")
        parts.append(Phrase(yes if where.confirmed else gettext_noop("not confirmed")))
    if where.minutes_at_least:
        message = gettext_noop("of at least %(time)s each")
        time = quantity(Fraction(where.minutes_at_least, 60), "hours")
        parts.append(Phrase(message, {"time": time}))
    if where.months:
        message = gettext_noop("in the months %(months)s")
        parts.append(Phrase(message, {"months": listed(where.months, ", ")}))
    if where.weekdays:
        message = gettext_noop("on the days of the week %(days)s")
        days = listed((Phrase(day_name[number - 1]) for number in where.weekdays), ", ")
        parts.append(Phrase(message, {"days": days}))
    if where.except_:
        message = gettext_noop("except %(others)s")
        parts.append(Phrase(message, {"others": filter_words(where.except_)}))
    return listed(parts)


_KNOWN = {
    "own": gettext_noop("the community in which they are registered"),
    "home": gettext_noop("the community in which they live"),
    "partner": gettext_noop("the partner community of the unit"),
    "elsewhere": gettext_noop("another community"),
    "unit": gettext_noop("unit"),
    "community": gettext_noop("community"),
    "section": gettext_noop("cadres of section level"),
}
"""What values stand for that are no words of an authority."""


def _plain(value: str) -> object:
    """A value of a policy as people read it; what an authority wrote stands as it is."""
    words = _KNOWN.get(value) or CATEGORIES.get(value)
    return Phrase(words) if words else value


def _amounts(rules: RuleSet) -> Iterator[Phrase]:
    for name, node in rules.amounts.items():
        if isinstance(node, grammar.NamedAmount):
            continue
        facts = {"label": node.label or label_of(node, rules), "name": name}
        facts["contents"] = listed(_AMOUNTS[type(node)](node, rules))
        yield Phrase(gettext_noop("“%(label)s” is told of: %(contents)s."), facts)


def _tally(node: grammar.Tally, rules: RuleSet) -> Iterator[object]:
    facts: dict[str, object] = {"deeds": Phrase(node.count.words)}
    facts |= {"window": window_words(node.window), "filter": filter_words(node.where)}
    narrow = gettext_noop("%(deeds)s in %(window)s, only: %(filter)s")
    wide = gettext_noop("%(deeds)s in %(window)s")
    yield Phrase(narrow if facts["filter"] else wide, facts)
    unit = unit_of(node, rules)
    worth = node.worth
    for number, message in (
        (worth.each if worth != grammar.ONE else 0, gettext_noop("each is worth %(worth)s")),
        (worth.hour if unit != "hours" else 0, gettext_noop("each hour is worth %(worth)s")),
        (worth.value if worth.value != 1 else 0, gettext_noop("its value times %(worth)s")),
    ):
        if number:
            yield Phrase(message, {"worth": quantity(number, unit)})
    if unit == "hours":
        yield Phrase(gettext_noop("told in hours"))
    if worth.value == 1:
        yield Phrase(gettext_noop("by its value"))
    if worth.by:
        yield _table(worth, unit)
    for one in node.factors:
        message = gettext_noop("%(filter)s: times %(times)s")
        yield Phrase(message, {"filter": filter_words(one.where), "times": one.times})
    if node.once:
        message = gettext_noop("of the same %(once)s only the first")
        yield Phrase(message, {"once": Phrase(_once(node))})
    yield from _caps(node.caps, unit)


def _once(node: grammar.Tally) -> str:
    """Of what only the first deed counts, in words."""
    assert node.once
    is_household = node.count is DeedKind.HOUSEHOLD and node.once is grammar.Once.PLACE
    return gettext_noop("household") if is_household else node.once.words


def _table(worth: grammar.Worth, unit: str) -> Phrase:
    assert worth.by
    pair = gettext_noop("%(word)s %(worth)s")
    rows: list[object] = [
        Phrase(pair, {"word": _word_of(worth.by, word), "worth": quantity(number, unit)})
        for word, number in worth.table.items()
    ]
    other = gettext_noop("others %(worth)s")
    rows.append(Phrase(other, {"worth": quantity(worth.otherwise, unit)}))
    message = gettext_noop("by %(trait)s: %(rows)s")
    return Phrase(message, {"trait": Phrase(worth.by.words), "rows": listed(rows, ", ")})


def _word_of(trait: DeedTrait, word: str) -> object:
    """A word of a table as people read it."""
    codes = CODED.get(trait)
    return Phrase(codes(word).words) if codes else _plain(word)


_CAPPED = {
    "item": gettext_noop("at most %(most)s for each"),
    "day": gettext_noop("at most %(most)s a day"),
    "week": gettext_noop("at most %(most)s a week"),
    "month": gettext_noop("at most %(most)s a month"),
    "quarter": gettext_noop("at most %(most)s a quarter"),
    "kind": gettext_noop("at most %(most)s of one kind"),
    "offer": gettext_noop("at most %(most)s of one offer"),
    "window": gettext_noop("at most %(most)s in all"),
}


def _caps(caps: grammar.Caps, unit: str) -> Iterator[Phrase]:
    for name, message in _CAPPED.items():
        most = getattr(caps, name)
        if most is not None:
            yield Phrase(message, {"most": quantity(most, unit)})


def _total(node: grammar.Total, rules: RuleSet) -> Iterator[object]:
    if node.start:
        message = gettext_noop("it begins with %(start)s")
        yield Phrase(message, {"start": quantity(node.start, node.unit)})
    for one in node.sum:
        yield _summand(one, node.unit, rules)
    if node.floor is not None:
        message = gettext_noop("never less than %(least)s")
        yield Phrase(message, {"least": quantity(node.floor, node.unit)})
    if node.at_most is not None:
        yield Phrase(_CAPPED["window"], {"most": quantity(node.at_most, node.unit)})


def _summand(one: grammar.Summand, unit: str, rules: RuleSet) -> Phrase:
    facts: dict[str, object] = {"label": label_of(one.of, rules), "times": abs(one.times)}
    phrase = Phrase(gettext_noop("“%(label)s”"), facts)
    if one.beyond:
        message = gettext_noop("%(part)s beyond %(beyond)s")
        phrase = Phrase(message, {"part": phrase, "beyond": amount_of(one.beyond, one.of, rules)})
    if one.full is not None:
        message = gettext_noop("%(part)s (%(full)s earn the whole of %(weight)s, less its share)")
        full = amount_of(one.full, one.of, rules)
        phrase = Phrase(
            message, {"part": phrase, "full": full, "weight": quantity(one.weight, unit)}
        )
    if one.times != 1:
        added = gettext_noop("%(part)s times %(times)s")
        deducted = gettext_noop("less %(part)s times %(times)s")
        facts = {"part": phrase, "times": abs(one.times)}
        phrase = Phrase(added if one.times > 0 else deducted, facts)
    if one.at_most is not None:
        message = gettext_noop("%(part)s, at most %(most)s")
        phrase = Phrase(message, {"part": phrase, "most": quantity(one.at_most, unit)})
    return phrase


def _rate(node: grammar.Rate, rules: RuleSet) -> Iterator[object]:
    facts = {"part": label_of(node.rate, rules), "whole": label_of(node.among, rules)}
    yield Phrase(gettext_noop("how many per cent %(part)s are of %(whole)s"), facts)


def _best(node: grammar.Best, rules: RuleSet) -> Iterator[object]:
    facts = {"count": node.keep}
    facts_words = facts | {"labels": listed((label_of(one, rules) for one in node.best), ", ")}
    yield Phrase(gettext_noop("the best %(count)s of %(labels)s"), facts_words)


def _met(node: grammar.MetCount, rules: RuleSet) -> Iterator[object]:
    parts = listed(requirement_words(one, rules) for one in node.met)
    yield Phrase(gettext_noop("how many of these are met: %(parts)s"), {"parts": parts})


def _carry(node: grammar.Carry, rules: RuleSet) -> Iterator[object]:
    facts = {"label": label_of(node.carry, rules), "share": quantity(node.share, "percent")}
    yield Phrase(gettext_noop("carried over from the period before: %(share)s of %(label)s"), facts)
    if node.beyond:
        message = gettext_noop("only what was beyond %(beyond)s")
        yield Phrase(message, {"beyond": amount_of(node.beyond, node.carry, rules)})
    if node.at_most is not None:
        yield Phrase(_CAPPED["window"], {"most": amount_of(node.at_most, node.carry, rules)})


_AMOUNTS: dict[type[Any], Callable[[Any, RuleSet], Iterator[object]]] = {
    grammar.Tally: _tally,
    grammar.Total: _total,
    grammar.Rate: _rate,
    grammar.Best: _best,
    grammar.MetCount: _met,
    grammar.Carry: _carry,
}


def _outcome(rules: RuleSet) -> Iterator[Phrase]:
    outcome = rules.outcome
    yield from _passing(outcome, rules)
    if outcome.bands:
        yield _steps(outcome.bands, rules)
        if outcome.bands.otherwise:
            message = gettext_noop("Below that: %(grade)s.")
            yield Phrase(message, {"grade": outcome.bands.otherwise})
    if outcome.stars:
        yield _steps(outcome.stars, rules)
        if outcome.stars.keep:
            keep = outcome.stars.keep
            facts = {"span": Phrase(SPAN_NOUNS[keep.every]), "label": label_of(keep.amount, rules)}
            facts["least"] = amount_of(keep.at_least, keep.amount, rules)
            message = gettext_noop(
                "Each %(span)s %(label)s, at least %(least)s, keep a star; else one goes."
            )
            yield Phrase(message, facts)
    yield from _consequences(rules)
    if outcome.vote:
        yield Phrase(gettext_noop("People vote on it: %(vote)s."), {"vote": outcome.vote})
    if outcome.publicity_days:
        message = gettext_noop("The result is posted up for at least %(days)s working days.")
        yield Phrase(message, {"days": outcome.publicity_days})
    yield Phrase(gettext_noop("All of it is a proposal, which a person signs or changes."))


def _passing(outcome: grammar.Conclusion, rules: RuleSet) -> Iterator[Phrase]:
    """What is asked, and what it is called to reach it or not."""
    if outcome.pass_:
        facts = {"clause": requirement_words(outcome.pass_, rules)}
        yield Phrase(gettext_noop("Asked: %(clause)s."), facts)
    if outcome.passed:
        yield Phrase(gettext_noop("Who reaches it: %(words)s."), {"words": outcome.passed})
    if outcome.failed:
        yield Phrase(gettext_noop("Who does not: %(words)s."), {"words": outcome.failed})
    if outcome.extension:
        facts = {"months": outcome.extension.months, "words": outcome.extension.says}
        more = gettext_noop("Who does not reach it has %(months)s months more.")
        with_words = gettext_noop("Who does not reach it has %(months)s months more: %(words)s.")
        yield Phrase(with_words if outcome.extension.says else more, facts)


def _steps(bands: grammar.GradeBands | grammar.StarLevels, rules: RuleSet) -> Phrase:
    plain = gettext_noop("%(grade)s from %(least)s")
    voted = gettext_noop("%(grade)s from %(least)s and by a vote")
    rows = [
        Phrase(
            voted if one.vote else plain,
            {"grade": one.grade, "least": amount_of(one.from_, bands.of, rules)},
        )
        for one in bands.steps
    ]
    facts = {"label": label_of(bands.of, rules), "steps": listed(rows, ", ")}
    return Phrase(gettext_noop("By %(label)s: %(steps)s."), facts)


def _consequences(rules: RuleSet) -> Iterator[Phrase]:
    for one in rules.outcome.consequences:
        follows: list[object] = [one.says] if one.says else []
        if one.grade:
            follows.append(Phrase(gettext_noop("the grade is %(grade)s"), {"grade": one.grade}))
        if one.at_most:
            message = gettext_noop("the grade is at most %(grade)s")
            follows.append(Phrase(message, {"grade": one.at_most}))
        facts = {"clause": requirement_words(one.if_, rules), "follows": listed(follows)}
        yield Phrase(gettext_noop("When %(clause)s: %(follows)s."), facts)


def _population(rules: RuleSet) -> Iterator[Phrase]:
    population = rules.population
    if rules.subject in ("branch", "unit", "community"):
        return
    parts = [_words(one) for one in (population.standing, population.grade) if one]
    parts += [listed(map(_plain, population.group), ", ")] if population.group else []
    if parts:
        yield Phrase(gettext_noop("It applies to: %(parts)s."), {"parts": listed(parts)})
    facts = {"joining": Phrase(population.joining.words), "exempt": Phrase(population.exempt.words)}
    yield Phrase(gettext_noop("Who joined in the middle: %(joining)s."), facts)
    facts["rounding"] = Phrase(population.rounding.words)
    rounded = gettext_noop("Who was exempt for a time: %(exempt)s (%(rounding)s).")
    whole = gettext_noop("Who was exempt for a time: %(exempt)s.")
    shrinks = "pro-rata" in (population.joining, population.exempt)
    yield Phrase(rounded if shrinks else whole, facts)
