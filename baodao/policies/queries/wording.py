"""Sentences of policies in the reader's language."""

from django.utils.translation import gettext, ngettext

from baodao.policies.rules.assessments import Assessment
from baodao.policies.rules.explanations import sentences_of
from baodao.policies.rules.grammar import RuleSet
from baodao.policies.rules.reading import Misprint
from baodao.policies.rules.reasons import reason_of
from baodao.policies.rules.words import words_of


def spoken(fact: object) -> str:
    """A phrase, a day or a number in words."""
    return words_of(fact, _translated)


def _translated(message: str, many: str, number: int) -> str:
    return ngettext(message, many, number) if many else gettext(message)


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
