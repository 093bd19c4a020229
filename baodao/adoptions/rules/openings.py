"""Whether something that is still to be done would bring a subject further."""

from dataclasses import replace
from datetime import date

from baodao.policies.rules.assessments import assess
from baodao.policies.rules.deeds import Deed, SubjectFacts
from baodao.policies.rules.grammar import RuleSet
from baodao.policies.rules.reasons import bounds_in, lines_of
from baodao.policies.rules.requirements import RequirementResult


def would_count(rules: RuleSet, facts: SubjectFacts, day: date, deed: Deed) -> bool:
    """Whether a deed of a day to come would add to something that is asked and not met yet."""
    later = max(day, deed.on)
    about = day
    now = assess(rules, facts, later, about, tells=False)
    then = assess(rules, replace(facts, deeds=(*facts.deeds, deed)), later, about, tells=False)
    if now.result is None or then.result is None:
        return False
    lines = zip(lines_of(now.result), lines_of(then.result), strict=True)
    return any(_goes_further(before, after) for before, after in lines if not before.is_good)


def _goes_further(before: RequirementResult, after: RequirementResult) -> bool:
    """Whether some bound of what is asked is nearer than before, or met."""
    return any(
        not one.is_good
        and one.reckoning is not None
        and other.reckoning is not None
        and (other.reckoning.value > one.reckoning.value or other.is_good)
        for one, other in zip(bounds_in(before), bounds_in(after), strict=True)
    )
