"""The authority above two entries asks their units to compare the number with the card."""

from uuid import UUID

from baodao.identities.commands.news import tell_askers, tell_units
from baodao.identities.models import NumberCheck
from baodao.identities.queries.checks import standing_checks, waiting_checks
from baodao.identities.queries.contests import contest_of
from baodao.identities.rules.checks import CHECK, CheckState, IdentityEvent
from baodao.identities.rules.corrections import check_evidence
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.locks import lock
from baodao.kernel.stages import move
from baodao.people.models import Membership
from baodao.people.queries.members import current, lock_persons, member_of


@command
def ask_units(actor: Actor, *, person_id: UUID) -> list[NumberCheck]:
    """Ask the units of both entries of a contest that the actor settles, each of its own member
    alone, to compare the number with the card; who is asked already, or has answered, is not asked
    again, and one who is nobody's member has no unit."""
    contest = contest_of(actor, person_id)
    both = [contest.person.pk, contest.holder.pk]
    lock_persons(both)
    standing = standing_checks(both)
    members = [row for row in current().filter(person__in=both) if row.person_id not in standing]
    if not members:
        raise CHECK.refusal(CheckState.WAITING)
    checks = NumberCheck.objects.bulk_create(
        NumberCheck(person=row.person, asked_by=actor.name, asker_account=actor.account_id)
        for row in members
    )
    acts = [journal.Act("identity.asked", row.person_id, row.branch_id) for row in members]
    journal.write_many(actor, acts)
    pairs = [(check.pk, row) for check, row in zip(checks, members, strict=True)]
    tell_units(IdentityEvent.ASKED, pairs)
    return checks


@command
def answer_check(actor: Actor, *, check_id: UUID, evidence: str) -> NumberCheck:
    """Say that the number of a member of the actor's unit stands on the card as it is kept, and
    what it was read from. A number that does not is corrected instead."""
    source = check_evidence(evidence)
    rows = waiting_checks(actor)
    lock_persons(rows.filter(pk=check_id).values_list("person", flat=True))
    check = lock(rows, check_id)
    membership = member_of(actor, Permission.PERSON_EDIT, check.person_id)
    columns = {"evidence": source, "answered_by": actor.name, "answered_at": clock.now()}
    move([check], CheckState.STANDS, clock.now(), **columns)
    journal.write(actor, "identity.stands", check.person_id, membership.branch_id, evidence=source)
    tell_askers(IdentityEvent.STANDS, [check], membership)
    return check


def end_checks(membership: Membership) -> None:
    """The number of a locked person was put right: what was asked about the one before is over, and
    whoever asked is told."""
    checks = list(standing_checks([membership.person_id]).values())
    move(checks, CheckState.MENDED, clock.now())
    tell_askers(IdentityEvent.MENDED, checks, membership)
