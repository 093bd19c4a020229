"""Entered at the window: services of members who are registered here, or who told their number."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from baodao.documents.sheets import paper_text
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.batch import Batch
from baodao.kernel.command import command
from baodao.kernel.errors import Absent
from baodao.ledger.commands.records import Confirmed, Entries, append
from baodao.ledger.models import ServiceRecord
from baodao.ledger.rules.records import Entry, Origin, check_not_own
from baodao.notices.commands.notices import Message, announce
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import organisations
from baodao.orgs.rules.tree import Kind
from baodao.people.queries.members import known_numbers, lock_persons, names_of
from baodao.registration.queries.desks import hosted
from baodao.statements.queries.receptions import ReceivingCommunities


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
    """Record these services; `numbers` are volunteer numbers that members not hosted here told, or
    that those had who left meanwhile; who of these cannot be recorded is named by it alone.

    What a member did before another took over belongs to the community that had received them.
    Raises `Absent` for anybody who is neither hosted nor named. Nobody enters their own.

    Cannot be taken back: a record stands in the chain, and is corrected with a reason.
    """
    community = community_in(actor, Permission.RECORD_CREATE, community_id)
    persons = {entry.person_id for entry in entries}
    hosts = hosted(actor, community).filter(person__in=persons)
    here = set(hosts.values_list("person", flat=True))
    numbered = {person: number for number, person in known_numbers(numbers).items()}
    if persons - here - numbered.keys():
        raise Absent("member")
    lock_persons(persons)
    strangers = {person: numbered[person] for person in persons - here}
    return record_others(actor, by_receiver(community, entries), Origin.OFFICE, strangers)


def by_receiver(community: Organisation, entries: Sequence[Entry]) -> Entries:
    """Services that a community records, by who had received their person on the day."""
    receivers = ReceivingCommunities(community, {entry.person_id for entry in entries})
    places: defaultdict[Organisation, list[Entry]] = defaultdict(list)
    for entry in entries:
        places[receivers.on(entry.person_id, entry.served_on)].append(entry)
    return places


def record_others(
    actor: Actor, entries: Entries, origin: Origin, numbered: Mapping[UUID, str]
) -> Batch[ServiceRecord]:
    """Append what is not the actor's own, and tell those whose services were recorded; `numbered`
    as `append` has it."""
    every = [entry for own in entries.values() for entry in own]
    names = names_of({entry.person_id for entry in every}) | dict(numbered)

    def others(entry: Entry) -> Entry:
        check_not_own(actor.person_id, entry.person_id)
        return entry

    able = {
        place: Batch.each(own, others, lambda entry: names.get(entry.person_id, ""))
        for place, own in entries.items()
    }
    batch = append(
        actor,
        entries={place: part.done for place, part in able.items()},
        confirmed=Confirmed(origin, actor.name),
        numbered=numbered,
    )
    announce([_message(record) for record in batch.done])
    own = [no for part in able.values() for no in part.refused]
    return Batch(batch.done, own + batch.refused)


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
