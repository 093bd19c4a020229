"""本人填报: a member says what they did; the community confirms many at once, or gives one back."""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from baodao.documents.sheets import paper_text
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor
from baodao.kernel.batch import Batch
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.lives import check_reason
from baodao.kernel.locks import lock, lock_many
from baodao.kernel.stages import move
from baodao.ledger.commands.records import Confirmed, append_each
from baodao.ledger.models import ServiceRecord
from baodao.ledger.queries.categories import codes_of
from baodao.ledger.queries.neighbours import day_bounds, neighbours_of
from baodao.ledger.rules.records import (
    Entry,
    Obstacle,
    Origin,
    check_entry,
    check_not_own,
    check_overlap,
    obstacle_of,
)
from baodao.notices.commands.notices import Message, announce
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import by_id, check_open, standing_of
from baodao.people.queries.members import lock_persons
from baodao.people.queries.periods import belongings_of
from baodao.statements.models import Statement
from baodao.statements.queries.statements import (
    community_on,
    own_statements,
    statements,
    stating_places,
)
from baodao.statements.rules.statements import OFFER_CHECKS, STATEMENT, StatementState

COLUMNS = (
    "served_on",
    "began_at",
    "minutes",
    "category",
    "way",
    "place",
    "result",
    "offer_id",
    "offer_title",
)
"""What a statement says of a service, as an entry does."""

OF_OFFER = ("way", "offer_id", "offer_title")
"""What of these an offer decides, and no form asks."""


Consequence = Callable[[Actor, Sequence[Statement]], None]
_consequences: list[Consequence] = []


def register_consequence(consequence: Consequence) -> None:
    """Let a slice above act, within the same transaction, on statements that were just confirmed
    one by one; called by the slice when it starts. What a list of an offer confirms it knows."""
    _consequences.append(consequence)


@command
def state(
    actor: Actor, *, community_id: int, entry: Entry, statement_id: UUID | None = None
) -> Statement:
    """Tell a community what the actor did there, or in one that it took over from;
    `statement_id` names a returned one put right, which stays that of its offer: told to the same
    community, in the same way.

    What overlaps with a record, or with another statement that waits, is refused now and not only
    when it is confirmed.
    """
    if actor.person_id is None:
        raise Absent("member")
    lock_persons([actor.person_id])
    returned = lock(own_statements(actor), statement_id) if statement_id else None
    if returned:
        STATEMENT.check(returned.state, StatementState.RETURNED)
    service = replace(entry, person_id=actor.person_id)
    if returned and returned.offer_id:
        service = replace(service, **{name: getattr(returned, name) for name in OF_OFFER})
        assert returned.offer_community is not None
        community = returned.offer_community
    else:
        community = _place_of(actor, community_id, service.served_on)
    return state_to(actor, community, service, returned)


def _place_of(actor: Actor, community_id: int, day: date) -> Organisation:
    """To whom a service of a day belongs that the actor states to a community of their choice."""
    place = next((row for row in stating_places(actor) if row.pk == community_id), None)
    if place is None:
        check_open(by_id(community_id))
        raise Refused(
            "statement.elsewhere",
            gettext_noop("Choose a community that has received your registration."),
        )
    return community_on(actor, place, day)


def state_to(
    actor: Actor, community: Organisation, service: Entry, returned: Statement | None = None
) -> Statement:
    """Tell a community, or who stood for it on the day, of a service of the actor, who is locked;
    the caller knows that they may have served there. A locked `returned` statement is put right by
    it."""
    check_open(standing_of(community))
    place, community = community, standing_of(community, service.served_on)
    _check(actor, service, community, kept=returned.category if returned else "")
    statement = _written(returned, service, community, place)
    verb = "statement.made-again" if returned else "statement.made"
    day = service.served_on.isoformat()
    journal.write(actor, verb, statement.pk, community.pk, minutes=service.minutes, served_on=day)
    return statement


def _check(actor: Actor, service: Entry, community: Organisation, kept: str) -> None:
    """Refuse what cannot have been; the kind that is `kept` already stays, offered or not."""
    codes = codes_of(community)
    kinds = codes.offered | {kept} if service.offer_id is None else codes.known
    check_entry(service, kinds, clock.today())
    if service.offer_id is not None:
        for check in OFFER_CHECKS:
            check(service)
    for belonging in belongings_of([service.person_id]).values():
        bounds = day_bounds(community)
        bounds.check(service.served_on, belonging, long_ago=service.long_ago)
    near = neighbours_of([service.person_id], [service.served_on])[service.person_id]
    waiting = own_statements(actor).filter(state=StatementState.WAITING)
    check_overlap(service, [*near.around(service.served_on), *map(_obstacle, waiting)])


def _obstacle(statement: Statement) -> Obstacle:
    return obstacle_of(entry_of(statement), statement.community.name)


def entry_of(statement: Statement) -> Entry:
    """The service that was stated, as it would be recorded."""
    columns = {name: getattr(statement, name) for name in COLUMNS}
    return Entry(person_id=statement.person_id, long_ago=True, **columns)


def _written(
    returned: Statement | None, service: Entry, community: Organisation, place: Organisation
) -> Statement:
    """A new statement, or a returned one that waits again, with what is said now; `place` is who
    offered it."""
    now = clock.now()
    columns: dict[str, object] = {name: getattr(service, name) for name in COLUMNS}
    columns |= {"community": community, "reason": "", "stated_at": now}
    columns["offer_community"] = place if service.offer_id else None
    if returned is None:
        return Statement.objects.create(person_id=service.person_id, **columns)
    move([returned], StatementState.WAITING, now, decided_at=None, decided_by="", **columns)
    return returned


@command
def withdraw_statement(actor: Actor, *, statement_id: UUID) -> Statement:
    """Take back what was not confirmed."""
    statement = lock(own_statements(actor), statement_id)
    move([statement], StatementState.WITHDRAWN, clock.now())
    journal.write(actor, "statement.withdrawn", statement.pk, statement.community_id)
    return statement


@command
def confirm_statements(actor: Actor, *, statement_ids: Collection[UUID]) -> Batch[Statement]:
    """Make records of these statements; what cannot be recorded is named and keeps waiting.

    Cannot be taken back: a record stands in the chain, and is corrected with a reason.
    """
    rows = statements(actor)
    lock_persons(rows.filter(pk__in=statement_ids).values_list("person", flat=True))
    batch = _able(actor, lock_many(rows, statement_ids))
    confirmed = _confirmed(actor, batch.done)
    return Batch(confirmed.done, [*batch.refused, *confirmed.refused])


def _able(actor: Actor, rows: Sequence[Statement]) -> Batch[Statement]:
    """Those that may be confirmed, in the order in which they were stated."""

    def able(statement: Statement) -> Statement:
        STATEMENT.move(statement.state, StatementState.CONFIRMED)
        check_not_own(actor.person_id, statement.person_id)
        return statement

    return Batch.each(sorted(rows, key=lambda row: (row.stated_at, row.pk)), able, _label)


def _label(statement: Statement) -> str:
    """One member may have stated several services: name and day."""
    return f"{statement.person.name} {paper_text(statement.served_on, 'day')}"


def _confirmed(actor: Actor, able: Sequence[Statement]) -> Batch[Statement]:
    """Record these statements; those that cannot be are named."""
    now = clock.now()
    by_community: defaultdict[Organisation, list[Statement]] = defaultdict(list)
    for statement in able:
        by_community[statement.community].append(statement)
    entries = {place: [entry_of(row) for row in rows] for place, rows in by_community.items()}
    answers = append_each(actor, entries, Confirmed(Origin.STATEMENT, actor.name))

    def confirm(recorded: tuple[Statement, ServiceRecord | Refused]) -> Statement:
        statement, answer = recorded
        if isinstance(answer, Refused):
            raise answer
        decision = {"record_id": answer.id, "decided_at": now, "decided_by": actor.name}
        move([statement], StatementState.CONFIRMED, now, **decision)
        return statement

    every = [row for rows in by_community.values() for row in rows]
    batch = Batch.each(zip(every, answers, strict=True), confirm, lambda pair: _label(pair[0]))
    journal.write_many(actor, [_confirmation(row) for row in batch.done])
    for follow in _consequences:
        follow(actor, batch.done)
    announce([_message("statement-confirmed", row) for row in batch.done])
    return batch


def _confirmation(row: Statement) -> journal.Act:
    facts: dict[str, journal.Fact] = {"community": row.community.name}
    return journal.Act("statement.confirmed", row.pk, row.community_id, facts)


def settle(actor: Actor, records: Sequence[ServiceRecord]) -> None:
    """The list of an offer answers what the same persons stated of it: what waits is confirmed by
    these records. The caller has locked the persons."""
    ids = {(row.person_id, row.offer_id): row.id for row in records}
    rows = Statement.objects.filter(
        person__in=[row.person_id for row in records],
        offer_id__in={row.offer_id for row in records},
        state=StatementState.WAITING,
    )
    now = clock.now()
    for statement in rows.select_for_update(no_key=True).order_by("pk"):
        record_id = ids[statement.person_id, statement.offer_id]
        decision = {"record_id": record_id, "decided_at": now, "decided_by": actor.name}
        move([statement], StatementState.CONFIRMED, now, **decision)
        journal.write(actor, "statement.confirmed", statement.pk, statement.community_id)


@command
def return_statement(actor: Actor, *, statement_id: UUID, reason: str) -> Statement:
    """Give a statement back with a reason; the member may put it right and state it again."""
    words = check_reason(reason)
    statement = lock(statements(actor), statement_id)
    now, name = clock.now(), statement.community.name
    move(
        [statement],
        StatementState.RETURNED,
        now,
        reason=words,
        decided_at=now,
        decided_by=actor.name,
    )
    where = (statement.pk, statement.community_id)
    journal.write(actor, "statement.returned", *where, community=name, reason=words)
    announce([_message("statement-returned", statement)])
    return statement


def _message(kind: str, statement: Statement) -> Message:
    return Message(
        kind,
        person_id=statement.person_id,
        about=statement.pk,
        facts={
            "community": statement.community.name,
            "on": paper_text(statement.served_on, "day"),
            "minutes": statement.minutes,
            "reason": statement.reason,
        },
    )
