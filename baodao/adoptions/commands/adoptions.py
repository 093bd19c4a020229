"""An organisation adopts a version of a policy for all below it, ends it, or takes it back before
it holds."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError

from baodao.adoptions.models import Adoption
from baodao.adoptions.queries.adoptions import (
    adopted_above,
    adoption_rows,
    adoptions_to_decide,
    missing_switches,
)
from baodao.adoptions.queries.wording import bounds_words, switch_names
from baodao.adoptions.rules.adoptions import (
    check_allowed,
    check_next,
    check_recorded,
    check_settle_days,
    check_strict,
    check_switches,
    check_withdrawal,
    needed_switches,
)
from baodao.adoptions.rules.periods import check_adopted_time, check_last_day, period_at
from baodao.adoptions.rules.strictness import Strictness, compared
from baodao.kernel import clock, jobs, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.lives import check_reason
from baodao.kernel.locks import is_double, lock
from baodao.notices.commands.notices import Message, announce
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import below, check_open, organisations
from baodao.orgs.rules.tree import Kind, about
from baodao.policies.models import PolicyVersion
from baodao.policies.queries.texts import rules_of, versions_for
from baodao.policies.queries.wording import unrecorded_words
from baodao.policies.rules.grammar import RuleSet

DAY = timedelta(days=1)


@dataclass(frozen=True)
class AdoptionTerms:
    """From which day until which, whether organisations below may have a stricter policy of their
    own, for how many days late records count, on which document it rests; `is_stricter` is the word
    of who adopts that it asks at least as much as the one from above."""

    from_on: date
    until_on: date | None = None
    may_be_stricter: bool = False
    settle_days: int = 0
    basis: str = ""
    is_stricter: bool = False


@command
def adopt(
    actor: Actor, *, organisation_id: int, version_id: UUID, terms: AdoptionTerms
) -> Adoption:
    """Adopt a version of a policy for all below an organisation. A version of the same policy that
    holds ends with the period before."""
    place: Organisation = lock(organisations(actor, Permission.POLICY_ADOPT), organisation_id)
    check_open(place)
    version = _version(actor, version_id)
    rules = rules_of(version)
    check_recorded(unrecorded_words(rules))
    check_switches(switch_names(missing_switches(rules, place)))
    check_settle_days(terms.settle_days)
    check_adopted_time(rules, terms.from_on, terms.until_on, clock.today())
    beside, strictness = _beside(place, rules, terms)
    before = _before(place, version, rules, terms.from_on)
    row = Adoption(
        organisation=place,
        policy=version.policy,
        version=version,
        subject=rules.subject,
        from_on=terms.from_on,
        until_on=terms.until_on,
        may_be_stricter=terms.may_be_stricter,
        settle_days=terms.settle_days,
        basis=terms.basis.strip(),
        beside=beside,
        strictness=strictness,
        switches=needed_switches(rules),
        adopted_by=actor.name,
    )
    _save(row, before)
    _write(actor, "policy.adopted", row, on=row.from_on.isoformat())
    announce(_messages("policy-adopted", row))
    jobs.defer("adoptions.evaluate", lock=f"adoptions.{row.pk}", adoption_id=str(row.pk))
    return row


def _version(actor: Actor, version_id: UUID) -> PolicyVersion:
    version = versions_for(actor).filter(pk=version_id, policy__ended_at=None).first()
    if version is None:
        raise Absent("policy version")
    return version


def _beside(
    place: Organisation, rules: RuleSet, terms: AdoptionTerms
) -> tuple[Adoption | None, str]:
    """The nearest adoption from above about the same subjects, and how this one compares; every one
    of them must allow it."""
    nearest, strictness = None, ""
    for above in adopted_above(place, rules.subject, terms.from_on):
        name = above.organisation.name
        check_allowed(name, may_be_stricter=above.may_be_stricter)
        comparison = compared(rules, above.rules)
        words = bounds_words(comparison.bounds)
        check_strict(comparison, name, words, is_stricter=terms.is_stricter)
        undecided = strictness == Strictness.UNDECIDED
        nearest, strictness = above, strictness if undecided else str(comparison.strictness)
    return nearest, strictness


def _before(
    place: Organisation, version: PolicyVersion, rules: RuleSet, from_on: date
) -> Adoption | None:
    """The adoption of the same policy that the new one takes the place of, locked."""
    rows = adoption_rows().filter(organisation=place, policy=version.policy)
    rows = rows.select_for_update(of=("self",), no_key=True)
    row = rows.exclude(until_on__lt=from_on).filter(from_on__lt=from_on).last()
    today = clock.today()
    running = next((one for one in rows if one.time.holds(today)), None)
    period = period_at(rules, today)
    last = None if running is None else running.until_on or period.last
    check_next(last, from_on, period.last if last else today)
    return row


def _save(row: Adoption, before: Adoption | None) -> None:
    """Refuse what overlaps with an adoption that begins later."""
    if before is not None:
        before.own_until_on, before.until_on = before.until_on, row.from_on - DAY
        before.save(update_fields=["own_until_on", "until_on"])
    try:
        row.save(force_insert=True)
    except IntegrityError as error:
        if not is_double(error):
            raise
        raise Refused(
            "adoption.overlaps",
            gettext_noop(
                "A version of this policy is adopted for these days already. Withdraw it first."
            ),
        ) from error
    if before is not None:
        before.replaced_by = row
        before.save(update_fields=["replaced_by"])


@command
def end_adoption(actor: Actor, *, adoption_id: UUID, until_on: date, reason: str) -> Adoption:
    """Let an adoption be over with a period; what is said of periods until then stays."""
    why = check_reason(reason)
    row: Adoption = lock(adoptions_to_decide(actor), adoption_id)
    if row.until_on is not None and row.until_on <= until_on:
        raise Refused(
            "adoption.ends",
            gettext_noop("It ends on %(day)s already; it is not made longer here."),
            day=row.until_on,
        )
    check_last_day(row.rules, row.from_on, until_on, clock.today())
    row.until_on, row.ended_at, row.reason = until_on, clock.now(), why
    row.save(update_fields=["until_on", "ended_at", "reason"])
    _write(actor, "policy.adoption-ended", row, on=until_on.isoformat(), reason=why)
    announce(_messages("policy-adoption-ended", row))
    return row


@command
def withdraw_adoption(actor: Actor, *, adoption_id: UUID, reason: str) -> Adoption:
    """Take an adoption back before its first day, or on the day of the decision. It never held, and
    the version whose place it was to take goes on."""
    why = check_reason(reason)
    row: Adoption = lock(adoptions_to_decide(actor), adoption_id)
    adopted_on = clock.local(row.adopted_at).date()
    check_withdrawal(row.from_on, adopted_on, clock.today())
    row.withdrawn_at, row.reason = clock.now(), why
    row.save(update_fields=["withdrawn_at", "reason"])
    for before in Adoption.objects.filter(replaced_by=row).select_for_update(no_key=True):
        before.until_on, before.own_until_on, before.replaced_by = before.own_until_on, None, None
        before.save(update_fields=["until_on", "own_until_on", "replaced_by"])
    _write(actor, "policy.adoption-withdrawn", row, reason=why)
    announce(_messages("policy-adoption-withdrawn", row))
    return row


def _write(actor: Actor, verb: str, row: Adoption, **facts: journal.Fact) -> None:
    place = row.organisation_id
    written: dict[str, journal.Fact] = {
        "what": row.version.name,
        "version": row.version.number,
        **facts,
    }
    journal.write_many(actor, [journal.Act(verb, about(place), place, written)])


def _messages(kind: str, row: Adoption) -> Iterator[Message]:
    """To units and communities below: what is asked of whom, and since when."""
    facts: dict[str, Any] = {
        "place": row.organisation.name,
        "what": row.version.name,
        "on": row.from_on.isoformat(),
    }
    if kind == "policy-adoption-ended" and row.until_on:
        facts["on"] = row.until_on.isoformat()
    for place in below(row.organisation, Kind.UNIT, Kind.COMMUNITY).filter(closed_at=None):
        if place.pk != row.organisation_id:
            yield Message(kind, organisation_id=place.pk, about=row.pk, facts=facts)
