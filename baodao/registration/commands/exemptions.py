"""Exemption and delay: requested by the clerk, decided by another, revoked when it is over."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.locking import lock
from baodao.notices.commands.notices import Message, announce
from baodao.people.queries.members import lock_persons, memberships
from baodao.people.rules.standing import Standing
from baodao.registration.models import Exemption
from baodao.registration.queries.exemptions import exemptions, live_exemption
from baodao.registration.queries.registrations import unit_of
from baodao.registration.rules.exemptions import (
    EXEMPTION_STATES,
    REASONS,
    ExemptionState,
    check_decision,
    check_exemption,
)
from baodao.registration.rules.states import check_reason


@dataclass(frozen=True)
class ExemptionRequest:
    """For whom, why (a code of `REASONS`), on what evidence, with what effect, from when to when.

    `to_on` may be empty where the reason has no end.
    """

    person_id: UUID
    reason: str
    evidence: str
    effect: str
    from_on: date
    to_on: date | None = None


@command
def request_exemption(actor: Actor, *, request: ExemptionRequest) -> Exemption:
    """Ask that a member in service need not report, or later, or elsewhere."""
    check_exemption(
        reason=request.reason,
        effect=request.effect,
        evidence=request.evidence,
        from_on=request.from_on,
        to_on=request.to_on,
    )
    lock_persons([request.person_id])
    rows = memberships(actor, Permission.EXEMPTION_REQUEST)
    membership = rows.filter(person=request.person_id).first()
    if membership is None:
        raise Absent("member")
    if membership.standing != Standing.IN_SERVICE:
        raise Refused(
            "exemption.not-in-service",
            gettext_noop("Is not in service and has not to report anyway."),
        )
    _close_elapsed(actor, live_exemption(request.person_id))
    exemption = Exemption.objects.create(
        person=membership.person,
        branch=membership.branch,
        reason=request.reason,
        evidence=request.evidence.strip(),
        effect=request.effect,
        from_on=request.from_on,
        to_on=request.to_on,
        state=ExemptionState.REQUESTED,
        requested_by=actor.name,
        requested_account=actor.account_id,
        requested_at=clock.now(),
    )
    _write(actor, exemption, "exemption.requested", request.evidence.strip())
    unit_id = unit_of(membership.branch).pk
    facts = {"name": membership.person.name}
    announce(
        [Message("exemption-requested", organisation_id=unit_id, about=exemption.pk, facts=facts)]
    )
    return exemption


def _close_elapsed(actor: Actor, held: Exemption | None) -> None:
    """An approved exemption whose last day is past makes way; one that counts does not."""
    if held is None:
        return
    if (
        held.state == ExemptionState.APPROVED
        and held.to_on is not None
        and held.to_on < clock.today()
    ):
        _revoke(actor, held, held.decision_note, "exemption.elapsed")
        return
    raise Refused(
        "exemption.second",
        gettext_noop("There is one already (%(words)s, %(state)s); decide or revoke it first."),
        words=REASONS[held.reason].words,
        state=EXEMPTION_STATES[ExemptionState(held.state)],
    )


@command
def decide_exemption(
    actor: Actor, *, exemption_id: UUID, approve: bool, note: str = ""
) -> Exemption:
    """Approve or refuse a request; never one's own, never about oneself; no needs a note."""
    told = note.strip() if approve else check_reason(note)
    exemption = lock(exemptions(actor, Permission.EXEMPTION_APPROVE), exemption_id)
    check_decision(exemption.state, exemption.requested_account, actor.account_id)
    if actor.person_id == exemption.person_id:
        raise Refused(
            "exemption.about-oneself",
            gettext_noop("Nobody decides about themselves; ask another secretary."),
        )
    exemption.state = ExemptionState.APPROVED if approve else ExemptionState.REFUSED
    exemption.decided_by = actor.name
    exemption.decided_at = clock.now()
    exemption.decision_note = told[:200]
    exemption.save(update_fields=["state", "decided_by", "decided_at", "decision_note"])
    _write(actor, exemption, f"exemption.{exemption.state}", told)
    _tell(exemption, f"exemption-{exemption.state}")
    return exemption


@command
def revoke_exemption(actor: Actor, *, exemption_id: UUID, reason: str) -> Exemption:
    """End an approved exemption before its day because its reason is gone, or take back a
    request."""
    told = check_reason(reason)
    exemption = lock(exemptions(actor, Permission.EXEMPTION_REQUEST), exemption_id)
    if exemption.state not in (ExemptionState.REQUESTED, ExemptionState.APPROVED):
        raise Refused(
            "exemption.over",
            gettext_noop("It no longer holds: %(state)s."),
            state=EXEMPTION_STATES[ExemptionState(exemption.state)],
        )
    _revoke(actor, exemption, told, "exemption.revoked")
    _tell(exemption, "exemption-revoked")
    return exemption


def _revoke(actor: Actor, exemption: Exemption, reason: str, verb: str) -> None:
    exemption.state = ExemptionState.REVOKED
    exemption.revoked_at = clock.now()
    exemption.save(update_fields=["state", "revoked_at"])
    _write(actor, exemption, verb, reason)


def _write(actor: Actor, exemption: Exemption, verb: str, reason: str) -> None:
    journal.write(
        actor,
        verb,
        exemption.pk,
        unit_of(exemption.branch).pk,
        words=REASONS[exemption.reason].words,
        reason=reason,
    )


def _tell(exemption: Exemption, kind: str) -> None:
    facts = {"reason": REASONS[exemption.reason].words}
    announce([Message(kind, person_id=exemption.person_id, about=exemption.pk, facts=facts)])
