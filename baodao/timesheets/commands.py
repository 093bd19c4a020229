"""A spreadsheet of services: kept sealed while somebody looks at it, recorded once, forgotten."""

from dataclasses import asdict
from uuid import UUID

from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.lives import check_reason
from baodao.kernel.locks import lock
from baodao.ledger.commands.corrections import reverse_together
from baodao.ledger.rules.records import Origin
from baodao.orgs.queries.policies import days_ago
from baodao.people.queries.members import lock_persons
from baodao.spreadsheets.refusals import unreadable
from baodao.spreadsheets.workbooks import MAX_BYTES
from baodao.statements.commands.entries import community_in, record_others
from baodao.timesheets.models import RecordImport
from baodao.timesheets.queries.imports import Judgement, imports, judge, plain_facts
from baodao.timesheets.queries.undos import obstacles_of, rows_of, standing_of_import
from baodao.timesheets.rules.obstacles import check_undoable
from baodao.timesheets.rules.policies import UPLOAD_DAYS
from baodao.timesheets.rules.questions import PLAIN, ImportScope
from baodao.timesheets.rules.services import RowProblem


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
        problems=[asdict(one) for one in judgement.problems],
        leftovers=[asdict(one) for one in judgement.leftovers()],
        **RecordImport.content.columns(content),
    )
    facts = {"rows": judgement.rows, "strangers": judgement.strangers}
    journal.write(actor, "record-import.uploaded", row.pk, community.pk, **facts)
    return row


def content_of(row: RecordImport) -> bytes:
    """The uploaded bytes; refused when they are no longer kept."""
    if row.file_sealed is None:
        raise Refused(
            "import.forgotten",
            gettext_noop("The uploaded file is no longer kept. Upload it once more."),
        )
    return row.content


@command
def apply(actor: Actor, *, import_id: UUID, scope: ImportScope = PLAIN) -> RecordImport:
    """Record every good row, once; the report keeps what was wrong with the others.

    Rows that leave something open are recorded only where `scope` answers all their questions.
    """
    row = lock(imports(actor), import_id)
    if row.applied_at is not None:
        raise Refused("import.applied", gettext_noop("This table was recorded already."))
    judgement = judge(actor, row.community, content_of(row), scope)
    entries = [service.entry for service in judgement.services]
    batch = record_others(actor, {row.community: entries}, Origin.IMPORT, judgement.numbered)
    problems = [
        *judgement.problems,
        *(
            RowProblem("", 0, name, "", no.code, no.message, plain_facts(no))
            for name, no in batch.refused
        ),
    ]
    row.problems = [asdict(one) for one in problems]
    row.leftovers = [asdict(one) for one in judgement.leftovers()]
    row.recorded, row.applied_at = len(batch.done), clock.now()
    row.first_seq = batch.done[0].seq if batch.done else None
    row.save(update_fields=["problems", "leftovers", "recorded", "applied_at", "first_seq"])
    answers = sorted(question.value for question in scope.accepted)
    journal.write(
        actor,
        "record-import.applied",
        row.pk,
        row.community_id,
        count=row.recorded,
        accepted=answers,
    )
    return row


@command
def undo(actor: Actor, *, import_id: UUID, reason: str) -> RecordImport:
    """Take back a table that was recorded by mistake, as a whole: each of its services that stands
    is reversed under one reason. Refused when something was built on it."""
    words = check_reason(reason)
    row = lock(imports(actor), import_id)
    if not actor.may(Permission.RECORD_REVERSE, row.community.path):
        raise Absent("import")
    lock_persons(set(rows_of(row).values_list("person", flat=True)))
    check_undoable(
        applied=row.first_seq is not None,
        undone=row.undone_at is not None,
        obstacles=obstacles_of(row),
    )
    undone = reverse_together(actor, list(standing_of_import(row)), words)
    row.undone_at, row.undone_by, row.reason = clock.now(), actor.name, words
    row.save(update_fields=["undone_at", "undone_by", "reason"])
    where = (row.pk, row.community_id)
    journal.write(actor, "record-import.undone", *where, count=len(undone), reason=words)
    return row


def import_file(
    actor: Actor,
    *,
    community_id: int,
    file_name: str,
    content: bytes,
    scope: ImportScope = PLAIN,
) -> tuple[Judgement, int]:
    """Judge a file and record its good rows, for the command line: how it was judged, and how
    many were recorded."""
    community = community_in(actor, Permission.RECORD_IMPORT, community_id)
    judgement = judge(actor, community, content, scope)
    row = upload(actor, community_id=community_id, file_name=file_name, content=content)
    return judgement, apply(actor, import_id=row.pk, scope=scope).recorded


def forget_uploads() -> int:
    """Forget the bytes of files that were kept long enough; the reports stay."""
    old = RecordImport.objects.filter(created_at__lt=days_ago(UPLOAD_DAYS, "community__path"))
    old = old.exclude(file_sealed=None)
    return old.update(file_sealed=None)
