"""How amounts are called, and in which unit a number of them is told."""

from enum import Enum

from baodao.kernel.errors import gettext_noop
from baodao.kernel.phrases import Number, Phrase, saying
from baodao.policies.rules import grammar
from baodao.policies.rules.grammar import AmountNode, PlainAmount, RuleSet
from baodao.policies.rules.measures import TAKEN_PART, UNITS, DeedKind, SubjectKind

_RESULT = saying("result", gettext_noop("the result"))
_QUANTITY = saying("unit-own", gettext_noop("%(number)s %(unit)s"))
for kind in DeedKind:
    saying(f"deed-{kind.value}", kind.words)
for name, forms in UNITS.items():
    saying(f"unit-{name}", *forms)


def plain_amount(amount: AmountNode, rules: RuleSet) -> PlainAmount:
    """The amount that a name stands for."""
    while isinstance(amount, grammar.NamedAmount):
        amount = rules.amounts[amount.name]
    return amount


def label_of(amount: AmountNode, rules: RuleSet) -> object:
    """What an amount is called: its label, else its name, else what it counts."""
    whole = plain_amount(amount, rules)
    if whole.label:
        return whole.label
    if isinstance(whole, grammar.Tally):
        return Phrase(whole.count.words)
    return amount.name if isinstance(amount, grammar.NamedAmount) else Phrase(_RESULT)


def unit_of(amount: AmountNode, rules: RuleSet) -> str:
    """The unit in which an amount is told."""
    whole = plain_amount(amount, rules)
    if isinstance(whole, grammar.Rate):
        return "percent"
    if isinstance(whole, grammar.Carry):
        return unit_of(whole.carry, rules)
    if not isinstance(whole, grammar.Tally) or whole.unit:
        return whole.unit
    worth = whole.worth
    if worth.hour and not (worth.each or worth.value or worth.table):
        return "hours"
    if whole.once in (grammar.Once.KIND, grammar.Once.WAY):
        return "kinds"
    return "times" if worth == grammar.ONE else "points"


def quantity(number: Number, unit: str) -> Phrase:
    """So many of a unit."""
    if forms := UNITS.get(unit):
        return Phrase(forms[0], {"number": number}, forms[1], number)
    return Phrase(_QUANTITY, {"number": number, "unit": unit})


def amount_of(number: Number, amount: AmountNode, rules: RuleSet) -> Phrase:
    """So much of an amount, in its unit."""
    return quantity(number, unit_of(amount, rules))


class AmountVerb(Enum):
    """How an amount is spoken of: one takes part in it, does it, has it, or it stands at so much
    of a hundred."""

    PARTAKE = "partake"
    DO = "do"
    HAVE = "have"
    STAND = "stand"


def verb_of(amount: AmountNode, rules: RuleSet) -> AmountVerb:
    """How this one is spoken of."""
    whole, unit = plain_amount(amount, rules), unit_of(amount, rules)
    if unit == "percent":
        return AmountVerb.STAND
    if unit in ("points", "people", "hours"):
        return AmountVerb.HAVE
    is_person = rules.subject is SubjectKind.PERSON
    if is_person and isinstance(whole, grammar.Tally) and whole.count in TAKEN_PART:
        return AmountVerb.PARTAKE if unit == "times" else AmountVerb.DO
    return AmountVerb.DO
