"""A roster on its way in: uploaded, read, its columns corrected, applied once, or cancelled."""

from collections.abc import Callable, Collection
from dataclasses import replace
from uuid import UUID

from django.db.models import QuerySet

from baodao.kernel import clock, jobs, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.locks import lock
from baodao.orgs.models import Organisation
from baodao.orgs.queries.policies import days_ago, value_of
from baodao.orgs.queries.tree import below, check_open, organisations
from baodao.orgs.rules.tree import Kind
from baodao.people.queries.members import memberships_of
from baodao.rosters.commands.intake import SheetRow, take_over
from baodao.rosters.facts import WORDS
from baodao.rosters.models import RosterImport
from baodao.rosters.queries.roster import Examination, examine, rosters
from baodao.rosters.rules.policies import FILES_A_DAY, MOST_PEOPLE, UPLOAD_DAYS
from baodao.rosters.rules.report import figures_of, report_of
from baodao.rosters.rules.roster import Corrections, RosterState
from baodao.rostersheets.rules.roster import PLAIN, RosterScope
from baodao.spreadsheets.cells import compact
from baodao.spreadsheets.headings import header_key
from baodao.spreadsheets.seen_columns import is_column_name
from baodao.spreadsheets.strangers import (
    check_files,
    count_repeat,
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
from baodao.vocabulary.commands import remember
from baodao.vocabulary.rules.words import WordRole

READ_AT_ONCE = 256 * 1024
"""Bytes up to which a file is read while the clerk waits; larger ones go to the worker."""


@command
def upload(actor: Actor, *, unit_id: int, file_name: str, content: bytes) -> RosterImport:
    """Keep a file, sealed, for one unit; `read` comes next."""
    unit = _locked_unit(_unit(actor, unit_id))
    check_files(_of_unit(unit), value_of(FILES_A_DAY, unit))
    roster = RosterImport.objects.create(
        unit=unit,
        file_name=file_name[-200:],
        options=PLAIN.packed() | _account_of(actor),
        created_by=actor.name,
        total=len(content),
        **RosterImport.content.columns(content),
    )
    journal.write(actor, "roster.uploaded", roster.id, unit.pk, bytes=len(content))
    if len(content) > READ_AT_ONCE:
        _defer(roster, "read")
    return roster


def read(actor: Actor, roster_id: UUID) -> RosterImport:
    """Read and judge an uploaded file, outside any transaction so that progress is seen.

    Killed in between, it is simply run again: nothing but the report is written. Raises `Absent`
    for who may not import rosters of the unit.
    """
    roster = rosters(actor).filter(pk=roster_id).first()
    if roster is None:
        raise Absent("roster")
    if not begin_reading(roster):
        return roster
    scope, watch = RosterScope.unpacked(roster.options), _watch(roster)
    try:
        examination = examine(
            roster.unit,
            content_of(roster),
            scope=scope,
            watch=watch,
            strangers=strangers_of(_of_unit(roster.unit), roster),
        )
        _check_size(examination)
        keep_strangers(_of_unit(roster.unit), roster, examination.strangers)
    except StoppedError:
        end_reading(roster, {}, _cancelled(roster))
    except Refused as refused:
        stop_reading(roster, refused)
    else:
        judgement = examination.judgement
        report = report_of(judgement, examination.differences)
        facts = {"state": RosterState.READ, "report": report, "columns": judgement.columns}
        if end_reading(roster, facts, _cancelled(roster)):
            _note_elsewhere(actor, roster, examination)
    roster.refresh_from_db(fields=["state", "report", "columns"])
    return roster


def stop_reading(roster: RosterImport, refused: Refused) -> None:
    """Keep why a file was not read, and the file only if it can be read all the same."""
    facts = {"state": RosterState.REFUSED, "report": {"refused": _reason_of(refused)}}
    dropped = {} if is_worth_keeping(refused) else {"file_sealed": None}
    end_reading(roster, facts | dropped, _cancelled(roster))


def _cancelled(roster: RosterImport) -> dict[str, object]:
    """What is kept of a roster that is cancelled: how many it named."""
    report = figures_of(roster.report)
    return {"state": RosterState.CANCELLED, "file_sealed": None, "report": report}


def _reason_of(refused: Refused) -> dict[str, object]:
    return {"reason": refused.code, "message": refused.message, "facts": dict(refused.facts)}


def check_readable(roster: RosterImport) -> None:
    """Refuse to read a roster in another way that was applied, or whose unit is closed."""
    check_open(roster.unit)
    if not (asks_columns(roster) or asks_reader(roster)):
        _check_state(roster, RosterState.READ)


@command
def choose_columns(
    actor: Actor, *, roster_id: UUID, corrections: Corrections, scope: RosterScope
) -> RosterImport:
    """Say what words of the file mean and what else of it is read; the file is read again.

    The words are taught for the unit where they are to be remembered, else kept with the file, as
    is what a column without a heading holds.
    """
    roster = lock(rosters(actor), roster_id)
    check_readable(roster)
    _check_meanings(corrections)
    unit = _locked_unit(roster.unit)
    count_repeat(_of_unit(unit), roster, value_of(FILES_A_DAY, unit))
    own = corrections
    if corrections.remember:
        _teach(actor, roster, corrections)
        own = Corrections(
            {one: fact for one, fact in corrections.headers.items() if is_column_name(one)}
        )
    if own.headers or own.statuses:
        headers = {header_key(one): fact for one, fact in own.headers.items()}
        statuses = {compact(one): code for one, code in own.statuses.items()}
        scope = replace(
            scope,
            headers={**scope.headers, **headers},
            statuses={**scope.statuses, **statuses},
        )
    options = roster.options | scope.packed() | _account_of(actor)
    _set(roster, state=RosterState.UPLOADED, options=options, is_to_stop=False, progress=0)
    journal.write(actor, "roster.columns-chosen", roster.id, roster.unit_id)
    if roster.total > READ_AT_ONCE:
        _defer(roster, "read")
    return roster


def _check_meanings(corrections: Corrections) -> None:
    facts, codes = WORDS.meanings[WordRole.HEADER], WORDS.meanings[WordRole.STATUS]
    if not {*facts, ""}.issuperset(corrections.headers.values()):
        raise Absent("fact")
    if not codes.keys() >= set(corrections.statuses.values()):
        raise Absent("status")


def _teach(actor: Actor, roster: RosterImport, corrections: Corrections) -> None:
    headers = {
        (WordRole.HEADER, word): fact
        for word, fact in corrections.headers.items()
        if not is_column_name(word)
    }
    statuses = {(WordRole.STATUS, word): code for word, code in corrections.statuses.items()}
    remember(
        actor,
        organisation_id=roster.unit_id,
        table=WORDS.name,
        words=headers | statuses,
        since=roster.created_at,
    )


@command
def discard(actor: Actor, *, roster_id: UUID) -> RosterImport:
    """Stop a roster that is not applied; what was uploaded is forgotten, but how many it named."""
    roster = lock(rosters(actor), roster_id)
    if roster.state in (RosterState.APPLIED, RosterState.APPLYING):
        raise Refused(
            "roster.applied",
            gettext_noop("This roster has been applied and cannot be cancelled any more."),
        )
    if roster.state == RosterState.READING:
        _set(roster, is_to_stop=True)
    else:
        _set(roster, **_cancelled(roster))
    journal.write(actor, "roster.cancelled", roster.id, roster.unit_id)
    return roster


@command
def apply(
    actor: Actor, *, roster_id: UUID, rows: Collection[SheetRow] | None, left: Collection[UUID] = ()
) -> RosterImport:
    """Apply all good rows (None) or these, now or, for a long file, in the worker.

    `left` are people missing from the file of whom the clerk says that they left the unit.
    """
    roster = lock(rosters(actor), roster_id)
    if roster.state == RosterState.APPLIED:
        return roster
    check_open(roster.unit)
    _check_state(roster, RosterState.READ)
    roster.state = RosterState.APPLYING
    roster.options |= {
        "rows": None if rows is None else sorted(rows),
        "left": [str(person) for person in left],
        **_account_of(actor),
    }
    roster.save(update_fields=["state", "options"])
    if roster.total > READ_AT_ONCE and actor.account_id is not None:
        _defer(roster, "apply")
        return roster
    return _apply(actor, roster)


@command
def apply_waiting(actor: Actor, *, roster_id: UUID) -> RosterImport:
    """Apply what was asked for; a second call finds it applied and changes nothing."""
    roster = lock(rosters(actor), roster_id)
    return _apply(actor, roster) if roster.state == RosterState.APPLYING else roster


def check_idle() -> None:
    """Refused while a roster is read or applied: it seals with the key it began with."""
    busy = (RosterState.READING, RosterState.APPLYING)
    if RosterImport.objects.filter(state__in=busy).exists():
        raise Refused(
            "keys.roster-busy",
            gettext_noop("A roster is being read or applied. Wait until it has ended."),
        )


def put_back(roster_id: UUID, refused: Refused) -> None:
    """An applying that was refused in the worker: the clerk sees why and may ask again."""
    roster = RosterImport.objects.get(pk=roster_id)
    if roster.state == RosterState.APPLYING:
        report = roster.report | {"not_applied": _reason_of(refused)}
        _set(roster, state=RosterState.READ, report=report)


def forget_uploads() -> int:
    """Drop the bytes of files that were kept long enough and never applied, what would undo applied
    ones, and of both whom they named; the number of files."""
    old = RosterImport.objects.filter(created_at__lt=days_ago(UPLOAD_DAYS, "unit__path"))
    old.filter(effects_sealed__isnull=False).update(effects_sealed=None)
    old.exclude(strangers=[]).update(strangers=[])
    for roster in old.filter(report__has_key="problems").only("report"):
        _set(roster, report=figures_of(roster.report))
    waiting = old.filter(file_sealed__isnull=False)
    return waiting.update(file_sealed=None, state=RosterState.CANCELLED)


@command
def import_file(
    actor: Actor,
    *,
    unit_id: int,
    file_name: str,
    content: bytes,
    scope: RosterScope = PLAIN,
) -> Examination:
    """Read a file and apply all its good rows in one act, as the `baodao` command does."""
    unit = _locked_unit(_unit(actor, unit_id))
    examination = examine(unit, content, scope=scope)
    roster = RosterImport.objects.create(
        unit=unit,
        file_name=file_name[-200:],
        state=RosterState.APPLIED,
        columns=examination.judgement.columns,
        report=report_of(examination.judgement, examination.differences),
        created_by=actor.name,
        total=len(content),
        applied_at=clock.now(),
    )
    _note_elsewhere(actor, roster, examination)
    take_over(actor, roster, examination, None, set())
    return examination


def starter_of(roster: RosterImport) -> UUID | None:
    """The account that uploaded a roster, said what its columns hold or asked for it to be applied,
    whichever was last; None for the operator of the server."""
    account = roster.options.get("account") or None
    return UUID(account) if account else None


def asks_columns(roster: RosterImport) -> bool:
    """Whether a file could not be read only because no heading in it is known."""
    facts = roster.report.get("refused", {}).get("facts", {})
    return roster.state == RosterState.REFUSED and "columns" in facts


def asks_reader(roster: RosterImport) -> bool:
    """Whether a file was not read for nothing in it, and is once somebody asks for it again."""
    reason = roster.report.get("refused", {}).get("reason")
    return roster.state == RosterState.REFUSED and reason in READ_AGAIN


def content_of(roster: RosterImport) -> bytes:
    """The uploaded bytes; refuses when they are no longer kept."""
    if roster.file_sealed is None:
        raise Refused(
            "roster.forgotten",
            gettext_noop("The uploaded file is no longer kept. Upload it once more."),
        )
    return roster.content


def _unit(actor: Actor, unit_id: int) -> Organisation:
    unit = organisations(actor, Permission.ROSTER_IMPORT).filter(pk=unit_id, kind=Kind.UNIT)
    row = unit.first()
    if row is None:
        raise Absent("unit")
    check_open(row)
    return row


def _check_size(examination: Examination) -> None:
    """Refuse a file with far more people than its unit can have."""
    unit = examination.unit
    most = max(value_of(MOST_PEOPLE, unit), 2 * memberships_of(unit).count())
    if examination.judgement.people > most:
        raise Refused(
            "roster.size",
            gettext_noop(
                "This file holds %(people)s people; a roster of your unit may hold %(most)s. Check "
                "that it is your unit's, or ask the authority above to allow more."
            ),
            people=examination.judgement.people,
            most=most,
        )


def _note_elsewhere(actor: Actor, roster: RosterImport, examination: Examination) -> None:
    if rows := examination.strangers.count:
        journal.write(actor, "roster.met-others", roster.id, roster.unit_id, rows=rows)


def _of_unit(unit: Organisation) -> QuerySet[RosterImport]:
    return RosterImport.objects.filter(unit=unit)


def _locked_unit(unit: Organisation) -> Organisation:
    """One roster at a time: what a unit holds must not change between comparing and writing."""
    return below(unit, Kind.UNIT).select_for_update(no_key=True).get(pk=unit.pk)


def _check_state(roster: RosterImport, state: str) -> None:
    if roster.state != state:
        raise Refused(
            "roster.not-ready",
            gettext_noop("This roster is not ready for that. Look at it once more."),
        )


def _account_of(actor: Actor) -> dict[str, str]:
    return {"account": str(actor.account_id or "")}


def _defer(roster: RosterImport, act: str) -> None:
    """Let the worker "read" or "apply" a roster."""
    lock_name = f"roster-{roster.unit_id}"
    jobs.defer(f"rosters.{act}_roster", lock=lock_name, roster_id=str(roster.id))


def _set(roster: RosterImport, **fields: object) -> None:
    for name, value in fields.items():
        setattr(roster, name, value)
    roster.save(update_fields=list(fields))


def _watch(roster: RosterImport) -> Callable[[int], None]:
    def watch(people: int) -> None:
        RosterImport.objects.filter(pk=roster.pk).update(progress=people)
        check_going(roster)

    return watch


def _apply(actor: Actor, roster: RosterImport) -> RosterImport:
    unit = _locked_unit(roster.unit)
    check_open(unit)
    scope = RosterScope.unpacked(roster.options)
    strangers = strangers_again(_of_unit(unit), roster)
    examination = examine(unit, content_of(roster), scope=scope, strangers=strangers)
    rows = roster.options.get("rows")
    ticked = None if rows is None else {(str(sheet), int(row)) for sheet, row in rows}
    left = {UUID(person) for person in roster.options.get("left", [])}
    roster.report = report_of(examination.judgement, examination.differences)
    roster.state, roster.applied_at, roster.file_sealed = RosterState.APPLIED, clock.now(), None
    take_over(actor, roster, examination, ticked, left)
    return roster
