"""Whether something that is still to be done would bring a subject further."""

from dataclasses import replace
from datetime import date

from baodao.policies.rules.assessments import assess
from baodao.policies.rules.deeds import Deed, SubjectFacts
from baodao.policies.rules.grammar import RuleSet
from baodao.policies.rules.reasons import lines_of


def would_count(rules: RuleSet, facts: SubjectFacts, day: date, deed: Deed) -> bool:
    """Whether a deed of a day to come would add to something that is asked and not met yet."""
    later = max(day, deed.on)
    about = day
    now = assess(rules, facts, later, about, tells=False)
    then = assess(rules, replace(facts, deeds=(*facts.deeds, deed)), later, about, tells=False)
    if now.result is None or then.result is None:
        return False
    pairs = zip(lines_of(now.result), lines_of(then.result), strict=True)
    return any(
        not before.is_good
        and before.reckoning is not None
        and after.reckoning is not None
        and (after.reckoning.value > before.reckoning.value or after.is_good)
        for before, after in pairs
    )
