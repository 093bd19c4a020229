"""A member's copy of everything the ledger keeps about them, in their language."""

from django.utils.translation import gettext

from baodao.kernel.authz import Actor
from baodao.ledger.queries import OwnCopy, own_copy
from baodao.ledger.tables.words import Kinds, time_words, word

Row = dict[str, object]


def copied(actor: Actor) -> dict[str, list[Row]]:
    """Records with their reversals, statements and objections, each as a list of named values."""
    held, kinds = own_copy(actor), Kinds()
    return {
        gettext("Service records"): _records(held, kinds),
        gettext("Own statements"): [
            {
                gettext("Day of service"): row.served_on,
                gettext("Time served"): time_words(row.minutes),
                gettext("Kind of service"): kinds.of(row),
                gettext("Community"): row.community.name,
                gettext("Place of service"): row.place,
                gettext("What was done"): row.result,
                gettext("State"): word(row.state, "statement"),
                gettext("Reason"): row.reason,
                gettext("Decided by"): row.decided_by,
            }
            for row in held.statements
        ],
        gettext("Objections"): [
            {
                gettext("Community"): row.community.name,
                gettext("Number of the record"): str(row.record_id),
                gettext("Objection"): row.text,
                gettext("Answer"): row.answer,
                gettext("Outcome"): word(row.outcome, "outcome"),
                gettext("Answered by"): row.answered_by,
            }
            for row in held.disputes
        ],
    }


def _records(held: OwnCopy, kinds: Kinds) -> list[Row]:
    return [
        {
            gettext("Number of the record"): str(row.id),
            gettext("Day of service"): row.served_on,
            gettext("Began"): row.began_at,
            gettext("Minutes"): row.minutes,
            gettext("Kind of service"): kinds.of(row),
            gettext("Way of service"): word(row.way, "way"),
            gettext("Community"): row.community.name,
            gettext("Place of service"): row.place,
            gettext("What was done"): row.offer_title or row.result,
            gettext("How it came in"): word(row.origin, "origin"),
            gettext("Confirmed by"): row.confirmed_by,
            gettext("Recorded at"): row.recorded_at,
            gettext("Reverses the record"): str(row.reverses or ""),
            gettext("Reason"): row.reason,
        }
        for row in held.records
    ]
