"""What is kept of an assessment: state, reasons as facts for words, ids of what counted or not.

All of it is plain JSON; the digest of it says whether two assessments say the same.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from baodao.adoptions.rules.lines import line_of, open_days
from baodao.adoptions.rules.words import Json, json_of, number_json
from baodao.kernel.errors import gettext_noop
from baodao.kernel.lives import Code
from baodao.policies.rules.amounts import NotCounted
from baodao.policies.rules.assessments import Assessment
from baodao.policies.rules.deeds import SubjectFacts
from baodao.policies.rules.grammar import RuleSet
from baodao.policies.rules.reasons import lines_of, reason_of
from baodao.policies.rules.windows import Days, entered_within


class ResultState(Code):
    """How somebody stands under a policy; `JUDGED` where it asks nothing to pass, `APART` for who
    was under it and is no longer."""

    MISSED = "missed", gettext_noop("Requirement not met")
    OPEN = "open", gettext_noop("Time remains")
    MET = "met", gettext_noop("Requirement met")
    EXCUSED = "excused", gettext_noop("Nothing asked")
    JUDGED = "judged", gettext_noop("Nothing to pass")
    APART = "apart", gettext_noop("Not under this policy any more")


MISSING_FIRST = tuple(ResultState)
"""In this order lists stand: by what is to be done, never by how much somebody did."""
FULFILLED = (ResultState.MET, ResultState.EXCUSED)
ASKING = (ResultState.MISSED, ResultState.OPEN, *FULFILLED)
"""States under a policy that asks something."""


@dataclass(frozen=True)
class PolicyOutcome:
    """The columns of a stored result that an assessment decides. `lines` are what is asked one by
    one, as `line_of` makes them. `ends_on` is the last day of the first window in which something
    is still to be done, `remind_on` the day from which it is time to say so. `entered_on` is the
    day of the period on which a list without a day of joining brought the member."""

    state: ResultState
    extended: bool = False
    grade: str = ""
    star: str = ""
    value: Json = None
    reason: Json = ""
    lines: tuple[Mapping[str, Json], ...] = ()
    consequences: tuple[str, ...] = ()
    ballots: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()
    left_out: tuple[tuple[str, str, str], ...] = ()
    remind_on: date | None = None
    ends_on: date | None = None
    entered_on: date | None = None

    @property
    def columns(self) -> dict[str, Any]:
        """By the name of the column."""
        rows = dict(self.__dict__)
        return rows | {
            "lines": [dict(one) for one in self.lines],
            "consequences": list(self.consequences),
            "ballots": list(self.ballots),
            "counted": list(self.counted),
            "left_out": [list(one) for one in self.left_out],
        }

    @property
    def digest(self) -> str:
        """SHA-256 of all that it says, by which two are compared."""
        text = json.dumps(self.columns, sort_keys=True, ensure_ascii=False, default=str)
        return sha256(text.encode()).hexdigest()


def outcome_of(assessment: Assessment, rules: RuleSet, facts: SubjectFacts) -> PolicyOutcome:
    """What is kept of an assessment. Of what was not counted only what lies in its period, or was
    left out for another reason than its day: everybody has a past."""
    if not assessment.applies:
        return PolicyOutcome(ResultState.APART)
    result = assessment.result
    ahead = open_days(result) if result else None
    return PolicyOutcome(
        state=ResultState(assessment.state.value) if assessment.state else ResultState.JUDGED,
        extended=assessment.extended,
        grade=assessment.grade,
        star=assessment.star,
        value=None if assessment.value is None else number_json(assessment.value),
        reason=json_of(reason_of(result, rules)) if result else "",
        lines=tuple(line_of(one, rules) for one in lines_of(result)) if result else (),
        consequences=tuple(one.says for one in assessment.consequences if one.says),
        ballots=assessment.votes,
        counted=assessment.counted,
        left_out=tuple(_left_out(assessment, facts)),
        remind_on=ahead.last - timedelta(days=_lead(ahead)) if ahead else None,
        ends_on=ahead.last if ahead else None,
        entered_on=entered_within(facts, assessment.period),
    )


def _lead(days: Days) -> int:
    """How many days before its end somebody is reminded of a window: a month, a week, two days."""
    return next(lead for longest, lead in _LEADS if len(days) <= longest)


_LEADS = ((7, 2), (31, 7), (10**6, 30))


def _left_out(assessment: Assessment, facts: SubjectFacts) -> Iterable[tuple[str, str, str]]:
    period = assessment.period
    days = {deed.id: deed.on for deed in facts.deeds}
    for one in assessment.left_out:
        inside = period.first <= days[one.id] <= period.last
        if inside or one.why != NotCounted.OUTSIDE:
            yield one.id, str(one.why), one.detail


def named_facts(facts: SubjectFacts, ids: Iterable[str]) -> SubjectFacts:
    """The facts with these deeds alone, and with what takes one of them back: by which a stored
    result is computed again."""
    names = frozenset(ids)
    deeds = tuple(one for one in facts.deeds if one.id in names or one.reverses in names)
    return replace(facts, deeds=deeds)
