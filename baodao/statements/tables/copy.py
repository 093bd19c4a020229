"""A member's copy of their records, statements and objections, in their language."""

from collections.abc import Iterable

from django.utils.translation import gettext

from baodao.kernel.authz import Actor
from baodao.ledger.models import ServiceRecord
from baodao.ledger.queries.categories import Kinds
from baodao.ledger.queries.places import own_records_on_shards
from baodao.statements.models import Dispute, Statement
from baodao.statements.queries.disputes import own_disputes
from baodao.statements.queries.statements import own_statements
from baodao.ui.wording import time_words

Row = dict[str, object]


def copied(actor: Actor) -> dict[str, list[Row]]:
    """The actor's own rows, nothing left out, each as a list of named values: reversals stand
    beside what they reverse."""
    kinds = Kinds()
    return {
        gettext("Service records"): _records(own_records_on_shards(actor), kinds),
        gettext("Own statements"): _statements(own_statements(actor), kinds),
        gettext("Objections"): _disputes(own_disputes(actor)),
    }


def _records(rows: Iterable[ServiceRecord], kinds: Kinds) -> list[Row]:
    return [
        {
            gettext("Number of the record"): str(row.id),
            gettext("Day of service"): row.served_on,
            gettext("Began"): row.began_at,
            gettext("Minutes"): row.minutes,
            gettext("Kind of service"): kinds.of(row),
            gettext("Way of service"): row.get_way_display(),
            gettext("Community"): row.community.name,
            gettext("Place of service"): row.place,
            gettext("What was done"): row.offer_title or row.result,
            gettext("How it came in"): row.get_origin_display(),
            gettext("Confirmed by"): row.confirmed_by,
            gettext("Recorded at"): row.recorded_at,
            gettext("Reverses the record"): str(row.reverses or ""),
            gettext("Reason"): row.reason,
        }
        for row in rows
    ]


def _statements(rows: Iterable[Statement], kinds: Kinds) -> list[Row]:
    return [
        {
            gettext("Day of service"): row.served_on,
            gettext("Time served"): time_words(row.minutes),
            gettext("Kind of service"): kinds.of(row),
            gettext("Community"): row.community.name,
            gettext("Place of service"): row.place,
            gettext("What was done"): row.result,
            gettext("State"): row.get_state_display(),
            gettext("Reason"): row.reason,
            gettext("Decided by"): row.decided_by,
        }
        for row in rows
    ]


def _disputes(rows: Iterable[Dispute]) -> list[Row]:
    return [
        {
            gettext("Community"): row.community.name,
            gettext("Number of the record"): str(row.record_id),
            gettext("Objection"): row.text,
            gettext("Answer"): row.answer,
            gettext("Outcome"): row.get_state_display(),
            gettext("Answered by"): row.answered_by,
        }
        for row in rows
    ]
