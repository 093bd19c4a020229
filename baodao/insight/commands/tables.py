"""Issuing official tables: each gets its number and its verifying code once."""

from baodao.documents.commands import Paper, next_numbers, register
from baodao.insight.models import IssuedTable
from baodao.insight.queries import Table, table
from baodao.insight.rules import AsOf, Period, Sheet
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.locking import lock
from baodao.orgs.queries import organisations
from baodao.orgs.rules import about

FORMS = {Sheet.REGISTRATION: "registration-table", Sheet.SERVICE: "service-table"}


@command
def issue_table(
    actor: Actor,
    *,
    code: str,
    as_of: AsOf,
    sheet: Sheet = Sheet.REGISTRATION,
    period: Period | None = None,
) -> IssuedTable:
    """Give a table of an organisation as of an instant its number and its code.

    The same table asked for again keeps its number. `Absent` out of scope.
    """
    made = table(actor, code, as_of, sheet, period)
    organisation = lock(organisations(actor, Permission.FIGURE_READ), made.organisation.pk)
    told = str(made.period) if sheet is Sheet.SERVICE else ""
    key = {
        "organisation": organisation,
        "sheet": sheet,
        "as_of": as_of.instant,
        "period_text": told,
    }
    held = IssuedTable.objects.filter(**key).first()
    if held is not None:
        return held
    year, form = clock.today().year, FORMS[sheet]
    (number,) = next_numbers(organisation_id=organisation.pk, form=form, year=year, count=1)
    issued = IssuedTable.objects.create(
        **key, day=as_of.day, year=year, number=number, issued_by=actor.name
    )
    register([_paper(issued, made)])
    facts = {"number": str(issued), "as_of": str(as_of), "form": form}
    if told:
        facts["period"] = told
    journal.write(actor, "table.issued", about(organisation.pk), organisation.pk, **facts)
    return issued


def _paper(issued: IssuedTable, made: Table) -> Paper:
    return Paper(
        form=FORMS[made.sheet],
        organisation_id=made.organisation.pk,
        unit=made.organisation.name,
        year=issued.year,
        number=issued.number,
        about=issued.pk,
        facts={"as_of": str(made.as_of), "period": issued.period_text, "total": made.total},
        token=issued.token,
    )
