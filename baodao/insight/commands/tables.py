"""Issuing official tables: each gets its number and its verifying code once."""

from baodao.documents.commands import Paper, keep_papers, next_numbers
from baodao.figures.rules.sheets import StatSheet
from baodao.insight.models import IssuedTable
from baodao.insight.queries.papers import item
from baodao.insight.queries.tables import StatTable, table
from baodao.insight.rules.sheets import FORMS
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.locks import lock
from baodao.kernel.moments import AsOf, Period
from baodao.orgs.queries.tree import organisations
from baodao.orgs.rules.tree import about


@command
def issue_table(
    actor: Actor,
    *,
    code: str,
    as_of: AsOf,
    sheet: StatSheet = StatSheet.REGISTRATION,
    period: Period | None = None,
) -> IssuedTable:
    """Give a table of an organisation as of an instant its number and its code.

    The same table asked for again keeps its number, and is what it was. `Absent` out of scope.
    """
    facts = table(actor, code, as_of, sheet, period)
    organisation = lock(organisations(actor, Permission.FIGURE_READ), facts.organisation.pk)
    key = {
        "organisation": organisation,
        "sheet": sheet,
        "as_of": as_of.instant,
        "period_text": str(facts.period) if sheet is StatSheet.SERVICE else "",
    }
    earlier = IssuedTable.objects.filter(**key).first()
    if earlier is not None:
        return earlier
    year, form = clock.today().year, FORMS[sheet]
    (number,) = next_numbers(organisation_id=organisation.pk, form=form, year=year, count=1)
    issued = IssuedTable.objects.create(
        **key, day=as_of.day, year=year, number=number, issued_by=actor.name
    )
    keep_papers([_paper(issued, facts)])
    line = {"number": str(issued), "as_of": str(as_of), "form": form}
    if issued.period_text:
        line["period"] = issued.period_text
    journal.write(actor, "table.issued", about(organisation.pk), organisation.pk, **line)
    return issued


def _paper(issued: IssuedTable, facts: StatTable) -> Paper:
    numbered = {
        "number": issued.number_text,
        "compiler": issued.issued_by,
        "compiled_on": clock.local(issued.issued_at).date(),
    }
    return Paper(
        form=FORMS[facts.sheet],
        organisation_id=facts.organisation.pk,
        unit=facts.name,
        year=issued.year,
        number=issued.number,
        about=issued.pk,
        facts=item(facts) | numbered,
        token=issued.token,
    )
