"""What a policy would say of the subjects below an organisation, before anybody adopts it."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.scope import within
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import organisation_of, organisations, organisations_anywhere
from baodao.orgs.rules.tree import Kind
from baodao.people.queries.members import names_of, numbers_of
from baodao.policies.queries.texts import rules_of, versions_for
from baodao.policies.queries.wording import entered_words, outcome_words, reason_words
from baodao.policies.rules.assessments import PASS, Assessment, assess
from baodao.policies.rules.deeds import SubjectFacts
from baodao.policies.rules.grammar import RuleSet
from baodao.policies.rules.measures import SubjectKind
from baodao.policies.rules.requirements import Fulfilment
from baodao.policies.rules.windows import entered_within
from baodao.subjects.queries.subjects import subjects_below
from baodao.trials.models import PolicyTrial

TrialCounts = Counter[tuple[int, str, str]]
"""How many by the organisation under which they are told, outcome under the other policy ("" where
there is none) and outcome."""


@dataclass(frozen=True)
class TriedSubject:
    """What would become of one subject."""

    place_id: int
    before: str
    assessment: Assessment
    entered_on: date | None = None

    @property
    def outcome(self) -> str:
        return self.assessment.outcome

    @property
    def is_missing(self) -> bool:
        """Whether it is asked for something that it does not do."""
        return self.assessment.state is not None and self.outcome not in PASS

    def reason(self, rules: RuleSet) -> str:
        """Why it is so in words, and whether that rests on a list that tells no day of joining."""
        why = (reason_words(self.assessment, rules), entered_words(self.entered_on))
        return "；".join(filter(None, why))


@dataclass
class Trial:
    """All places, who would not pass with what is missing, and who comes out otherwise than under
    the other policy."""

    organisation: Organisation
    day: date
    counts: TrialCounts = field(default_factory=Counter)
    missing: list[tuple[str, Assessment]] = field(default_factory=list)
    changes: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def places(self) -> dict[int, Counter[str]]:
        """How many by outcome, under each organisation."""
        rows: dict[int, Counter[str]] = {}
        for (place, _before, outcome), count in self.counts.items():
            rows.setdefault(place, Counter())[outcome] += count
        return rows

    @property
    def outcomes(self) -> Counter[str]:
        """How many by outcome, of all together."""
        return sum(self.places.values(), Counter[str]())


def check_comparable(rules: RuleSet, other: RuleSet | None) -> None:
    """Two policies are held against each other only of the same kind of subject."""
    if other is not None and other.subject is not rules.subject:
        raise Refused(
            "policy.other-subject",
            gettext_noop("The other policy speaks of somebody else; choose one about the same."),
        )


def trial_of(
    actor: Actor, code: str, day: date, rules: RuleSet, other: RuleSet | None = None
) -> Trial:
    """What the policy says of every subject below the organisation as of the end of `day`; raises
    `Absent` for an organisation whose records the actor may not read."""
    organisation = organisation_of(actor, Permission.RECORD_READ, code)
    trial = Trial(organisation, day)
    for one in tried(organisation, day, rules, other):
        trial.counts[one.place_id, one.before, one.outcome] += 1
        if one.is_missing:
            trial.missing.append((one.assessment.key, one.assessment))
        if one.before and one.before != one.outcome:
            trial.changes.append((one.assessment.key, one.before, one.outcome))
    return trial


def counts_of(
    organisation: Organisation, day: date, rules: RuleSet, other: RuleSet | None = None
) -> TrialCounts:
    """How many come out how below an organisation that the caller may see; nothing is kept of
    anybody."""
    counts: TrialCounts = Counter()
    for one in tried(organisation, day, rules, other):
        counts[one.place_id, one.before, one.outcome] += 1
    return counts


def tried(
    organisation: Organisation, day: date, rules: RuleSet, other: RuleSet | None
) -> Iterator[TriedSubject]:
    """Each subject below an organisation that the caller may see, as of the end of a day."""
    check_comparable(rules, other)
    for place, facts in subjects_below(rules, organisation, clock.end_of(day)):
        before = _judged(other, facts, day).outcome if other is not None else ""
        judged = _judged(rules, facts, day)
        yield TriedSubject(place, before, judged, entered_within(facts, judged.period))


def _judged(rules: RuleSet, facts: SubjectFacts, day: date) -> Assessment:
    return assess(rules, facts, day, tells=False)


def policy_trials(actor: Actor) -> QuerySet[PolicyTrial]:
    """Trials of policies that the actor may read, of places whose records they may read; the last
    first."""
    rows = PolicyTrial.objects.filter(version__in=versions_for(actor).order_by())
    rows = within(rows, actor, Permission.RECORD_READ, "organisation__path")
    return rows.select_related("version__policy", "against", "organisation").order_by("-asked_at")


def policy_trial_of(actor: Actor, trial_id: UUID) -> PolicyTrial:
    """One of them; raises `Absent`."""
    trial = policy_trials(actor).filter(pk=trial_id).first()
    if trial is None:
        raise Absent("trial")
    return trial


@dataclass(frozen=True)
class PlaceLine:
    """A place of a trial: how many by outcome, how many come out otherwise than before."""

    place: Organisation
    counts: tuple[int, ...]
    changed: int

    @property
    def name(self) -> str:
        """What it is called; of a branch with its unit, for many have the same name."""
        above = self.place.parent if self.place.kind == Kind.BRANCH else None
        return f"{above.name} {self.place.name}" if above else self.place.name


@dataclass(frozen=True)
class TrialSummary:
    """What was counted, as a page shows it: the outcomes in words, a line for each place, and the
    changes with how many each has."""

    outcomes: tuple[str, ...]
    lines: list[PlaceLine]
    totals: tuple[int, ...]
    changes: list[tuple[str, str, int]]

    @property
    def heads(self) -> list[tuple[str, int]]:
        """Each outcome with how many have it."""
        return [*zip(map(outcome_words, self.outcomes), self.totals, strict=True)]

    @property
    def rows(self) -> list[tuple[PlaceLine, list[tuple[str, int]]]]:
        """Each place with how many have each outcome there."""
        words = [outcome_words(one) for one in self.outcomes]
        return [(one, [*zip(words, one.counts, strict=True)]) for one in self.lines]


def summary_of(trial: PolicyTrial) -> TrialSummary:
    """The counts of a trial that is done."""
    rows: list[tuple[int, str, str, int]] = [tuple(one) for one in trial.counts]
    outcomes = _in_order({outcome for _place, _before, outcome, _count in rows})
    places = organisations_anywhere().filter(pk__in={row[0] for row in rows})
    places = places.select_related("parent").order_by("path")
    lines = [
        _line(place, outcomes, [row for row in rows if row[0] == place.pk]) for place in places
    ]
    changed: Counter[tuple[str, str]] = Counter()
    for _place, before, outcome, count in rows:
        if before and before != outcome:
            changed[before, outcome] += count
    totals = tuple(sum(one.counts[at] for one in lines) for at in range(len(outcomes)))
    changes = [
        (outcome_words(before), outcome_words(after), count)
        for (before, after), count in changed.most_common()
    ]
    return TrialSummary(outcomes, lines, totals, changes)


def _line(
    place: Organisation, outcomes: Collection[str], rows: list[tuple[int, str, str, int]]
) -> PlaceLine:
    counts = tuple(sum(count for *_, one, count in rows if one == outcome) for outcome in outcomes)
    changed = sum(count for _, before, one, count in rows if before and before != one)
    return PlaceLine(place, counts, changed)


def _in_order(outcomes: Collection[str]) -> tuple[str, ...]:
    """Fulfilments in their order, then grades and stars as they are written."""
    known = [one.value for one in Fulfilment]
    order = {one: at for at, one in enumerate(known)}
    return tuple(sorted(outcomes, key=lambda one: (order.get(one, len(known)), one)))


@dataclass(frozen=True)
class TrialRow:
    """One subject of a trial in words."""

    key: str
    name: str
    number: str
    outcome: str
    before: str
    reason: str
    is_missing: bool

    @property
    def is_changed(self) -> bool:
        return bool(self.before) and self.before != self.outcome


def trial_rows_of(
    actor: Actor, trial: PolicyTrial, place_id: int
) -> tuple[Organisation, list[TrialRow]]:
    """Everybody who is told under a place of a trial, with the reason: who misses something first.

    They are worked out again from the facts of the trial's day. Raises `Absent` for a place whose
    records the actor may not read, or that does not lie below the trial's.
    """
    rows = organisations(actor, Permission.RECORD_READ).filter(pk=place_id)
    place = rows.filter(path__startswith=trial.organisation.path).first()
    if place is None:
        raise Absent("place")
    rules = rules_of(trial.version)
    other = rules_of(trial.against) if trial.against else None
    subjects = [one for one in tried(place, trial.day, rules, other) if one.place_id == place.pk]
    names = called(rules.subject, [one.assessment.key for one in subjects])
    lines = [
        TrialRow(
            one.assessment.key,
            *names[one.assessment.key],
            outcome_words(one.outcome),
            outcome_words(one.before),
            one.reason(rules),
            one.is_missing,
        )
        for one in subjects
    ]
    return place, sorted(lines, key=lambda one: (not one.is_missing, one.number))


def called(kind: SubjectKind, keys: Collection[str]) -> Mapping[str, tuple[str, str]]:
    """The name and the volunteer number or code of subjects by their keys."""
    if kind in (SubjectKind.PERSON, SubjectKind.CADRE):
        persons = [UUID(key) for key in keys]
        names, numbers = names_of(persons), numbers_of(persons)
        return {key: (names[UUID(key)], numbers[UUID(key)]) for key in keys}
    rows = organisations_anywhere().filter(pk__in=[int(key) for key in keys])
    return {str(pk): (name, code) for pk, name, code in rows.values_list("pk", "name", "code")}
