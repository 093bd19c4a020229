"""A spreadsheet of services: kept sealed while somebody looks at it, recorded once, forgotten."""

from uuid import UUID

from baodao.documents.reading import MAX_BYTES
from baodao.documents.reading.refusals import unreadable
from baodao.kernel import clock, crypto, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.locking import lock
from baodao.ledger.commands.entering import community_in, recorded
from baodao.ledger.models import RecordImport
from baodao.ledger.queries.importing import Judged, imports, judge
from baodao.ledger.rules import Origin
from baodao.ledger.rules.importing import Problem
from baodao.ledger.rules.policies import UPLOAD_DAYS
from baodao.orgs.queries.policies import days_ago

PURPOSE = "record-import"


@command
def upload(actor: Actor, *, community_id: int, file_name: str, content: bytes) -> RecordImport:
    """Keep a spreadsheet for a community after it could be read; records nothing."""
    if len(content) > MAX_BYTES:
        raise unreadable("too-large")
    community = community_in(actor, Permission.RECORD_IMPORT, community_id)
    judged = judge(actor, community, content)
    held = RecordImport.objects.create(
        community=community,
        file_name=file_name[:200],
        file_sealed=crypto.ring().seal_bytes(content, PURPOSE),
        created_by=actor.name,
        problems=[kept(one) for one in judged.problems],
    )
    journal.write(actor, "record-import.uploaded", held.pk, community.pk, rows=judged.rows)
    return held


def kept(problem: Problem) -> dict[str, object]:
    """A problem as the import's report keeps it."""
    return {
        "row": problem.row,
        "column": problem.column,
        "kind": problem.kind,
        "message": problem.message,
        "facts": dict(problem.facts),
    }


def content_of(held: RecordImport) -> bytes:
    """The uploaded bytes; refused when they are no longer kept."""
    if held.file_sealed is None:
        raise Refused(
            "import.forgotten",
            gettext_noop("The uploaded file is no longer kept. Upload it once more."),
        )
    return crypto.ring().unseal_bytes(bytes(held.file_sealed), PURPOSE)


@command
def apply(actor: Actor, *, import_id: UUID) -> RecordImport:
    """Record every good row, once; the report keeps what was wrong with the others."""
    held = lock(imports(actor), import_id)
    if held.applied_at is not None:
        raise Refused("import.applied", gettext_noop("This table was recorded already."))
    judged = judge(actor, held.community, content_of(held))
    batch = recorded(actor, held.community, [entry for _, entry in judged.entries], Origin.IMPORT)
    left_out = [
        {"row": 0, "column": name, "kind": no.code, "message": no.message, "facts": _plain(no)}
        for name, no in batch.refused
    ]
    held.problems = [*(kept(one) for one in judged.problems), *left_out]
    held.recorded, held.applied_at = len(batch.done), clock.now()
    held.save(update_fields=["problems", "recorded", "applied_at"])
    journal.write(actor, "record-import.applied", held.pk, held.community_id, count=held.recorded)
    return held


def _plain(no: Refused) -> dict[str, object]:
    return {key: value if isinstance(value, int) else str(value) for key, value in no.facts.items()}


def import_file(
    actor: Actor, *, community_id: int, file_name: str, content: bytes
) -> tuple[Judged, int]:
    """Judge a file and record its good rows, for the command line: how it was judged, and how
    many were recorded."""
    community = community_in(actor, Permission.RECORD_IMPORT, community_id)
    judged = judge(actor, community, content)
    held = upload(actor, community_id=community_id, file_name=file_name, content=content)
    return judged, apply(actor, import_id=held.pk).recorded


def forget_uploads() -> int:
    """Forget the bytes of files that were kept long enough; the reports stay."""
    old = RecordImport.objects.filter(created_at__lt=days_ago(UPLOAD_DAYS, "community__path"))
    old = old.exclude(file_sealed=None)
    return old.update(file_sealed=None)
