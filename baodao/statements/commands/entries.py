"""Entered at the window: services of members who are registered here, or who told their number."""

from collections.abc import Collection, Sequence

from baodao.documents.sheets import paper_text
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.batch import Batch
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused
from baodao.ledger.commands.records import Confirmed, append_each
from baodao.ledger.models import ServiceRecord
from baodao.ledger.rules.corrections import check_not_own
from baodao.ledger.rules.records import Entry, Origin
from baodao.notices.commands.notices import Message, announce
from baodao.orgs.models import Organisation
from baodao.orgs.queries import organisations
from baodao.orgs.rules import Kind
from baodao.people.queries.members import current, names_of
from baodao.registration.queries.desks import hosted


def community_in(actor: Actor, permission: Permission, community_id: int) -> Organisation:
    """A community on which the actor holds `permission`. Raises `Absent`."""
    rows = organisations(actor, permission).filter(kind=Kind.COMMUNITY, pk=community_id)
    community = rows.first()
    if community is None:
        raise Absent("community")
    return community


@command
def enter(
    actor: Actor, *, community_id: int, entries: Sequence[Entry], numbers: Collection[str] = ()
) -> Batch[ServiceRecord]:
    """Record these services; `numbers` are volunteer numbers that members not hosted here told.

    Raises `Absent` for anybody who is neither hosted nor named. Nobody enters their own.
    """
    community = community_in(actor, Permission.RECORD_CREATE, community_id)
    persons = {entry.person_id for entry in entries}
    here = hosted(actor, community).filter(person__in=persons)
    others = persons - set(here.values_list("person", flat=True))
    named = current().filter(person__in=others, person__number__in=numbers)
    if others - set(named.values_list("person", flat=True)):
        raise Absent("member")
    return record_others(actor, community, entries, Origin.OFFICE)


def record_others(
    actor: Actor, community: Organisation, entries: Sequence[Entry], origin: Origin
) -> Batch[ServiceRecord]:
    """Append what is not the actor's own, and tell those whose services were recorded."""
    names = names_of({entry.person_id for entry in entries})
    refused: list[tuple[str, Refused]] = []
    able: list[Entry] = []
    for entry in entries:
        try:
            check_not_own(actor.person_id, entry.person_id)
        except Refused as no:
            refused.append((names.get(entry.person_id, ""), no))
        else:
            able.append(entry)
    answers = append_each(actor, community, able, Confirmed(origin, actor.name))
    done = [answer for answer in answers if isinstance(answer, ServiceRecord)]
    refused += [
        (names.get(entry.person_id, str(entry.served_on)), answer)
        for entry, answer in zip(able, answers, strict=True)
        if isinstance(answer, Refused)
    ]
    announce([_message(record) for record in done])
    return Batch(done, refused)


def _message(record: ServiceRecord) -> Message:
    return Message(
        "record-entered",
        person_id=record.person_id,
        about=record.id,
        facts={
            "community": record.community.name,
            "on": paper_text(record.served_on, "day"),
            "minutes": record.minutes,
        },
    )
