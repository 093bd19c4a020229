"""服务记录单: numbered by the community that recorded, and the member's own code to check it by."""

from datetime import date
from uuid import UUID

from baodao.accounts.queries import is_on
from baodao.accounts.rules import RECORDING
from baodao.documents.commands import Paper, next_numbers, register
from baodao.documents.rules import masked, number_text
from baodao.kernel import clock, ids, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.ledger.commands.entering import community_in
from baodao.ledger.models import RecordCode, RecordSheet
from baodao.ledger.queries import between, record_rows, standing, totals_of
from baodao.ledger.rules import check_not_own
from baodao.ledger.rules.papers import RECORD_SHEET
from baodao.notices.commands.notices import Message, announce
from baodao.people.queries.members import lock_persons


@command
def issue_sheet(
    actor: Actor, *, community_id: int, person_id: UUID, since: date, until: date
) -> RecordSheet:
    """Issue a sheet of what this community recorded of a person in a period: number, register,
    notice; a certificate where the switch says so. Raises `Absent` for somebody of whom it has
    recorded nothing."""
    community = community_in(actor, Permission.RECORD_CONFIRM, community_id)
    here = record_rows().filter(community=community, person=person_id)
    if not here.exists():
        raise Absent("person")
    check_not_own(actor.person_id, person_id)
    if until < since:
        raise Refused(
            "sheet.period", gettext_noop("The last day must not be before the first day.")
        )
    rows = standing(between(here, since, until))
    if not rows.exists():
        raise Refused("sheet.empty", gettext_noop("Nothing is recorded in this period."))
    [person] = lock_persons([person_id])
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
    totals = totals_of(between(here, since, until))
    facts = {"person": person.number, "records": totals.records, "minutes": totals.minutes}
    register(
        [
            Paper(
                form=RECORD_SHEET.code,
                organisation_id=community.pk,
                unit=community.name,
                year=year,
                number=number,
                about=sheet.pk,
                holder=masked(person.name),
                facts={**facts, "since": since, "until": until},
            )
        ]
    )
    written = number_text(year, number)
    journal.write(actor, "record-sheet.issued", sheet.pk, community.pk, number=written)
    told = {"community": community.name, "number": written}
    announce([Message("record-sheet-issued", person.pk, about=sheet.pk, facts=told)])
    return sheet


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
    held = _code(actor.person_id)
    held.token, held.made_at = ids.new_token(), clock.now()
    held.save(update_fields=["token", "made_at"])
    return held
