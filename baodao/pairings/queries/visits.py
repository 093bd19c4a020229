"""The visits of a pairing, by whomever: what is recorded, and what waits for the community."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import OuterRef, QuerySet
from django.utils.translation import gettext

from baodao.kernel.authz import Actor
from baodao.kernel.scope import own
from baodao.ledger.queries.records import record_rows, standing
from baodao.offers.models import Offer
from baodao.orgs.queries.tree import ids_below, standing_of
from baodao.pairings.models import Visit
from baodao.statements.models import Statement
from baodao.statements.queries.statements import standing_statements
from baodao.statements.rules.statements import StatementState

UNRECORDED = (StatementState.WAITING, StatementState.RETURNED)


@dataclass(frozen=True)
class ListedVisit:
    """A visit as pages list it: `record_id` of one that is recorded, of another the `state` of its
    statement."""

    on: date
    name: str
    minutes: int
    result: str
    community_id: int
    record_id: UUID | None = None
    state: str = ""

    @property
    def state_words(self) -> str:
        return gettext(StatementState.words_of(self.state))


def visits_of(offer: Offer) -> list[ListedVisit]:
    """Every visit of a pairing that the caller fetched through its scope, the latest first, each
    under the name of who visited."""
    here = ids_below(standing_of(offer.community).path)
    records = standing(record_rows()).filter(community__in=here, offer_id=offer.pk)
    waiting = Visit.objects.filter(offer=offer, statement__state__in=UNRECORDED)
    rows = [
        ListedVisit(
            row.served_on, row.person.name, row.minutes, row.result, row.community_id, row.id
        )
        for row in records.select_related("person")
    ]
    for visit in waiting.select_related("statement__person"):
        row = visit.statement
        facts = (row.served_on, row.person.name, row.minutes, row.result, row.community_id)
        rows.append(ListedVisit(*facts, state=row.state))
    return sorted(rows, key=lambda row: row.on, reverse=True)


def last_visits() -> QuerySet[Visit]:
    """The visits by who is paired, waiting or recorded, for slices above that ask when the last one
    to the household of a row's `entry` was."""
    states = (StatementState.WAITING, StatementState.CONFIRMED)
    rows = Visit.objects.filter(offer__paired_household__household=OuterRef("entry"))
    return rows.filter(statement__state__in=states)


def own_visits(actor: Actor, offer: Offer) -> list[Statement]:
    """What the actor told of a pairing, the latest first; nobody else's."""
    rows = own(standing_statements(), actor).filter(offer_id=offer.pk)
    return list(rows.order_by("-served_on", "-stated_at"))
