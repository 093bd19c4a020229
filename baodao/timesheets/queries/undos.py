"""The services of an imported table, and what stands in the way of undoing it as a whole."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q

from baodao.ledger.models import ServiceRecord
from baodao.ledger.queries.records import Rows, record_rows, standing
from baodao.statements.queries.disputes import disputed_ids
from baodao.statements.queries.sheets import sheets_since
from baodao.timesheets.models import RecordImport
from baodao.timesheets.rules.obstacles import ImportObstacles

Stretches = dict[str, tuple[int, int]]
"""Where records stand side by side: their first and last number, by the id of the community."""


def stretches_of(records: Sequence[ServiceRecord]) -> Stretches:
    """Where records stand that were written in one act."""
    stretches: Stretches = {}
    for record in records:
        first, _ = stretches.get(str(record.community_id), (record.seq, record.seq))
        stretches[str(record.community_id)] = (first, record.seq)
    return stretches


def rows_of(upload: RecordImport) -> Rows:
    """The records that a table brought, in their order; the caller may see them."""
    theirs = Q(pk__in=())
    for community, stretch in upload.stretches.items():
        theirs |= Q(community=community, seq__range=stretch)
    return record_rows().filter(theirs).order_by("community", "seq")


def standing_of_import(upload: RecordImport) -> Rows:
    """Those of its records that nobody has reversed."""
    return standing(rows_of(upload))


def obstacles_of(upload: RecordImport) -> ImportObstacles:
    """What was built on the table since it was recorded."""
    if upload.applied_at is None:
        return ImportObstacles()
    ids = rows_of(upload).values("id")
    corrections = record_rows().filter(supersedes__in=ids)
    sheets = sheets_since(upload.community, upload.applied_at)
    printed = rows_of(upload).filter(
        person=OuterRef("person"), served_on__range=(OuterRef("since"), OuterRef("until"))
    )
    return ImportObstacles(
        corrected=standing(corrections).count(),
        disputed=len(disputed_ids(rows_of(upload))),
        printed=sheets.filter(Exists(printed.order_by())).count(),
    )
