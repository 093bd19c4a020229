"""What a community does with a letter: accept or return."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import partial
from uuid import UUID

from django.db import connection

from baodao.documents.commands import next_numbers
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.batch import Batch
from baodao.kernel.command import command
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.lives import check_reason
from baodao.kernel.locks import lock, lock_many
from baodao.kernel.stages import move
from baodao.notices.commands.notices import Message, announce
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import check_open
from baodao.partnership.rules.askers import MEMBER_ASKERS
from baodao.people.queries.members import present_units
from baodao.registration.commands.messages import to_member, to_unit
from baodao.registration.commands.papers import issue_papers
from baodao.registration.models import Registration
from baodao.registration.queries.registrations import label_of, registrations
from baodao.registration.rules.papers import RECEIPT
from baodao.registration.rules.states import REGISTRATION, State

NUMBERING = """
    UPDATE registration_registration AS registration SET receipt_number = receipt.number
    FROM unnest(%s::uuid[], %s::int[]) AS receipt (id, number)
    WHERE registration.id = receipt.id
"""


@command
def accept(actor: Actor, *, registration_ids: Collection[UUID]) -> Batch[Registration]:
    """Receive these members: numbered receipts, to the member and the unit by themselves.

    A letter shown at the desk is accepted without having been presented before. Whoever was
    returned, withdrawn or received meanwhile is named in `refused`; nobody receives themselves.

    Cannot be taken back: the numbered receipts have gone to member and unit. Who was received by
    mistake is ended with that reason (`departures.end`).
    """
    rows = lock_many(registrations(actor, Permission.REGISTRATION_ACCEPT), registration_ids)
    batch = Batch.each(rows, partial(_acceptable, actor), label_of)
    by_community: defaultdict[int, list[Registration]] = defaultdict(list)
    for registration in batch.done:
        by_community[registration.community_id].append(registration)
    for community_id in sorted(by_community):
        _accept_in(actor, by_community[community_id])
    return batch


def _acceptable(actor: Actor, registration: Registration) -> Registration:
    REGISTRATION.move(registration.state, State.ACCEPTED)
    if actor.person_id == registration.person_id:
        raise Refused(
            "registration.own",
            gettext_noop("Nobody receives themselves; ask a colleague of the community."),
        )
    check_open(registration.community)
    return registration


def _accept_in(actor: Actor, arrived: list[Registration]) -> None:
    """Accept what is locked and of one community: numbers in the order of the letters."""
    arrived.sort(key=lambda row: (row.letter.unit_id, row.letter.year, row.letter.number))
    now, year = clock.now(), clock.today().year
    numbers = next_numbers(
        organisation_id=arrived[0].community_id,
        form=RECEIPT.code,
        year=year,
        count=len(arrived),
    )
    fresh = [row.pk for row in arrived if row.submitted_at is None]
    Registration.objects.filter(pk__in=fresh).update(submitted_at=now)
    _number(arrived, numbers)
    _note_askers(arrived)
    move(arrived, State.ACCEPTED, now, accepted_at=now, accepted_by=actor.name, receipt_year=year)
    for row in arrived:
        row.submitted_at = row.submitted_at or now
    issue_papers(arrived)
    journal.write_many(actor, [_accepted(row) for row in arrived])
    _tell(arrived)


def _number(arrived: Sequence[Registration], numbers: Sequence[int]) -> None:
    """Write a number of its own to each row, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(NUMBERING, [[row.pk for row in arrived], list(numbers)])
    for row, number in zip(arrived, numbers, strict=True):
        row.receipt_number = number


def _note_askers(arrived: Sequence[Registration]) -> None:
    """Who agreed to come here is known as asked, whichever page their letter was written on."""
    unknown = {row.person_id: row for row in arrived if row.invited_by_id is None}
    whereto = {person: row.community_id for person, row in unknown.items()}
    pairs = [pair for askers in MEMBER_ASKERS for pair in askers(whereto).items()]
    for person, authority in pairs:
        unknown[person].invited_by_id = authority
    Registration.objects.bulk_update([unknown[person] for person, _ in pairs], ["invited_by"])


def _accepted(row: Registration) -> journal.Act:
    facts: dict[str, journal.Fact] = {
        "community": row.community.name,
        "receipt": row.receipt_text,
    }
    return journal.Act("registration.accepted", row.pk, row.community_id, facts)


def _tell(arrived: Sequence[Registration]) -> None:
    """One notice to each member, one to each unit for all of its receipts."""
    community = arrived[0].community
    units = present_units([row.person_id for row in arrived])
    by_unit: defaultdict[Organisation, list[Registration]] = defaultdict(list)
    for row in arrived:
        if row.person_id in units:
            by_unit[units[row.person_id]].append(row)
    announce(
        [
            to_member(
                row,
                "registration-accepted",
                {"community": community.name, "number": row.receipt_text},
            )
            for row in arrived
        ]
        + [
            Message(
                "receipts-arrived",
                organisation_id=unit.pk,
                facts={"community": community.name, "count": len(rows)},
            )
            for unit, rows in by_unit.items()
        ]
    )


@command
def return_to_member(actor: Actor, *, registration_id: UUID, reason: str) -> Registration:
    """Give a presented letter back with a reason; it may be presented again."""
    why = check_reason(reason)
    rows = registrations(actor, Permission.REGISTRATION_ACCEPT)
    registration = lock(rows, registration_id)
    move([registration], State.RETURNED, clock.now(), returned_reason=why)
    community = registration.community.name
    journal.write(
        actor,
        "registration.returned",
        registration.pk,
        registration.community_id,
        community=community,
        reason=why,
    )
    facts = {"community": community, "reason": why, "name": registration.person.name}
    announce(
        [
            to_member(registration, "registration-returned", facts),
            *to_unit(registration, "member-returned", facts),
        ]
    )
    return registration
