"""A member commits for a year, changes it, takes it back; says that it may be read, or no more; is
invited once."""

from uuid import UUID

from baodao.commitments.models import Commitment, CommitmentInvitation, CommitmentItem
from baodao.commitments.queries.choices import Tickable, choices_of
from baodao.commitments.queries.commitments import (
    own_commitment,
    own_commitments,
    posts_up,
    present,
    to_invite,
)
from baodao.commitments.rules.commitments import (
    CommitmentFacts,
    check_commitment,
    check_consent,
    check_year,
)
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.kernel.errors import Absent
from baodao.kernel.locks import lock
from baodao.notices.commands.notices import Message, announce
from baodao.offers.models import Offer
from baodao.orgs.queries.tree import standing_of
from baodao.people.queries.members import lock_persons
from baodao.registration.models import Registration
from baodao.registration.queries.registrations import own_registration
from baodao.registration.rules.states import State


@command
def commit(actor: Actor, *, year: int, facts: CommitmentFacts) -> Commitment:
    """Commit to what is ticked in the community that has received the actor. What they said before
    in this year ends at this instant, and stays as it was."""
    registration = _own_place(actor)
    check_year(year, clock.today())
    check_commitment(facts)
    check_consent(facts.consent, posts=posts_up(registration.community))
    ticked = _ticked(actor, facts)
    before, now = own_commitment(actor), clock.now()
    if before is not None:
        _end(before)
    row = Commitment.objects.create(
        registration=registration,
        year=year,
        since=now,
        times=facts.times,
        hours=facts.hours,
        services=facts.services,
        words=facts.words.strip(),
        consent=facts.consent,
    )
    CommitmentItem.objects.bulk_create(_item(row, one) for one in ticked)
    place = registration.community_id
    journal.write(actor, "commitment.made", row.pk, place, year=str(year), on_board=row.agreed)
    return row


@command
def withdraw_commitment(actor: Actor, *, commitment_id: UUID) -> Commitment:
    """Take a commitment back: it is read by nobody else from this instant on, and nobody is asked
    why."""
    row = _own_present(actor, commitment_id)
    _end(row)
    place = row.registration.community_id
    journal.write(actor, "commitment.withdrawn", row.pk, place, year=str(row.year))
    return row


@command
def revoke_consent(actor: Actor, *, commitment_id: UUID) -> Commitment:
    """Let nobody read it on the notice board any more, at once; the commitment stays."""
    row = _own_present(actor, commitment_id)
    if row.agreed:
        row.consent_until = clock.now()
        row.save(update_fields=["consent_until"])
        place = row.registration.community_id
        journal.write(actor, "commitment.hidden", row.pk, place, year=str(row.year))
    return row


@command
def invite_members(actor: Actor, *, community_id: int) -> int:  # noqa: ARG001 - the worker, for everybody
    """Invite those of a community's members who have not been this year, once, to commit; how many
    are told. Who turned reminders off or had enough of them is not asked another time."""
    lock_persons(set(to_invite().filter(community=community_id).values_list("person", flat=True)))
    rows, year = list(to_invite().filter(community=community_id)), clock.today().year
    invitations = CommitmentInvitation.objects.bulk_create(
        CommitmentInvitation(registration=row, year=year) for row in rows
    )
    messages = [
        Message(
            "claim-commitment-invitation",
            person_id=row.registration.person_id,
            about=row.pk,
            facts={
                "community": standing_of(row.registration.community).name,
                "year": str(year),
            },
        )
        for row in invitations
    ]
    return len(announce(messages))


def _own_place(actor: Actor) -> Registration:
    """The registration in which the actor commits; they are held until the transaction ends.
    Raises `Absent` for who is not received anywhere."""
    if actor.person_id is None:
        raise Absent("member")
    lock_persons([actor.person_id])
    registration = own_registration(actor)
    if registration is None or registration.state != State.ACCEPTED:
        raise Absent("registration")
    return registration


def _own_present(actor: Actor, commitment_id: UUID) -> Commitment:
    """What the actor commits to now. Raises `Absent` for what is over, or somebody else's."""
    return lock(present(own_commitments(actor)), commitment_id)


def _end(row: Commitment) -> None:
    row.until = clock.now()
    row.save(update_fields=["until"])


def _ticked(actor: Actor, facts: CommitmentFacts) -> list[Tickable]:
    """What was ticked, in the order in which it was shown. Raises `Absent` for what is not there
    for the actor."""
    every = choices_of(actor).every
    if not facts.ticked <= every.keys():
        raise Absent("offer")
    return [one for key, one in every.items() if key in facts.ticked]


def _item(commitment: Commitment, one: Tickable) -> CommitmentItem:
    column = "offer" if isinstance(one.row, Offer) else "series"
    ticked = {column: one.row}
    return CommitmentItem(
        commitment=commitment, title=one.row.title, claimed_on=one.since, **ticked
    )
