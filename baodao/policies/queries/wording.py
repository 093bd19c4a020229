"""Sentences of policies in the reader's language."""

from collections.abc import Iterator
from datetime import date
from difflib import SequenceMatcher

from django.utils.formats import date_format
from django.utils.translation import gettext

from baodao.kernel.errors import gettext_noop
from baodao.kernel.phrases import Phrase, listed
from baodao.ledger.rules.records import CATEGORIES
from baodao.policies.rules.assessments import NOT_OF_IT, Assessment
from baodao.policies.rules.checks import nodes_in, unrecorded_in
from baodao.policies.rules.documents import switches_of
from baodao.policies.rules.explanations import sentences_of
from baodao.policies.rules.grammar import DeedFilter, RuleSet, Worth
from baodao.policies.rules.measures import DeedTrait
from baodao.policies.rules.reading import Misprint, Misprints
from baodao.policies.rules.reasons import reason_of
from baodao.policies.rules.requirements import Fulfilment
from baodao.ui.wording import spoken

_SWITCHES = {
    "points": gettext_noop("It sums up points: adopting it needs the switch for points."),
    "stars": gettext_noop("It gives stars: adopting it needs the switch for stars."),
}


def misprint_words(misprint: Misprint) -> str:
    """What is wrong and in which line."""
    facts = {"line": misprint.line, "words": spoken(misprint.phrase)}
    return gettext("Line %(line)s: %(words)s") % facts


def explained(rules: RuleSet) -> list[str]:
    """The whole policy, a sentence each."""
    return [spoken(one) for one in sentences_of(rules)]


def reason_words(assessment: Assessment, rules: RuleSet) -> str:
    """Why somebody passes or not, "" where the policy asks nothing to pass."""
    return spoken(reason_of(assessment.result, rules)) if assessment.result else ""


def entered_words(day: date | None) -> str:
    """That a list without a day of joining brought a member on a day; "" for anybody else."""
    if day is None:
        return ""
    message = gettext("Came with a list of %(on)s that tells no day of joining")
    return message % {"on": date_format(day)}


def misprint_lines(misprints: Misprints) -> list[str]:
    """All that is wrong in a text, a line each."""
    return [misprint_words(one) for one in misprints.misprints]


def differences(before: RuleSet, after: RuleSet) -> list[tuple[str, str]]:
    """What one policy says otherwise than another: sentences that went ("-") and that came
    ("+")."""
    old, new = explained(before), explained(after)
    rows: list[tuple[str, str]] = []
    for how, first, last, start, stop in SequenceMatcher(None, old, new).get_opcodes():
        if how != "equal":
            rows += [("-", one) for one in old[first:last]]
            rows += [("+", one) for one in new[start:stop]]
    return rows


def caution_words(rules: RuleSet) -> list[str]:
    """What to know before the policy is adopted: which switches have to be on, and what of what it
    counts is recorded nowhere."""
    cautions = [gettext(_SWITCHES[one]) for one in switches_of(rules)]
    if what := unrecorded_words(rules):
        message = gettext("Of this there are no records here, it counts as 0: %(what)s.")
        cautions.append(message % {"what": what})
    names = {gettext(words): code for code, words in CATEGORIES.items()}
    for word in dict.fromkeys(one for one in _kinds_in(rules) if one in names):
        message = gettext_noop("Kinds are written by their codes: for “%(word)s” write %(code)s.")
        cautions.append(spoken(Phrase(message, {"word": word, "code": names[word]})))
    return cautions


def _kinds_in(rules: RuleSet) -> Iterator[str]:
    """The kinds of service that a policy names, where it filters and where it gives points."""
    for node in nodes_in(rules):
        if isinstance(node, DeedFilter):
            yield from node.kind
        if isinstance(node, Worth) and node.by is DeedTrait.KIND:
            yield from node.table


def unrecorded_words(rules: RuleSet) -> str:
    """What a policy counts of which nothing is ever recorded, "" where all of it is."""
    missing = unrecorded_in(rules)
    return spoken(listed(map(Phrase, missing), ", ")) if missing else ""


def outcome_words(outcome: str) -> str:
    """An outcome by which subjects are counted, in words; grades and stars stand as written."""
    if outcome == NOT_OF_IT:
        return gettext("It does not apply")
    return gettext(Fulfilment.words_of(outcome)) if outcome in set(Fulfilment) else outcome
