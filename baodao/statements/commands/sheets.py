"""服务记录单: numbered by the community that recorded, and the member's own code to check it by."""

from datetime import date
from uuid import UUID

from baodao.accounts.queries import is_on
from baodao.accounts.rules import RECORDING
from baodao.documents.commands import Paper, next_numbers, register
from baodao.documents.rules import number_text
from baodao.kernel import clock, ids, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.masks import masked_name
from baodao.ledger.queries.records import (
    Rows,
    Totals,
    between,
    record_rows,
    standing,
    totals_of,
)
from baodao.ledger.rules.corrections import check_not_own
from baodao.notices.commands.notices import Message, announce
from baodao.orgs.models import Organisation
from baodao.people.queries.members import lock_persons, locked_persons
from baodao.statements.commands.entries import community_in
from baodao.statements.models import RecordCode, RecordSheet
from baodao.statements.rules.papers import RECORD_SHEET


@command
def issue_sheet(
    actor: Actor, *, community_id: int, person_id: UUID, since: date, until: date
) -> RecordSheet:
    """Issue a sheet of what this community recorded of a person in a period: number, register,
    notice; a certificate where the switch says so. Raises `Absent` for somebody of whom it has
    recorded nothing."""
    community = community_in(actor, Permission.RECORD_CONFIRM, community_id)
    rows = _rows(actor, community, person_id, since, until)
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
    register([_paper(sheet, totals_of(rows))])
    written = number_text(year, number)
    journal.write(actor, "record-sheet.issued", sheet.pk, community.pk, number=written)
    facts = {"community": community.name, "number": written}
    announce([Message("record-sheet-issued", person.pk, about=sheet.pk, facts=facts)])
    return sheet


def _rows(actor: Actor, community: Organisation, person_id: UUID, since: date, until: date) -> Rows:
    """The person's records here in the period, reversals included; something of them counts."""
    here = record_rows().filter(community=community, person=person_id)
    if not here.exists():
        raise Absent("person")
    check_not_own(actor.person_id, person_id)
    if until < since:
        raise Refused(
            "sheet.period", gettext_noop("The last day must not be before the first day.")
        )
    rows = between(here, since, until)
    if not standing(rows).exists():
        raise Refused("sheet.empty", gettext_noop("Nothing is recorded in this period."))
    return rows


def _paper(sheet: RecordSheet, totals: Totals) -> Paper:
    """The sheet as the register of papers keeps it."""
    facts = {"person": sheet.person.number, "records": totals.records, "minutes": totals.minutes}
    return Paper(
        form=RECORD_SHEET.code,
        organisation_id=sheet.community_id,
        unit=sheet.community.name,
        year=sheet.year,
        number=sheet.number,
        about=sheet.pk,
        holder=masked_name(sheet.person.name),
        facts={**facts, "since": sheet.since, "until": sheet.until},
    )


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
    code = _code(actor.person_id)
    code.token, code.made_at = ids.new_token(), clock.now()
    code.save(update_fields=["token", "made_at"])
    return code
