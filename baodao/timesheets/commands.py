"""A spreadsheet of services: kept sealed while somebody looks at it, recorded once, forgotten."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from uuid import UUID

from django.db.models import F, Q, QuerySet

from baodao.kernel import clock, jobs, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.collector import collector_paused
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.lives import check_reason
from baodao.kernel.locks import lock
from baodao.ledger.commands.corrections import reverse_together
from baodao.ledger.rules.records import Origin
from baodao.orgs.models import Organisation
from baodao.orgs.queries.policies import days_ago, value_of
from baodao.orgs.queries.tree import organisations_anywhere, places
from baodao.orgs.rules.tree import Kind
from baodao.people.queries.members import lock_persons
from baodao.spreadsheets.headings import header_key
from baodao.spreadsheets.refusals import unreadable
from baodao.spreadsheets.seen_columns import is_column_name
from baodao.spreadsheets.strangers import (
    check_files,
    count_repeat,
    familiar_today,
    keep_acquaintances,
    keep_strangers,
    strangers_again,
    strangers_of,
)
from baodao.spreadsheets.uploads import (
    READ_AGAIN,
    StoppedError,
    begin_reading,
    check_going,
    end_reading,
    is_worth_keeping,
)
from baodao.spreadsheets.workbooks import MAX_BYTES
from baodao.statements.commands.entries import by_receiver, community_in, record_others
from baodao.timesheets.models import RecordImport
from baodao.timesheets.queries.imports import Judgement, imports, judge, plain_facts
from baodao.timesheets.queries.reports import lines_of, report_of
from baodao.timesheets.queries.sheets import Watch, unwatched
from baodao.timesheets.queries.undos import (
    obstacles_of,
    rows_of,
    standing_of_import,
    stretches_of,
)
from baodao.timesheets.rules.headings import WORDS
from baodao.timesheets.rules.obstacles import check_recorded, check_unbuilt
from baodao.timesheets.rules.policies import FILES_A_DAY, UPLOAD_DAYS
from baodao.timesheets.rules.questions import PLAIN, ImportScope
from baodao.timesheets.rules.services import RowProblem
from baodao.timesheets.rules.timesheet import TimesheetState
from baodao.vocabulary import commands as vocabulary
from baodao.vocabulary.rules.words import WordRole

READ_AT_ONCE = 256 * 1024
"""Bytes up to which a table is read and recorded while one waits; larger ones go to the worker."""
NOTHING: Mapping[str, object] = {"lines": {}, "problems": [], "leftovers": []}
"""What is kept of the people of a table that is not read, or not read any more."""


@command
def upload(actor: Actor, *, community_id: int, file_name: str, content: bytes) -> RecordImport:
    """Keep a spreadsheet for a community, read now or, if it is long, in the worker; records
    nothing. One that no program can read is refused; one without a known heading is kept, for
    somebody to say what its columns hold."""
    if len(content) > MAX_BYTES:
        raise unreadable("too-large")
    community = community_in(actor, Permission.RECORD_IMPORT, community_id)
    lock(places(Kind.COMMUNITY), community.pk)
    check_files(_of_community(community), value_of(FILES_A_DAY, community))
    row = _keep(actor, community, file_name, content)
    if _is_for_worker(actor, row):
        _defer(row, "read")
    else:
        _read(actor, row)
        if row.state == TimesheetState.REFUSED and not asks_columns(row):
            raise Refused(**row.report["refused"])
    return row


def _keep(actor: Actor, community: Organisation, file_name: str, content: bytes) -> RecordImport:
    """Keep a spreadsheet, sealed."""
    row = RecordImport.objects.create(
        community=community,
        file_name=file_name[:200],
        created_by=actor.name,
        total=len(content),
        options=PLAIN.packed() | _account_of(actor),
        **RecordImport.content.columns(content),
    )
    journal.write(actor, "record-import.uploaded", row.pk, community.pk, bytes=len(content))
    return row


def read(actor: Actor, import_id: UUID) -> None:
    """Read and judge an uploaded table, outside any transaction so that progress is seen. Killed in
    between it is run again: nothing but its report is written."""
    row = imports(actor).filter(pk=import_id).first()
    if row is None:
        raise Absent("import")
    if begin_reading(row):
        _read(actor, row, _watch(row))


def _read(actor: Actor, row: RecordImport, watch: Watch = unwatched) -> None:
    """Judge the table of a row and keep what it tells, or why it cannot be read."""
    scope = ImportScope.unpacked(row.options)
    rows = _of_community(row.community)
    strangers = strangers_of(rows, row, familiar_today(rows, row))
    try:
        judgement = judge(actor, row.community, content_of(row), scope, watch, strangers)
        keep_strangers(rows, row, judgement.strangers)
        keep_acquaintances(row, judgement.strangers)
    except StoppedError:
        _end(row)
    except Refused as refused:
        refuse(row, refused)
    else:
        if _end(row, state=TimesheetState.READ, report=report_of(judgement), **_kept(judgement)):
            _note_reading(actor, row, judgement)


def _judge(actor: Actor, row: RecordImport, scope: ImportScope) -> Judgement:
    """Judge a table that was read as its reading did."""
    rows = _of_community(row.community)
    strangers = strangers_again(rows, row, familiar_today(rows, row))
    return judge(actor, row.community, content_of(row), scope, unwatched, strangers)


def _of_community(community: Organisation) -> QuerySet[RecordImport]:
    return RecordImport.objects.filter(community=community)


def _end(row: RecordImport, **facts: object) -> bool:
    """Keep what a reading told, or nothing where somebody asked to stop; whether it was kept."""
    if not end_reading(row, facts, _cancelled(row)):
        return False
    for name, value in facts.items():
        setattr(row, name, value)
    return True


def _cancelled(row: RecordImport) -> dict[str, object]:
    """What is kept of a table that is cancelled: how many it named."""
    return {"state": TimesheetState.CANCELLED, "file_sealed": None, **_figures(row)}


def _figures(row: RecordImport) -> dict[str, object]:
    report = {"counts": row.report["counts"]} if "counts" in row.report else {}
    return {**NOTHING, "report": report}


def _kept(judgement: Judgement) -> dict[str, object]:
    """What a table tells of people: its services, and what is not recorded."""
    return {
        "lines": lines_of(judgement),
        "problems": [asdict(one) for one in judgement.problems],
        "leftovers": [asdict(one) for one in judgement.leftovers()],
    }


def _note_reading(actor: Actor, row: RecordImport, judgement: Judgement) -> None:
    facts = {"rows": judgement.rows, "strangers": judgement.strangers.count}
    journal.write(actor, "record-import.read", row.pk, row.community_id, **facts)


def refuse(row: RecordImport, refused: Refused) -> None:
    """Keep why a table was not read, and the file only if it can be read all the same; one that was
    read but not recorded stays as it was."""
    why = {"code": refused.code, "message": refused.message, **refused.facts}
    if row.state == TimesheetState.APPLYING:
        _set(row, state=TimesheetState.READ, report=row.report | {"refused": why})
        return
    dropped = {} if is_worth_keeping(refused) else {"file_sealed": None}
    _end(row, state=TimesheetState.REFUSED, report={"refused": why}, **NOTHING, **dropped)


def asks_columns(row: RecordImport) -> bool:
    """Whether a table could not be read only because headings are missing."""
    is_refused = row.state == TimesheetState.REFUSED
    return is_refused and "columns" in row.report.get("refused", {})


def asks_reader(row: RecordImport) -> bool:
    """Whether a table was not read for nothing in it, and is once somebody asks for it again."""
    is_refused = row.state == TimesheetState.REFUSED
    return is_refused and row.report.get("refused", {}).get("code") in READ_AGAIN


def check_readable(row: RecordImport) -> None:
    """Refuse to read a table in another way that was recorded or taken back."""
    if not (asks_columns(row) or asks_reader(row)):
        _check_ready(row)


@command
def choose_columns(
    actor: Actor,
    *,
    import_id: UUID,
    headers: Mapping[str, str],
    remember: bool,
    scope: ImportScope,
) -> RecordImport:
    """Say which fact each of these headings names, "" for none, and what else of the file is read;
    it is read again. To be remembered, headings are taught for the community."""
    row = imports(actor).filter(pk=import_id).first()
    if row is None:
        raise Absent("import")
    community = lock(organisations_anywhere(), row.community_id)
    row = lock(imports(actor), import_id)
    check_readable(row)
    if not {*WORDS.meanings[WordRole.HEADER], ""}.issuperset(headers.values()):
        raise Absent("fact")
    count_repeat(_of_community(community), row, value_of(FILES_A_DAY, community))
    own = dict(headers)
    if remember:
        words = {
            (WordRole.HEADER, heading): own.pop(heading)
            for heading in headers
            if not is_column_name(heading)
        }
        vocabulary.remember(
            actor,
            organisation_id=row.community_id,
            table=WORDS.name,
            words=words,
            since=row.created_at,
        )
    keys = {header_key(heading): fact for heading, fact in own.items()}
    scope = replace(scope, headers={**scope.headers, **keys})
    options = row.options | scope.packed() | _account_of(actor)
    _set(row, state=TimesheetState.UPLOADED, options=options, is_to_stop=False, progress=0)
    journal.write(actor, "record-import.columns-chosen", row.pk, row.community_id)
    if _is_for_worker(actor, row):
        _defer(row, "read")
    else:
        _read(actor, row)
    return row


@command
def discard(actor: Actor, *, import_id: UUID) -> RecordImport:
    """Stop a table that is not recorded; what was uploaded is forgotten."""
    row = lock(imports(actor), import_id)
    if row.state in (TimesheetState.APPLIED, TimesheetState.APPLYING):
        raise _applied()
    if row.state == TimesheetState.READING:
        _set(row, is_to_stop=True)
    else:
        _set(row, **_cancelled(row))
    journal.write(actor, "record-import.cancelled", row.pk, row.community_id)
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
def ask_to_apply(actor: Actor, *, import_id: UUID, scope: ImportScope) -> RecordImport:
    """Record every good row, now or, for a long table, in the worker."""
    row = lock(imports(actor), import_id)
    if not _is_for_worker(actor, row):
        return apply(actor, import_id=import_id, scope=scope)
    _check_ready(row)
    options = row.options | scope.packed() | _account_of(actor)
    _set(row, state=TimesheetState.APPLYING, options=options)
    _defer(row, "apply")
    return row


@command
def apply_waiting(actor: Actor, *, import_id: UUID) -> RecordImport:
    """Record what was asked for; a second call finds it recorded and changes nothing."""
    row = lock(imports(actor), import_id)
    if row.state != TimesheetState.APPLYING:
        return row
    scope = ImportScope.unpacked(row.options)
    _record(actor, row, _judge(actor, row, scope), scope)
    return row


@command
def apply(actor: Actor, *, import_id: UUID, scope: ImportScope = PLAIN) -> RecordImport:
    """Record every good row, once; the report keeps what was wrong with the others.

    Rows that leave something open are recorded only where `scope` answers all their questions.
    """
    row = lock(imports(actor), import_id)
    _check_ready(row)
    _record(actor, row, _judge(actor, row, scope), scope)
    return row


@collector_paused()
def _record(actor: Actor, row: RecordImport, judgement: Judgement, scope: ImportScope) -> None:
    """Record what was judged to be good, and keep what was wrong with the rest."""
    entries = [service.entry for service in judgement.services]
    places = by_receiver(row.community, entries)
    batch = record_others(actor, places, Origin.IMPORT, judgement.numbered)
    problems = [
        *judgement.problems,
        *(
            RowProblem("", 0, name, "", no.code, no.message, plain_facts(no))
            for name, no in batch.refused
        ),
    ]
    _set(
        row,
        state=TimesheetState.APPLIED,
        report=report_of(judgement),
        **_kept(judgement) | {"problems": [asdict(one) for one in problems]},
        recorded=len(batch.done),
        applied_at=clock.now(),
        stretches=stretches_of(batch.done),
    )
    answers = sorted(question.value for question in scope.accepted)
    journal.write(
        actor,
        "record-import.applied",
        row.pk,
        row.community_id,
        count=row.recorded,
        accepted=answers,
    )


@command
def undo(actor: Actor, *, import_id: UUID, reason: str) -> RecordImport:
    """Take back a table that was recorded by mistake, as a whole: each of its services that stands
    is reversed under one reason. Refused when something was built on it."""
    words = check_reason(reason)
    row = lock(imports(actor), import_id)
    if not actor.may(Permission.RECORD_REVERSE, row.community.path):
        raise Absent("import")
    lock_persons(set(rows_of(row).values_list("person", flat=True)))
    check_recorded(applied=row.recorded > 0, undone=row.undone_at is not None)
    check_unbuilt(obstacles_of(row))
    undone = reverse_together(actor, list(standing_of_import(row)), words)
    row.undone_at, row.undone_by, row.reason = clock.now(), actor.name, words
    row.save(update_fields=["undone_at", "undone_by", "reason"])
    where = (row.pk, row.community_id)
    journal.write(actor, "record-import.undone", *where, count=len(undone), reason=words)
    return row


@command
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
    row = _keep(actor, community, file_name, content)
    _note_reading(actor, row, judgement)
    _record(actor, row, judgement, scope)
    return judgement, row.recorded


def starter_of(row: RecordImport) -> UUID | None:
    """The account that uploaded a table, said what its columns hold or asked for it to be recorded,
    whichever was last; None for the operator of the server."""
    account = row.options.get("account") or None
    return UUID(account) if account else None


def forget_uploads() -> int:
    """Forget the bytes of files that were kept long enough, with what they tell of people; of those
    that were recorded it stays what was left out and why."""
    old = RecordImport.objects.filter(created_at__lt=days_ago(UPLOAD_DAYS, "community__path"))
    old.exclude(strangers=[]).update(strangers=[])
    old.exclude(acquaintances=[]).update(acquaintances=[])
    kept = old.filter(Q(file_sealed__isnull=False) | ~Q(lines={}))
    count = kept.count()
    for row in kept.filter(applied_at=None).only("report"):
        _set(row, file_sealed=None, **_figures(row))
    kept.update(file_sealed=None, lines={})
    return count


def _account_of(actor: Actor) -> dict[str, str]:
    return {"account": str(actor.account_id or "")}


def _is_for_worker(actor: Actor, row: RecordImport) -> bool:
    return row.total > READ_AT_ONCE and actor.account_id is not None


def _defer(row: RecordImport, act: str) -> None:
    """Let the worker "read" or "apply" a table."""
    lock_name = f"timesheet-{row.community_id}"
    jobs.defer(f"timesheets.{act}_timesheet", lock=lock_name, import_id=str(row.pk))


def _set(row: RecordImport, **fields: object) -> None:
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(update_fields=list(fields))


def _watch(row: RecordImport) -> Watch:
    def watch(rows: int) -> None:
        own = RecordImport.objects.filter(pk=row.pk)
        own.update(progress=F("progress") + rows)
        check_going(row)

    return watch


def _check_ready(row: RecordImport) -> None:
    """Refuse what can be done with a table that is read and not recorded yet."""
    if row.state in (TimesheetState.APPLIED, TimesheetState.APPLYING):
        raise _applied()
    if row.state != TimesheetState.READ:
        raise Refused(
            "import.not-ready",
            gettext_noop("This table is not ready for that. Look at it once more."),
        )


def _applied() -> Refused:
    return Refused("import.applied", gettext_noop("This table was recorded already."))
