"""本人填报: a member says what they did; the community confirms many at once, or gives one back."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from uuid import UUID

from baodao.documents.filling import shown
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor
from baodao.kernel.batch import Batch
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.locking import lock, lock_many
from baodao.ledger.commands.appending import Confirmed, append_each, held_of
from baodao.ledger.models import ServiceRecord, Statement
from baodao.ledger.queries import (
    categories_of,
    nearby,
    own_statements,
    statements,
    stating_places,
)
from baodao.ledger.rules import (
    Entry,
    Held,
    Origin,
    StatementState,
    check_entry,
    check_not_own,
    check_overlap,
    check_reason,
    move,
)
from baodao.notices.commands.notices import Message, announce
from baodao.orgs.models import Organisation
from baodao.people.queries.members import lock_persons

SAID = (
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


@command
def state(
    actor: Actor, *, community_id: int, entry: Entry, statement_id: UUID | None = None
) -> Statement:
    """Tell a community what the actor did there; `statement_id` names a returned one put right.

    What overlaps with a record, or with another statement that waits, is refused now and not only
    when it is confirmed.
    """
    if actor.person_id is None:
        raise Absent("member")
    lock_persons([actor.person_id])
    community = stating_places(actor).filter(pk=community_id).first()
    if community is None:
        raise Refused(
            "statement.elsewhere",
            gettext_noop("Choose a community that has received your registration."),
        )
    told = replace(entry, person_id=actor.person_id)
    held = lock(own_statements(actor), statement_id) if statement_id else None
    _check(actor, told, community, held)
    statement = _stated(held, told, community)
    verb = "statement.made-again" if held else "statement.made"
    day = told.served_on.isoformat()
    journal.write(actor, verb, statement.pk, community.pk, minutes=told.minutes, served_on=day)
    return statement


def _check(actor: Actor, told: Entry, community: Organisation, again: Statement | None) -> None:
    if again:
        move(again.state, StatementState.WAITING)
    check_entry(told, categories_of(community), clock.today())
    near = nearby([told.person_id], [told.served_on])[told.person_id].standing
    waiting = own_statements(actor).filter(state=StatementState.WAITING)
    check_overlap(told, [*near, *(_held(row) for row in waiting)])


def _held(row: Statement) -> Held:
    return held_of(entry_of(row), row.community)


def entry_of(row: Statement) -> Entry:
    """What was stated, as it would be recorded."""
    return Entry(person_id=row.person_id, **{name: getattr(row, name) for name in SAID})


def _stated(held: Statement | None, told: Entry, community: Organisation) -> Statement:
    statement = held or Statement(person_id=told.person_id)
    for name in SAID:
        setattr(statement, name, getattr(told, name))
    statement.community = community
    statement.state, statement.reason = StatementState.WAITING, ""
    statement.stated_at, statement.decided_at, statement.decided_by = clock.now(), None, ""
    statement.save()
    return statement


@command
def withdraw_statement(actor: Actor, *, statement_id: UUID) -> Statement:
    """Take back what was not confirmed."""
    statement = lock(own_statements(actor), statement_id)
    statement.state = move(statement.state, StatementState.WITHDRAWN)
    statement.save(update_fields=["state"])
    journal.write(actor, "statement.withdrawn", statement.pk, statement.community_id)
    return statement


@command
def confirm_statements(actor: Actor, *, statement_ids: Collection[UUID]) -> Batch[Statement]:
    """Make records of these statements; what cannot be recorded is named and keeps waiting."""
    rows = statements(actor)
    lock_persons(rows.filter(pk__in=statement_ids).values_list("person", flat=True))
    able, refused = _able(actor, lock_many(rows, statement_ids))
    by_community: defaultdict[int, list[Statement]] = defaultdict(list)
    for statement in able:
        by_community[statement.community_id].append(statement)
    done: list[Statement] = []
    for community_id in sorted(by_community):
        done += _confirmed(actor, by_community[community_id], refused)
    return Batch(done, refused)


def _able(
    actor: Actor, held: Sequence[Statement]
) -> tuple[list[Statement], list[tuple[str, Refused]]]:
    able: list[Statement] = []
    refused: list[tuple[str, Refused]] = []
    for statement in sorted(held, key=lambda row: (row.stated_at, row.pk)):
        try:
            move(statement.state, StatementState.CONFIRMED)
            check_not_own(actor.person_id, statement.person_id)
        except Refused as no:
            refused.append((_label(statement), no))
        else:
            able.append(statement)
    return able, refused


def _label(statement: Statement) -> str:
    """One member may have stated several services: name and day."""
    return f"{statement.person.name} {shown(statement.served_on, 'day')}"


def _confirmed(
    actor: Actor, able: list[Statement], refused: list[tuple[str, Refused]]
) -> list[Statement]:
    """Record statements of one community; those that cannot be are added to `refused`."""
    community, now = able[0].community, clock.now()
    confirmed = Confirmed(Origin.STATEMENT, actor.name)
    answers = append_each(actor, community, [entry_of(row) for row in able], confirmed)
    done: list[Statement] = []
    for statement, answer in zip(able, answers, strict=True):
        if isinstance(answer, ServiceRecord):
            statement.state, statement.record_id = StatementState.CONFIRMED, answer.id
            statement.decided_at, statement.decided_by = now, actor.name
            done.append(statement)
        else:
            refused.append((_label(statement), answer))
    Statement.objects.bulk_update(
        done, ["state", "record_id", "decided_at", "decided_by"], batch_size=500
    )
    name = community.name
    journal.write_many(
        actor,
        [
            journal.Act("statement.confirmed", row.pk, row.community_id, {"community": name})
            for row in done
        ],
    )
    announce([_message("statement-confirmed", row) for row in done])
    return done


@command
def return_statement(actor: Actor, *, statement_id: UUID, reason: str) -> Statement:
    """Give a statement back with a reason; the member may put it right and state it again."""
    told = check_reason(reason)
    statement = lock(statements(actor), statement_id)
    statement.state = move(statement.state, StatementState.RETURNED)
    statement.reason, statement.decided_by = told, actor.name
    statement.decided_at = clock.now()
    statement.save(update_fields=["state", "reason", "decided_by", "decided_at"])
    community = statement.community.name
    journal.write(
        actor,
        "statement.returned",
        statement.pk,
        statement.community_id,
        community=community,
        reason=told,
    )
    announce([_message("statement-returned", statement)])
    return statement


def _message(kind: str, row: Statement) -> Message:
    return Message(
        kind,
        person_id=row.person_id,
        about=row.pk,
        facts={
            "community": row.community.name,
            "on": shown(row.served_on, "day"),
            "minutes": row.minutes,
            "reason": row.reason,
        },
    )
