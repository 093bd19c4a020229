"""Trying a policy on the facts of a place: at once where it is small, else by the worker."""

from datetime import date
from uuid import UUID

from baodao.kernel import clock, jobs, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused
from baodao.kernel.locks import lock
from baodao.orgs.queries.tree import organisations
from baodao.orgs.rules.tree import about
from baodao.people.queries.members import belonged
from baodao.policies.models import PolicyTrial, PolicyVersion
from baodao.policies.queries.texts import rules_of, versions_for
from baodao.policies.queries.trials import check_comparable, counts_of, policy_trials

AT_ONCE = 500
"""Members up to which a trial is counted while one waits."""


@command
def request_trial(
    actor: Actor,
    *,
    version_id: UUID,
    organisation_id: int,
    day: date,
    against_id: UUID | None = None,
) -> PolicyTrial:
    """Have it counted what a version would say of everybody below an organisation as of the end of
    a day, beside what another says."""
    place = lock(organisations(actor, Permission.RECORD_READ), organisation_id)
    version = _version(actor, version_id)
    against = _version(actor, against_id) if against_id else None
    check_comparable(rules_of(version), rules_of(against) if against else None)
    trial = PolicyTrial.objects.create(
        version=version,
        against=against,
        organisation=place,
        day=day,
        account_id=actor.account_id,
        asked_by=actor.name,
    )
    facts: dict[str, journal.Fact] = {"what": version.name, "day": day.isoformat()}
    journal.write_many(actor, [journal.Act("policy.tried", about(place.pk), place.pk, facts)])
    if belonged(place).count() <= AT_ONCE:
        return _count(trial)
    jobs.defer("policies.try_policy", lock=f"policy-trial-{place.pk}", trial_id=str(trial.pk))
    return trial


@command
def calculate_trial(actor: Actor, *, trial_id: UUID) -> PolicyTrial:
    """Count what was asked for, once."""
    trial = lock(policy_trials(actor), trial_id)
    return trial if trial.done_at else _count(trial)


def refuse_trial(trial_id: UUID, refused: Refused) -> None:
    """Note why nothing could be counted, for the page that follows it."""
    why = {"code": refused.code, "message": refused.message}
    facts = {name: str(fact) for name, fact in refused.facts.items()}
    PolicyTrial.objects.filter(pk=trial_id, done_at=None).update(refusal={**why, **facts})


def _version(actor: Actor, version_id: UUID) -> PolicyVersion:
    version = versions_for(actor).filter(pk=version_id).first()
    if version is None:
        raise Absent("policy version")
    return version


def _count(trial: PolicyTrial) -> PolicyTrial:
    rules = rules_of(trial.version)
    other = rules_of(trial.against) if trial.against else None
    counts = counts_of(trial.organisation, trial.day, rules, other)
    trial.counts = [[*key, count] for key, count in sorted(counts.items())]
    trial.done_at = clock.now()
    trial.save(update_fields=["counts", "done_at"])
    return trial
