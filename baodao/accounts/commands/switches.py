"""Switches: one administrator proposes with basis, approver and end; another one confirms."""

from datetime import date
from uuid import UUID

from baodao.accounts.models import ImpactAssessment, Switch
from baodao.accounts.queries import is_assessed, switches, switches_to_end
from baodao.accounts.rules import SWITCHES, AssessmentFacts, check_assessment, check_switch
from baodao.kernel import clock, journal
from baodao.kernel.actors import check_second
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.locks import lock
from baodao.kernel.scope import within
from baodao.orgs.queries.tree import check_open, organisations


@command
def propose_switch(
    actor: Actor, *, key: str, organisation_id: int, basis: str, approver: str, ends_on: date
) -> Switch:
    """Propose to turn a feature on for an organisation and all below, until a day."""
    place = organisations(actor, Permission.SWITCH_PROPOSE).filter(pk=organisation_id).first()
    if place is None or actor.account_id is None:
        raise Absent("organisation")
    check_open(place)
    check_switch(key, ends_on, clock.today())
    if SWITCHES[key].assessed and not is_assessed(key, place):
        raise Refused(
            "switch.unassessed",
            gettext_noop(
                "This switch needs an impact assessment on file. File it first: who approved it, "
                "when, and what it says."
            ),
        )
    switch = Switch.objects.create(
        key=key,
        organisation=place,
        basis=basis,
        approver=approver,
        ends_on=ends_on,
        proposed_by_id=actor.account_id,
        proposed_at=clock.now(),
    )
    facts = {"switch": key, "basis": basis, "approver": approver, "ends_on": str(ends_on)}
    journal.write(actor, "switch.proposed", switch.id, place.pk, **facts)
    return switch


@command
def file_assessment(
    actor: Actor, *, organisation_id: int, facts: AssessmentFacts
) -> ImpactAssessment:
    """Put an impact assessment on file for an organisation and all below; it is never changed."""
    place = organisations(actor, Permission.SWITCH_PROPOSE).filter(pk=organisation_id).first()
    if place is None or actor.account_id is None:
        raise Absent("organisation")
    check_open(place)
    check_assessment(facts, clock.today())
    row = ImpactAssessment.objects.create(
        key=facts.key,
        organisation=place,
        title=facts.title.strip(),
        approver=facts.approver.strip(),
        approved_on=facts.approved_on,
        text=facts.text.strip(),
        filed_by_id=actor.account_id,
    )
    words = {"switch": facts.key, "title": row.title, "approver": row.approver}
    journal.write(actor, "assessment.filed", row.pk, place.pk, **words)
    return row


@command
def confirm_switch(actor: Actor, *, switch_id: UUID) -> Switch:
    """Turn a proposed switch on: not who proposed it, nor who is tied to their account."""
    rows = switches().filter(confirmed_at=None, ended_at=None)
    switch = lock(within(rows, actor, Permission.SWITCH_CONFIRM, "organisation__path"), switch_id)
    if actor.account_id is None:
        raise Absent("switch")
    check_open(switch.organisation)
    check_second(actor, switch.proposed_by_id)
    switch.confirmed_by_id = actor.account_id
    switch.confirmed_at = clock.now()
    switch.save(update_fields=["confirmed_by", "confirmed_at"])
    journal.write(actor, "switch.confirmed", switch.id, switch.organisation_id, switch=switch.key)
    return switch


@command
def end_switch(actor: Actor, *, switch_id: UUID, reason: str) -> Switch:
    """Turn a switch off, or take a proposal back; either of the two administrators may."""
    switch = lock(switches_to_end(actor).order_by(), switch_id)
    switch.ended_at = clock.now()
    switch.save(update_fields=["ended_at"])
    facts = {"switch": switch.key, "reason": reason}
    journal.write(actor, "switch.ended", switch.id, switch.organisation_id, **facts)
    return switch
