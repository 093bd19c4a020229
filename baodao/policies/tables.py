"""What stands beside the text of a policy: what it says, and what it says of an example."""

from collections.abc import Mapping
from typing import Any

from django.forms import Form

from baodao.kernel import clock
from baodao.policies.forms import SampleForm
from baodao.policies.queries.wording import (
    caution_words,
    explained,
    misprint_lines,
    outcome_words,
    reason_words,
)
from baodao.policies.rules.assessments import assess
from baodao.policies.rules.documents import read_policy
from baodao.policies.rules.grammar import RuleSet
from baodao.policies.rules.reading import Misprints
from baodao.policies.rules.samples import last_day, sample_facts


def look(form: Form, typed: Mapping[str, Any]) -> dict[str, object]:
    """What the page of the editor shows beside a text: nothing where it cannot be applied yet."""
    text = form.data.get("text") or form.initial.get("text") or ""
    try:
        rules = read_policy(text)
    except Misprints as misprints:
        return {"misprints": misprint_lines(misprints) if text else []}
    sample = SampleForm(rules, {**_first(rules), **_own(typed)})
    return {
        "sentences": explained(rules),
        "cautions": caution_words(rules),
        "sample": sample,
        "example": _example(rules, sample),
    }


def _first(rules: RuleSet) -> dict[str, int]:
    """What the example says at first, where nothing was typed."""
    form = SampleForm(rules)
    samples = form.samples.values()
    times = {f"times_{one.kind}": one.times for one in samples}
    return times | {f"minutes_{one.kind}": one.minutes for one in samples}


def _own(typed: Mapping[str, Any]) -> dict[str, object]:
    """What was typed into the example."""
    return {key: typed[key] for key in typed if key.startswith(("times_", "minutes_"))}


def _example(rules: RuleSet, sample: SampleForm) -> dict[str, str]:
    """What comes of the example, with the reason."""
    today = clock.today()
    facts = sample_facts(rules, sample.samples, today)
    assessment = assess(rules, facts, last_day(rules, today))
    words = (outcome_words(assessment.outcome), assessment.grade, assessment.star)
    outcome = "，".join(dict.fromkeys(one for one in words if one))
    return {"outcome": outcome, "reason": reason_words(assessment, rules)}
