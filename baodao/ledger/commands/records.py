"""The one door by which records come into the ledger: checked, and chained by community."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from baodao.kernel import clock, ids, journal
from baodao.kernel.authz import Actor
from baodao.kernel.batch import Batch
from baodao.kernel.command import command
from baodao.kernel.copy_lines import Value, bytea, line_of
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.inserts import append_lines, settle
from baodao.ledger.commands.places import keep_places
from baodao.ledger.models import ChainHead, ServiceRecord
from baodao.ledger.queries.categories import Codes, codes_of
from baodao.ledger.queries.chains import lock_heads
from baodao.ledger.queries.neighbours import Neighbours, day_bounds, neighbours_of
from baodao.ledger.rules.chain import COLUMNS, link
from baodao.ledger.rules.days import DayBounds
from baodao.ledger.rules.records import (
    Entry,
    Origin,
    check_entry,
    check_overlap,
    obstacle_of,
    untold,
)
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import check_open_on
from baodao.people.queries.members import lock_persons, names_of
from baodao.people.queries.periods import belongings_of
from baodao.people.rules.periods import Belonging


@dataclass(frozen=True)
class Corrected:
    """The reversed record that a correction takes the place of: its branch, day and kind, and
    why."""

    id: UUID
    branch_id: int
    served_on: date
    category: str
    reason: str


@dataclass(frozen=True)
class Confirmed:
    """How entries came in, and who answers for them by name; `instead_of` of a correction. Of whom
    `checked_in` is known that they scanned the code on the spot."""

    origin: Origin
    by: str
    instead_of: Corrected | None = None
    checked_in: Collection[UUID] = frozenset()

    def origin_of(self, entry: Entry) -> Origin:
        """How this one came in."""
        return Origin.CHECK_IN if entry.person_id in self.checked_in else self.origin


Entries = Mapping[Organisation, Sequence[Entry]]
"""Services by the community in which they were done."""

NOBODY_NUMBERED: Mapping[UUID, str] = {}


@command
def append(
    actor: Actor,
    *,
    entries: Entries,
    confirmed: Confirmed,
    numbered: Mapping[UUID, str] = NOBODY_NUMBERED,
) -> Batch[ServiceRecord]:
    """Write these services into the chains of their communities; who cannot be recorded is named,
    and of whom the actor knows nothing but the volunteer number (`numbered`) the number alone.

    The caller has checked that the actor may record these persons there. Locks the persons, by id,
    then the heads of the chains: a caller that locks rows of its own locks the persons first, and
    calls this once for all communities. What is written has one instant. Cannot be taken back: what
    is wrong is corrected with a reason.
    """
    answers = append_each(actor, entries, confirmed)
    every = [(place.name, entry) for place, own in entries.items() for entry in own]
    names = names_of({entry.person_id for _, entry in every}) | dict(numbered)
    batch: Batch[ServiceRecord] = Batch()
    for (place, entry), answer in zip(every, answers, strict=True):
        if isinstance(answer, ServiceRecord):
            batch.done.append(answer)
            continue
        unseen = entry.person_id in numbered
        no = untold(answer, entry.served_on, place) if unseen else answer
        batch.refused.append((names.get(entry.person_id, str(entry.served_on)), no))
    return batch


def append_each(
    actor: Actor, entries: Entries, confirmed: Confirmed
) -> list[ServiceRecord | Refused]:
    """Write what can be recorded in the caller's transaction: an answer for each entry, in order.

    Locks as `append` does.
    """
    every = [entry for own in entries.values() for entry in own]
    persons = {entry.person_id for entry in every}
    lock_persons(persons)
    belongings = belongings_of(persons)
    near = neighbours_of(persons, [entry.served_on for entry in every])
    answers: list[ServiceRecord | Refused] = []
    for community, own in entries.items():
        place = _Place(community, codes_of(community), day_bounds(community))
        for entry in own:
            theirs = near[entry.person_id]
            try:
                record = place.record(entry, belongings.get(entry.person_id), theirs, confirmed)
            except Refused as no:
                answers.append(no)
                continue
            answers.append(record)
            theirs.add(obstacle_of(entry, community.name))
    fresh = [answer for answer in answers if isinstance(answer, ServiceRecord)]
    chain(actor, fresh)
    journal.write_many(actor, [_recorded(record) for record in fresh])
    return answers


@dataclass(frozen=True)
class _Place:
    """A community with what it asks of a service."""

    community: Organisation
    codes: Codes
    bounds: DayBounds

    def record(
        self, entry: Entry, belonging: Belonging | None, near: Neighbours, confirmed: Confirmed
    ) -> ServiceRecord:
        """The service as a record that is not in the chain yet; raises `Refused`."""
        corrected = confirmed.instead_of
        check_entry(entry, _kinds_for(entry, confirmed, self.codes), clock.today())
        check_open_on(self.community, entry.served_on)
        branch_id = _branch_of(entry, _known(belonging), self.bounds, corrected)
        check_overlap(entry, near.around(entry.served_on))
        record = _record(entry, self.community, near)
        record.branch_id = branch_id
        record.origin, record.confirmed_by = confirmed.origin_of(entry), confirmed.by
        if corrected:
            record.supersedes, record.reason = corrected.id, corrected.reason
        return record


def _kinds_for(entry: Entry, confirmed: Confirmed, codes: Codes) -> frozenset[str]:
    """Also one that is offered no more where it was chosen before: for an offer, by who stated the
    service, or of what is corrected."""
    corrected = confirmed.instead_of
    earlier = entry.offer_id is not None or confirmed.origin is Origin.STATEMENT
    kept = earlier or (corrected is not None and corrected.category == entry.category)
    return codes.known if kept else codes.offered


def _known(belonging: Belonging | None) -> Belonging:
    if belonging is None:
        raise Refused(
            "record.no-member",
            gettext_noop("Was never in a branch; the unit's roster must name them first."),
        )
    return belonging


def _branch_of(
    entry: Entry, belonging: Belonging, bounds: DayBounds, instead_of: Corrected | None
) -> int:
    """The branch for which a service counts: that of its day, or of what is corrected. Refuses a
    day that cannot be; a correction may leave it as it was."""
    if instead_of is None or instead_of.served_on != entry.served_on:
        bounds.check(entry.served_on, belonging, long_ago=entry.long_ago)
    return instead_of.branch_id if instead_of else belonging.branch_on(entry.served_on)


def _record(entry: Entry, community: Organisation, near: Neighbours) -> ServiceRecord:
    return ServiceRecord(
        community=community,
        person_id=entry.person_id,
        served_on=entry.served_on,
        began_at=entry.began_at,
        ended_at=entry.ended_at,
        minutes=entry.minutes,
        category=entry.category,
        way=entry.way,
        place=entry.place,
        result=entry.result,
        offer_id=entry.offer_id,
        offer_title=entry.offer_title,
        recipient_confirmed=entry.recipient_confirmed,
        supersedes=near.freed_in(community.pk, entry.began_at, entry.ended_at),
    )


def _recorded(record: ServiceRecord) -> journal.Act:
    facts: dict[str, journal.Fact] = {
        "minutes": record.minutes,
        "served_on": record.served_on.isoformat(),
        "origin": record.origin,
    }
    return journal.Act("record.made", record.id, record.community_id, facts)


def chain(actor: Actor, records: Iterable[ServiceRecord]) -> None:
    """Give the records their places at the ends of the chains of their communities, and write them
    with one instant.

    Runs in the caller's transaction; the heads stay locked until it ends (`lock_heads`).
    """
    records = list(records)
    if not records:
        return
    heads = lock_heads(record.community_id for record in records)
    now = clock.now()
    lines: list[bytes] = []
    for record in records:
        head = heads[record.community_id]
        head.seq += 1
        record.seq, record.id, record.recorded_at = head.seq, ids.new_id(), now
        record.recorded_by, record.account_id = actor.name, actor.account_id
        line = line_of(values_of(record))
        record.hash = head.hash = link(bytes(head.hash), line)
        lines.append(b"%s\t%s" % (line, bytea(record.hash).encode()))
    append_lines(ServiceRecord._meta.db_table, [*COLUMNS, "hash"], lines)
    settle(records)
    keep_places(records)
    ChainHead.objects.bulk_update(heads.values(), ["seq", "hash"])


def values_of(record: ServiceRecord) -> list[Value]:
    """The row's values in the order of the chain's columns."""
    return [getattr(record, column) for column in COLUMNS]
