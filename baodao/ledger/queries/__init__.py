"""Reading the ledger: records in scope and their totals, what waits, whether the chains hold."""

from baodao.ledger.queries.as_of import settled_at, standing_of
from baodao.ledger.queries.copies import OwnCopy, own_copy
from baodao.ledger.queries.dictionary import category_words, dictionary_of
from baodao.ledger.queries.nearby import Nearby, categories_of, nearby
from baodao.ledger.queries.records import (
    Totals,
    between,
    by_branch,
    correction_of,
    marked,
    originals,
    own_record,
    own_records,
    record_of,
    record_rows,
    records,
    reversal_of,
    standing,
    totals_of,
    totals_of_persons,
)
from baodao.ledger.queries.sheets import (
    Opened,
    code_of,
    opened,
    own_code,
    own_sheets,
    sheets,
)
from baodao.ledger.queries.timelines import timeline_of
from baodao.ledger.queries.verifying import Bad, Verdict, verify
from baodao.ledger.queries.waiting import (
    disputes,
    open_disputes,
    own_disputes,
    own_statements,
    statements,
    stating_places,
    waiting_statements,
)

__all__ = [
    "Bad",
    "Nearby",
    "Opened",
    "OwnCopy",
    "Totals",
    "Verdict",
    "between",
    "by_branch",
    "categories_of",
    "category_words",
    "code_of",
    "correction_of",
    "dictionary_of",
    "disputes",
    "marked",
    "nearby",
    "open_disputes",
    "opened",
    "originals",
    "own_code",
    "own_copy",
    "own_disputes",
    "own_record",
    "own_records",
    "own_sheets",
    "own_statements",
    "record_of",
    "record_rows",
    "records",
    "reversal_of",
    "settled_at",
    "sheets",
    "standing",
    "standing_of",
    "statements",
    "stating_places",
    "timeline_of",
    "totals_of",
    "totals_of_persons",
    "verify",
    "waiting_statements",
]
