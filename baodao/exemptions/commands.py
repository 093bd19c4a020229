"""Exemption and delay: requested by the clerk, decided by another, revoked when it is over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from baodao.exemptions.models import Exemption
from baodao.exemptions.queries import exemptions, live_exemption
from baodao.exemptions.rules.reasons import ExemptionReason, check_days, check_exemption
from baodao.exemptions.rules.states import EXEMPTION, ExemptionState, check_decision
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.lives import MOST_WORDS, check_reason
from baodao.kernel.locks import lock
from baodao.kernel.stages import move
from baodao.notices.commands.notices import Message, announce
from baodao.people.commands.endings import EndingRows
from baodao.people.queries.members import lock_persons, memberships, present_units, unit_of
from baodao.people.rules.departures import Departure, Ending
from baodao.people.rules.standing import Standing


@dataclass(frozen=True)
class ExemptionRequest:
    """For whom, why, on what evidence, with what effect, from when to when.

    `reason` and `effect` are codes of `ExemptionReason` and `Effect`; `to_on` may be empty where
    the reason has no end.
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
    check_days(request.from_on, request.to_on, clock.today())
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


def _close_elapsed(actor: Actor, live: Exemption | None) -> None:
    """An approved exemption whose last day is past makes way; one that counts does not."""
    if live is None:
        return
    last = live.to_on if live.state == ExemptionState.APPROVED else None
    if last is not None and last < clock.today():
        _revoke(actor, live, live.decision_note, "exemption.elapsed")
        return
    raise Refused(
        "exemption.second",
        gettext_noop("There is one already (%(words)s, %(state)s); decide or revoke it first."),
        words=ExemptionReason(live.reason).words,
        state=ExemptionState(live.state).words,
    )


@command
def decide_exemption(
    actor: Actor, *, exemption_id: UUID, approve: bool, note: str = ""
) -> Exemption:
    """Approve or refuse a request; never one's own, never about oneself; no needs a note."""
    why = note.strip() if approve else check_reason(note)
    exemption = lock(exemptions(actor, Permission.EXEMPTION_APPROVE), exemption_id)
    check_decision(exemption.state, exemption.requested_account, actor.account_id)
    if actor.person_id == exemption.person_id:
        raise Refused(
            "exemption.about-oneself",
            gettext_noop("Nobody decides about themselves; ask another secretary."),
        )
    decision = ExemptionState.APPROVED if approve else ExemptionState.REFUSED
    now = clock.now()
    by = {"decided_by": actor.name, "decided_at": now, "decision_note": why[:MOST_WORDS]}
    move([exemption], decision, now, **by)
    _write(actor, exemption, f"exemption.{exemption.state}", why)
    _tell(exemption, f"exemption-{exemption.state}")
    return exemption


@command
def revoke_exemption(actor: Actor, *, exemption_id: UUID, reason: str) -> Exemption:
    """End an approved exemption before its day because its reason is gone, or take back a
    request."""
    why = check_reason(reason)
    exemption = lock(exemptions(actor, Permission.EXEMPTION_REQUEST), exemption_id)
    _revoke(actor, exemption, why, "exemption.revoked")
    _tell(exemption, "exemption-revoked")
    return exemption


def _revoke(actor: Actor, exemption: Exemption, reason: str, verb: str) -> None:
    now = clock.now()
    move([exemption], ExemptionState.REVOKED, now, revoked_at=now)
    _write(actor, exemption, verb, reason)


def _write(actor: Actor, exemption: Exemption, verb: str, reason: str) -> None:
    """Into the journal of the unit whose member it is about now."""
    asked_in = unit_of(exemption.branch)
    journal.write(
        actor,
        verb,
        exemption.pk,
        present_units([exemption.person_id]).get(exemption.person_id, asked_in).pk,
        words=ExemptionReason(exemption.reason).words,
        reason=reason,
    )


def _tell(exemption: Exemption, kind: str) -> None:
    facts = {"reason": ExemptionReason(exemption.reason).words}
    announce([Message(kind, person_id=exemption.person_id, about=exemption.pk, facts=facts)])


def _ending(departures: Sequence[Departure]) -> QuerySet[Exemption]:
    """What waits for a decision about who is no longer a member of the unit, and what was approved
    of who died or left."""
    gone = [one.person_id for one in departures if one.ending in (Ending.DIED, Ending.LEFT)]
    moved = [one.person_id for one in departures if one.ending is Ending.TRANSFERRED]
    rows = Exemption.objects.filter(person__in=gone, state__in=EXEMPTION.live)
    return rows | Exemption.objects.filter(person__in=moved, state=ExemptionState.REQUESTED)


def _let_go(actor: Actor, rows: Sequence[Exemption], gone: Mapping[UUID, Departure]) -> None:
    """Nobody is told."""
    for exemption in rows:
        _revoke(actor, exemption, gone[exemption.person_id].ending.words, "exemption.revoked")


def _again(actor: Actor, rows: Sequence[Exemption]) -> None:
    for exemption in rows:
        _write(actor, exemption, "exemption.resumed", exemption.decision_note)


DEPARTURES = EndingRows(
    Exemption,
    ("state", "revoked_at"),
    _ending,
    _let_go,
    words=gettext_noop("exemptions and delays"),
    again=_again,
)
