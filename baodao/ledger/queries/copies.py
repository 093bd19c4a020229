"""Everything the ledger keeps about a person, for that person."""

from dataclasses import dataclass

from baodao.kernel.authz import Actor
from baodao.ledger.models import Dispute, ServiceRecord, Statement
from baodao.ledger.queries.records import own_records
from baodao.ledger.queries.waiting import own_disputes, own_statements


@dataclass(frozen=True)
class OwnCopy:
    """One's own rows, nothing left out: reversals stand beside what they reverse."""

    records: list[ServiceRecord]
    statements: list[Statement]
    disputes: list[Dispute]


def own_copy(actor: Actor) -> OwnCopy:
    """The actor's records, statements and disputes."""
    return OwnCopy(list(own_records(actor)), list(own_statements(actor)), list(own_disputes(actor)))
