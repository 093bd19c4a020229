"""What a policy would say of the members below an organisation, before anybody adopts it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Refused, gettext_noop
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import organisation_of
from baodao.people.queries.members import belonged
from baodao.policies.queries.facts import facts_below
from baodao.policies.rules.assessments import Assessment, assess
from baodao.policies.rules.grammar import RuleSet
from baodao.policies.rules.measures import SubjectKind
from baodao.policies.rules.requirements import Fulfilment

PASS = frozenset({Fulfilment.MET, Fulfilment.EXCUSED})
NOT_OF_IT = "not-of-it"
"""Who does not belong to the population of a policy."""


@dataclass
class BranchTrial:
    """What would become of the members of one branch: how many by fulfilment, grade or star."""

    branch_id: int
    outcomes: Counter[str] = field(default_factory=Counter)

    @property
    def members(self) -> int:
        return sum(self.outcomes.values())


@dataclass
class Trial:
    """All branches, who would not pass with what is missing, and who comes out otherwise than under
    the other policy."""

    organisation: Organisation
    day: date
    branches: dict[int, BranchTrial] = field(default_factory=dict)
    missing: list[tuple[UUID, Assessment]] = field(default_factory=list)
    changes: list[tuple[UUID, str, str]] = field(default_factory=list)

    @property
    def outcomes(self) -> Counter[str]:
        """How many by outcome, of all branches together."""
        return sum((one.outcomes for one in self.branches.values()), Counter[str]())


def check_personal(rules: RuleSet) -> None:
    """Only what members do is read from the records so far."""
    if rules.subject is not SubjectKind.PERSON:
        raise Refused(
            "policy.not-of-members",
            gettext_noop(
                "This policy is not about members; what it asks cannot be tried here yet."
            ),
        )


def outcome_of(assessment: Assessment) -> str:
    """The one word by which members are counted: fulfilment, else grade or star."""
    if not assessment.applies:
        return NOT_OF_IT
    if assessment.state is not None:
        return assessment.state.value
    return assessment.grade or assessment.star or "—"


def trial_of(
    actor: Actor, code: str, day: date, rules: RuleSet, other: RuleSet | None = None
) -> Trial:
    """What the policy says of everybody below the organisation as of the end of `day`; raises
    `Absent` for an organisation whose records the actor may not read."""
    for one in (rules, other):
        if one is not None:
            check_personal(one)
    organisation = organisation_of(actor, Permission.RECORD_READ, code)
    as_of = clock.end_of(day)
    trial = Trial(organisation, day)
    last_branch = dict(_branches(organisation, day))
    for facts in facts_below(organisation, as_of):
        person = UUID(facts.key)
        assessment = assess(rules, facts, day, tells=False)
        branch = last_branch[person]
        row = trial.branches.setdefault(branch, BranchTrial(branch))
        row.outcomes[outcome_of(assessment)] += 1
        if assessment.applies and assessment.state not in (None, *PASS):
            trial.missing.append((person, assessment))
        if other is not None:
            before = outcome_of(assess(other, facts, day, tells=False))
            if before != outcome_of(assessment):
                trial.changes.append((person, before, outcome_of(assessment)))
    return trial


def _branches(organisation: Organisation, day: date) -> Iterator[tuple[UUID, int]]:
    """The branch in which each was a member last, as known at the end of the day."""
    rows = belonged(organisation).filter(recorded_at__lt=clock.end_of(day))
    yield from rows.order_by("recorded_at", "pk").values_list("person", "branch")
