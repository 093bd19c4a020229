"""Telling persons and organisations, in the transaction of what is told; reading what was told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from baodao.accounts.queries import account_by_id
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.kernel.errors import Refused
from baodao.kernel.inserts import append
from baodao.notices.commands.deliveries import plan
from baodao.notices.models import Notice
from baodao.notices.queries.notices import of_organisation, own_notices
from baodao.notices.queries.preferences import unwanted_reminders
from baodao.notices.queries.reminders import Reminders
from baodao.notices.rules.catalogue import KINDS, OPERATOR, PASSWORD_RESET
from baodao.notices.rules.reminders import shown_at
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import standing_for
from baodao.orgs.rules.handovers import UndoList
from baodao.people.queries.members import lock_persons

NoticeFact = str | int


@dataclass(frozen=True)
class Message:
    """One sentence (`kind` of `catalogue.KINDS`) to one person, one organisation, or one account
    that is nobody's person."""

    kind: str
    person_id: UUID | None = None
    organisation_id: int | None = None
    account_id: UUID | None = None
    about: UUID | None = None
    url: str = ""
    facts: Mapping[str, NoticeFact] = field(default_factory=dict)


class Announcement(list[Notice]):
    """The notices that were made; `refused` holds the reminders that were not, each with why."""

    def __init__(
        self, notices: Iterable[Notice], refused: Iterable[tuple[Message, Refused]]
    ) -> None:
        super().__init__(notices)
        self.refused = list(refused)


def announce(messages: Iterable[Message]) -> Announcement:
    """Append notices in the caller's transaction, and plan what is said of them outside.

    The one door. What is for a closed organisation is told to who took over. A reminder waits for
    the end of quiet hours; one over the weekly limit, or to who turned it off, is not made and
    stands in `refused`. Persons that are reminded are locked here: a caller who locks other rows
    locks the persons first (see docs/mechanisms/locking.md).
    """
    now = clock.now()
    allowed, refused = _sifted(_addressed(list(messages)))
    notices = [
        Notice(
            person_id=message.person_id,
            organisation_id=message.organisation_id,
            account_id=message.account_id,
            kind=message.kind,
            facts=dict(message.facts),
            about=message.about,
            url=message.url or KINDS[message.kind].url % {"about": message.about},
            created_at=now,
            show_at=show_at or now,
        )
        for message, show_at in allowed
    ]
    append(Notice, notices)
    plan(notices)
    return Announcement(notices, refused)


def announce_handover(changes: UndoList, messages: Iterable[Message]) -> None:
    """Announce what a reorganisation did, and note who was told, for its undoing."""
    notices = announce(messages)
    changes.remember(
        [notice.person_id for notice in notices if notice.person_id],
        [notice.organisation_id for notice in notices if notice.organisation_id],
    )


def _addressed(messages: list[Message]) -> list[Message]:
    """The messages, each to who stands now for the organisation it is for."""
    heirs = standing_for({one.organisation_id for one in messages if one.organisation_id})
    return [
        replace(one, organisation_id=heirs[one.organisation_id])
        if one.organisation_id in heirs
        else one
        for one in messages
    ]


def _sifted(
    messages: list[Message],
) -> tuple[list[tuple[Message, datetime | None]], list[tuple[Message, Refused]]]:
    """The messages that may go out, a reminder with the instant from which it is shown, and the
    reminders that may not. Raises `KeyError` for a kind without a sentence."""
    asking = [message for message in messages if KINDS[message.kind].reminder]
    if not asking:
        return [(message, None) for message in messages], []
    persons = {message.person_id for message in asking if message.person_id}
    lock_persons(persons)
    off = unwanted_reminders(persons, {KINDS[message.kind].topic for message in asking})
    reminders = Reminders(persons, {one.organisation_id for one in asking if one.organisation_id})
    local = clock.local(clock.now())
    allowed: list[tuple[Message, datetime | None]] = []
    refused: list[tuple[Message, Refused]] = []
    for message in messages:
        kind = KINDS[message.kind]
        addressee = message.person_id or message.organisation_id
        if not kind.reminder or addressee is None:
            allowed.append((message, None))
            continue
        try:
            reminders.check(addressee, welcome=(message.person_id, kind.topic) not in off)
        except Refused as no:
            refused.append((message, no))
            continue
        reminders.count(addressee)
        allowed.append((message, shown_at(local, reminders.quiet(addressee))))
    return allowed, refused


@command
def tell_reset(actor: Actor, *, account_id: UUID, reset_id: UUID) -> None:  # noqa: ARG001 — the worker
    """Tell the holder of an account, once, who reset its password."""
    if Notice.objects.filter(about=reset_id).exists():
        return
    account = account_by_id(account_id)
    message = Message(
        PASSWORD_RESET.name,
        person_id=account.person_id,
        account_id=None if account.person_id else account.pk,
        about=reset_id,
        facts={"name": account.reset_by.name if account.reset_by else OPERATOR},
    )
    announce([message])


@command
def mark_read(actor: Actor, *, organisation: Organisation | None = None) -> int:
    """Mark everything shown to the actor (or to the organisation acted for) as read."""
    rows = of_organisation(actor, organisation) if organisation else own_notices(actor)
    return rows.filter(read_at=None).update(read_at=clock.now())
