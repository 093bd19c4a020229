"""A spreadsheet of services: kept sealed while somebody looks at it, recorded once, forgotten."""

from uuid import UUID

from baodao.documents.spreadsheets.refusals import unreadable
from baodao.documents.spreadsheets.workbooks import MAX_BYTES
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.locks import lock
from baodao.ledger.rules.records import Origin
from baodao.orgs.queries.policies import days_ago
from baodao.statements.commands.entries import community_in, record_others
from baodao.statements.models import RecordImport
from baodao.statements.queries.imports import Judgement, imports, judge, plain_facts
from baodao.statements.rules.imports import RowProblem
from baodao.statements.rules.policies import UPLOAD_DAYS


@command
def upload(actor: Actor, *, community_id: int, file_name: str, content: bytes) -> RecordImport:
    """Keep a spreadsheet for a community after it could be read; records nothing."""
    if len(content) > MAX_BYTES:
        raise unreadable("too-large")
    community = community_in(actor, Permission.RECORD_IMPORT, community_id)
    judgement = judge(actor, community, content)
    row = RecordImport.objects.create(
        community=community,
        file_name=file_name[:200],
        created_by=actor.name,
        problems=[report_of(one) for one in judgement.problems],
        **RecordImport.content.columns(content),
    )
    journal.write(actor, "record-import.uploaded", row.pk, community.pk, rows=judgement.rows)
    return row


def report_of(problem: RowProblem) -> dict[str, object]:
    """A problem as the import's report keeps it."""
    return {
        "row": problem.row,
        "column": problem.column,
        "kind": problem.kind,
        "message": problem.message,
        "facts": dict(problem.facts),
    }


def content_of(row: RecordImport) -> bytes:
    """The uploaded bytes; refused when they are no longer kept."""
    if row.file_sealed is None:
        raise Refused(
            "import.forgotten",
            gettext_noop("The uploaded file is no longer kept. Upload it once more."),
        )
    return row.content


@command
def apply(actor: Actor, *, import_id: UUID) -> RecordImport:
    """Record every good row, once; the report keeps what was wrong with the others."""
    row = lock(imports(actor), import_id)
    if row.applied_at is not None:
        raise Refused("import.applied", gettext_noop("This table was recorded already."))
    judgement = judge(actor, row.community, content_of(row))
    entries = [entry for _, entry in judgement.entries]
    batch = record_others(actor, row.community, entries, Origin.IMPORT)
    problems = [
        *judgement.problems,
        *(RowProblem(0, name, no.code, no.message, plain_facts(no)) for name, no in batch.refused),
    ]
    row.problems = [report_of(one) for one in problems]
    row.recorded, row.applied_at = len(batch.done), clock.now()
    row.save(update_fields=["problems", "recorded", "applied_at"])
    journal.write(actor, "record-import.applied", row.pk, row.community_id, count=row.recorded)
    return row


def import_file(
    actor: Actor, *, community_id: int, file_name: str, content: bytes
) -> tuple[Judgement, int]:
    """Judge a file and record its good rows, for the command line: how it was judged, and how
    many were recorded."""
    community = community_in(actor, Permission.RECORD_IMPORT, community_id)
    judgement = judge(actor, community, content)
    row = upload(actor, community_id=community_id, file_name=file_name, content=content)
    return judgement, apply(actor, import_id=row.pk).recorded


def forget_uploads() -> int:
    """Forget the bytes of files that were kept long enough; the reports stay."""
    old = RecordImport.objects.filter(created_at__lt=days_ago(UPLOAD_DAYS, "community__path"))
    old = old.exclude(file_sealed=None)
    return old.update(file_sealed=None)
