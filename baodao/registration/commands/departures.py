"""How a registration ends: end, withdrawal before acceptance, transfer to another community."""

from collections.abc import Collection
from datetime import date
from functools import partial
from uuid import UUID

from django.db.models import QuerySet

from baodao.documents.commands import revoke
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.batch import Batch
from baodao.kernel.command import command
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.lives import check_reason
from baodao.kernel.locks import lock, lock_many
from baodao.kernel.stages import move
from baodao.kernel.undo import Marks, takes_back
from baodao.notices.commands.notices import announce
from baodao.orgs.models import Organisation
from baodao.orgs.queries.communities import open_community
from baodao.orgs.queries.tree import standing_of
from baodao.people.commands.departures import end_membership
from baodao.people.models import Membership
from baodao.people.queries.members import current, lock_persons, memberships, present_units
from baodao.people.rules.departures import Ending
from baodao.registration.commands.letters import ISSUE, LetterOpening, open_registrations
from baodao.registration.commands.messages import to_community, to_member, to_unit, withdrawal
from baodao.registration.models import Registration
from baodao.registration.queries.registrations import (
    label_of,
    own_registrations,
    registrations,
)
from baodao.registration.rules.states import (
    REGISTRATION,
    EndReason,
    State,
    check_end_date,
    check_end_reason,
)

UNDONE = gettext_noop("It was issued by mistake.")
"""The reason that is given for a letter whose issue was taken back."""


@command
def end(actor: Actor, *, registration_id: UUID, reason: str, ended_on: date) -> Registration:
    """End an accepted registration; by its unit or its community, each of which is told. A death
    that the unit tells ends the membership with all that hangs on it."""
    why = check_end_reason(reason)
    if why is EndReason.DIED and (died := _own_member(actor, registration_id)):
        _check_ending(died, ended_on)
        end_membership(actor, person_id=died.person_id, ending=Ending.DIED, on=ended_on)
        died.refresh_from_db()
        return died
    registration = lock(registrations(actor, Permission.REGISTRATION_END), registration_id)
    _end(actor, registration, why, ended_on)
    facts = {"name": registration.person.name, "community": registration.community.name}
    messages = [
        *to_unit(registration, "member-ended", facts),
        to_community(registration, "member-ended", facts),
    ]
    if why is not EndReason.DIED:
        messages.append(to_member(registration, "registration-ended", facts))
    announce(messages)
    return registration


def _own_member(actor: Actor, registration_id: UUID) -> Registration | None:
    """The registration, where its person is a member of the actor's own unit."""
    row = registrations(actor, Permission.REGISTRATION_END).filter(pk=registration_id).first()
    if row is None:
        return None
    own = memberships(actor, Permission.PERSON_EDIT).filter(person=row.person_id)
    return row if own.exists() else None


def _check_ending(registration: Registration, ended_on: date) -> None:
    REGISTRATION.move(registration.state, State.ENDED)
    assert registration.accepted_at is not None
    check_end_date(ended_on, clock.local(registration.accepted_at).date(), clock.today())


def _end(actor: Actor, registration: Registration, why: EndReason, ended_on: date) -> None:
    _check_ending(registration, ended_on)
    now = clock.now()
    move([registration], State.ENDED, now, ended_on=ended_on, ended_at=now, ended_reason=why)
    revoke(about=registration.pk)
    revoke(about=registration.letter_id)
    journal.write(
        actor,
        "registration.ended",
        registration.pk,
        registration.community_id,
        ended_on=ended_on.isoformat(),
        ended_reason=why.words,
    )


@command
def withdraw(actor: Actor, *, registration_id: UUID, reason: str) -> Registration:
    """The unit takes a letter back before it is accepted; its number stays used."""
    why = check_reason(reason)
    registration = lock(registrations(actor, Permission.REGISTRATION_WITHDRAW), registration_id)
    was_presented = registration.state == State.SUBMITTED
    _withdraw(actor, registration, why)
    facts = withdrawal(registration, why)
    messages = [to_member(registration, "registration-withdrawn", facts)]
    if was_presented:
        messages.append(to_community(registration, "member-withdrawn", facts))
    announce(messages)
    return registration


@takes_back(ISSUE)
def take_back(actor: Actor, marks: Marks) -> Batch[Registration]:
    """Withdraw letters that were issued together and tell the members; their numbers stay used.

    Left as it is and named is what was presented or withdrawn meanwhile, and what somebody else
    has printed. Raises `Absent` for anybody out of scope.
    """
    ids = [UUID(pk) for pk in marks["registrations"]]
    rows = lock_many(registrations(actor, Permission.REGISTRATION_WITHDRAW), ids)
    printed = _printed_by_others(actor, ids)
    batch = Batch.each(rows, partial(_unused, printed), label_of)
    for row in batch.done:
        _withdraw(actor, row, UNDONE)
    announce(
        to_member(row, "registration-withdrawn", withdrawal(row, UNDONE)) for row in batch.done
    )
    return batch


def _printed_by_others(actor: Actor, ids: Collection[UUID]) -> set[UUID]:
    """Of these registrations, those whose papers another than the actor has printed in full."""
    prints = journal.timeline(*ids).filter(verb="paper.printed")
    return set(prints.exclude(account_id=actor.account_id).values_list("about", flat=True))


def _unused(printed: Collection[UUID], row: Registration) -> Registration:
    """The row, if its letter lies as it was issued."""
    if row.state != State.ISSUED:
        raise Refused(
            "letter.used", gettext_noop("The letter was used or withdrawn meanwhile, and stays.")
        )
    if row.pk in printed:
        raise Refused(
            "letter.printed",
            gettext_noop("The letter was printed by somebody else meanwhile, and stays."),
        )
    return row


def _withdraw(actor: Actor, registration: Registration, reason: str) -> None:
    move([registration], State.WITHDRAWN, clock.now())
    revoke(about=registration.letter_id)
    journal.write(
        actor,
        "registration.withdrawn",
        registration.pk,
        _unit_id(registration),
        reason=reason,
    )


def _unit_id(registration: Registration) -> int:
    """The unit that acts: the member's of today, else the one that wrote the letter."""
    unit = present_units([registration.person_id]).get(registration.person_id)
    return unit.pk if unit else registration.letter.unit_id


@command
def transfer(
    actor: Actor,
    *,
    registration_id: UUID,
    community_id: int,
    reason: str,
    invited_by: Organisation | None = None,
) -> Registration:
    """Move to another community in one act: the old registration ends (or its letter is
    withdrawn), a new numbered letter is written and waits for the new community.

    By the member or a clerk of the unit; `invited_by` asked them to go there. Returns the new
    registration.
    """
    why = check_reason(reason)
    community = open_community(community_id)
    rows = _rows(actor, registration_id)
    person_id = rows.values_list("person", flat=True).filter(pk=registration_id).first()
    lock_persons([person_id] if person_id else [])
    old = lock(rows, registration_id)
    if standing_of(old.community) == community:
        raise Refused(
            "registration.same-community",
            gettext_noop("The member reports to %(community)s already; choose another one."),
            community=community.name,
        )
    membership = _membership(old)
    if old.state == State.ACCEPTED:
        _end(actor, old, EndReason.TRANSFERRED, clock.today())
    else:
        _withdraw(actor, old, why)
    opening = LetterOpening(membership, community, invited_by)
    [new] = open_registrations(actor, [opening], state=State.SUBMITTED, moved_from=old)
    _tell_of_transfer(actor, old, new, why)
    return new


def _rows(actor: Actor, registration_id: UUID) -> QuerySet[Registration]:
    """The actor's own, or their unit's."""
    mine = own_registrations(actor)
    if mine.filter(pk=registration_id).exists():
        return mine
    return registrations(actor, Permission.REGISTRATION_TRANSFER)


def _membership(old: Registration) -> Membership:
    """The membership in force, whose unit introduces anew."""
    membership = current().filter(person=old.person_id).first()
    if membership is None:
        raise Refused(
            "member.left",
            gettext_noop("Is no longer a member of any unit here; end the registration instead."),
        )
    return membership


def _tell_of_transfer(actor: Actor, old: Registration, new: Registration, reason: str) -> None:
    """Both stories name the other community; the old community and the member are told."""
    community: Organisation = new.community
    journal.write_many(
        actor,
        [
            journal.Act(
                "registration.transferred",
                old.pk,
                old.community_id,
                {"community": community.name, "reason": reason},
            ),
            journal.Act(
                "registration.continued",
                new.pk,
                new.community_id,
                {"community": old.community.name, "reason": reason},
            ),
        ],
    )
    facts = {
        "number": new.letter.number_text,
        "community": community.name,
        "name": old.person.name,
    }
    messages = [to_member(new, "registration-transferred", facts)]
    if old.submitted_at is not None:
        messages.append(to_community(old, "member-left", facts))
    announce(messages)
