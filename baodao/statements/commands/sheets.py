"""服务记录单: numbered by the community that recorded, and the member's own code to check it by."""

from datetime import date
from uuid import UUID

from baodao.accounts.queries import is_on
from baodao.accounts.rules import RECORDING
from baodao.documents.commands import Paper, keep_papers, next_numbers, replace
from baodao.documents.models import Issue
from baodao.documents.rules import number_text
from baodao.kernel import clock, ids, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.masks import masked_name
from baodao.ledger.queries.records import (
    between,
    standing,
)
from baodao.ledger.rules.records import check_not_own
from baodao.notices.commands.notices import Message, announce
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import check_open
from baodao.people.queries.members import lock_persons, locked_persons
from baodao.statements.commands.entries import community_in
from baodao.statements.models import RecordCode, RecordSheet
from baodao.statements.queries.papers import rows_of_past, sheet_facts
from baodao.statements.queries.successions import Successions
from baodao.statements.rules.papers import RECORD_SHEET


@command
def issue_sheet(
    actor: Actor, *, community_id: int, person_id: UUID, since: date, until: date
) -> RecordSheet:
    """Issue a sheet of what this community, and those that it took over from, recorded of a person
    in a period: number, paper, notice; a certificate where the switch says so. Raises `Absent`
    for somebody of whom they have recorded nothing."""
    community = community_in(actor, Permission.RECORD_CONFIRM, community_id)
    check_open(community)
    _check_rows(actor, community, person_id, since, until)
    [person] = locked_persons([person_id])
    _code(person_id)
    year = clock.today().year
    [number] = next_numbers(
        organisation_id=community.pk, form=RECORD_SHEET.code, year=year, count=1
    )
    sheet = RecordSheet.objects.create(
        community=community,
        person=person,
        year=year,
        number=number,
        since=since,
        until=until,
        issued_by=actor.name,
        certificate=is_on(RECORDING, community),
    )
    [issue] = keep_papers([_paper(actor, sheet)])
    _replace_former(sheet, issue)
    written = number_text(year, number)
    journal.write(actor, "record-sheet.issued", sheet.pk, community.pk, number=written)
    facts = {"community": community.name, "number": written}
    announce([Message("record-sheet-issued", person.pk, about=sheet.pk, facts=facts)])
    return sheet


def _check_rows(
    actor: Actor, community: Organisation, person_id: UUID, since: date, until: date
) -> None:
    """Something that the person served here in the period counts."""
    here = rows_of_past(community, person_id, clock.now())
    if not here.exists():
        raise Absent("person")
    check_not_own(actor.person_id, person_id)
    if until < since or until.year > clock.today().year:
        raise Refused(
            "sheet.period",
            gettext_noop("The first day must not be after the last, nor the last after this year."),
        )
    if not standing(between(here, since, until)).exists():
        raise Refused("sheet.empty", gettext_noop("Nothing is recorded in this period."))


def _paper(actor: Actor, sheet: RecordSheet) -> Paper:
    """The sheet as the register of papers keeps it."""
    return Paper(
        form=RECORD_SHEET.code,
        organisation_id=sheet.community_id,
        unit=sheet.community.name,
        year=sheet.year,
        number=sheet.number,
        about=sheet.pk,
        holder=masked_name(sheet.person.name),
        facts=sheet_facts(actor, sheet),
    )


def _replace_former(sheet: RecordSheet, issue: Issue) -> None:
    """An earlier sheet about the same days tells an older state."""
    successions = Successions.of([sheet.person_id])
    rows = RecordSheet.objects.filter(
        community__in=successions.stood_for(sheet.community, sheet.person_id, sheet.issued_at),
        person=sheet.person,
        since=sheet.since,
        until=sheet.until,
    )
    for former in rows.exclude(pk=sheet.pk):
        replace(about=former.pk, by=issue)


def _code(person_id: UUID) -> RecordCode:
    """The person's code, made when there is none."""
    fresh = RecordCode(person_id=person_id, token=ids.new_token(), made_at=clock.now())
    RecordCode.objects.bulk_create([fresh], ignore_conflicts=True)
    return RecordCode.objects.get(person=person_id)


@command
def renew_code(actor: Actor) -> RecordCode:
    """Give the actor's records a new code; the old one opens nothing from now on."""
    if actor.person_id is None:
        raise Absent("member")
    lock_persons([actor.person_id])
    RecordCode.objects.filter(person__merged_into=actor.person_id).delete()
    code = _code(actor.person_id)
    code.token, code.made_at = ids.new_token(), clock.now()
    code.save(update_fields=["token", "made_at"])
    return code
