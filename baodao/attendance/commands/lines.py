"""Lists kept on the spot: who came and went by a phone without network, or by a paper sheet."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from uuid import UUID

from baodao.attendance.models import CheckIn
from baodao.attendance.queries.lines import (
    bounds_of,
    by_number,
    by_telephone,
    namesakes,
    persons_by_code,
)
from baodao.attendance.rules.check_ins import CheckWay, check_shown
from baodao.attendance.rules.lines import SpotLine, check_line, check_one, check_same
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor
from baodao.kernel.batch import Batch
from baodao.kernel.command import command
from baodao.kernel.locks import lock
from baodao.offers.models import Offer
from baodao.offers.queries.offers import recordable
from baodao.orgs.queries.tree import ids_below
from baodao.people.commands.searches import note_search
from baodao.people.models import Person


@command
def note_lines(
    actor: Actor, *, offer_id: UUID, lines: Sequence[SpotLine], way: CheckWay
) -> Batch[CheckIn]:
    """Write down who came and went, as whoever keeps the list of an offer has it.

    Lines may arrive late, twice, in any order and from several phones: a line that is there already
    changes nothing, and of all lines about somebody the earliest counts. A line that a rule refuses
    is named by its label, with the reason; the others are taken. Raises `Absent` for an offer whose
    list the actor does not keep, `Refused` where the list is closed.

    Cannot be taken back: it proves that somebody was there, and who records the list decides.
    """
    offer = lock(recordable(actor), offer_id)
    check_shown(offer.kind, offer.state)
    people = persons_by_code(offer)
    bounds = bounds_of(actor, offer, people)
    now = int(clock.now().timestamp())
    known = _known(offer, lines)

    def written(line: SpotLine) -> CheckIn:
        check_line(line, bounds, now)
        row = CheckIn(
            id=line.id,
            community=offer.community,
            offer_id=offer.pk,
            person_id=_person_of(actor, offer, line, people),
            side=line.side,
            way=way,
            scanned_at=datetime.fromtimestamp(line.instant, UTC),
        )
        before = known.setdefault(line.id, row)
        check_same((before.offer_id, before.side), (row.offer_id, row.side))
        return before

    batch = Batch.each(lines, written, lambda line: line.label)
    new = {row.id: row for row in batch.done if row._state.adding}
    CheckIn.objects.bulk_create(new.values())
    if new:
        journal.write(
            actor,
            "offer.list-kept",
            offer.pk,
            offer.community_id,
            count=len(new),
            title=offer.title,
        )
    return batch


def _known(offer: Offer, lines: Sequence[SpotLine]) -> dict[UUID, CheckIn]:
    """What was written down of these lines before, by their ids."""
    rows = CheckIn.objects.filter(community__in=ids_below(offer.community.path))
    return {row.id: row for row in rows.filter(id__in=[line.id for line in lines])}


def _person_of(
    actor: Actor, offer: Offer, line: SpotLine, people: Mapping[str, set[Person]]
) -> UUID:
    """Of whom a line is; refused where it fits nobody, or several. An end that is of no volunteer
    number is looked for among telephones, which is a search like any other."""
    if line.code is not None:
        [person] = people[line.code]
        return person.pk
    rows, tail = namesakes(actor, offer, line), line.tail or ""
    persons = by_number(rows, tail)
    if rows and not persons:
        note_search(actor, place=offer.community, number=tail)
        persons = by_telephone(rows, tail)
    check_one(len(persons))
    return persons.pop()
