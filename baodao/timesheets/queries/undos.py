"""The services of an imported table, and what stands in the way of undoing it as a whole."""

from django.db.models import Exists, OuterRef

from baodao.ledger.queries.records import Rows, record_rows, standing
from baodao.statements.queries.disputes import disputed_ids
from baodao.statements.queries.sheets import sheets_since
from baodao.timesheets.models import RecordImport
from baodao.timesheets.rules.obstacles import ImportObstacles


def rows_of(upload: RecordImport) -> Rows:
    """The records that a table brought, in their order; the caller may see them."""
    if upload.first_seq is None:
        return record_rows().none()
    last = upload.first_seq + upload.recorded - 1
    here = record_rows().filter(community=upload.community_id)
    return here.filter(seq__range=(upload.first_seq, last)).order_by("seq")


def standing_of_import(upload: RecordImport) -> Rows:
    """Those of its records that nobody has reversed."""
    return standing(rows_of(upload))


def obstacles_of(upload: RecordImport) -> ImportObstacles:
    """What was built on the table since it was recorded."""
    if upload.first_seq is None or upload.applied_at is None:
        return ImportObstacles()
    ids = rows_of(upload).values("id")
    corrections = record_rows().filter(community=upload.community_id, supersedes__in=ids)
    sheets = sheets_since(upload.community, upload.applied_at)
    printed = rows_of(upload).filter(
        person=OuterRef("person"), served_on__range=(OuterRef("since"), OuterRef("until"))
    )
    return ImportObstacles(
        corrected=standing(corrections).count(),
        disputed=len(disputed_ids(rows_of(upload))),
        printed=sheets.filter(Exists(printed.order_by())).count(),
    )
