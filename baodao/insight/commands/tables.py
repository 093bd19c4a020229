"""Issuing official tables: each gets its number and its verifying code once."""

from collections.abc import Mapping
from dataclasses import dataclass

from baodao.documents.commands import Paper, keep_papers, next_numbers
from baodao.figures.rules.sheets import StatSheet
from baodao.insight.models import IssuedTable
from baodao.insight.queries.papers import item
from baodao.insight.queries.tables import table
from baodao.insight.rules.sheets import FORMS
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.locks import lock
from baodao.kernel.moments import AsOf, Period
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import organisations
from baodao.orgs.rules.tree import about


@dataclass(frozen=True)
class TablePaper:
    """A table as it is to be issued: whose, how it was called then, on which form, as of when, of
    which period ("" where no figure is of one), what stands on it, and by which version of an own
    table ("" for any other)."""

    organisation: Organisation
    name: str
    form: str
    as_of: AsOf
    period_text: str
    facts: Mapping[str, object]
    version: str = ""


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
    period_text = str(facts.period) if sheet is StatSheet.SERVICE else ""
    paper = TablePaper(
        facts.organisation, facts.name, FORMS[sheet], as_of, period_text, item(facts)
    )
    return keep_table(actor, paper)


def keep_table(actor: Actor, paper: TablePaper) -> IssuedTable:
    """Number a table in the caller's transaction, or find it where it was issued before."""
    organisation = lock(organisations(actor, Permission.FIGURE_READ), paper.organisation.pk)
    key = {
        "organisation": organisation,
        "form": paper.form,
        "version": paper.version,
        "as_of": paper.as_of.instant,
        "period_text": paper.period_text,
    }
    earlier = IssuedTable.objects.filter(**key).first()
    if earlier is not None:
        return earlier
    year = clock.today().year
    (number,) = next_numbers(organisation_id=organisation.pk, form=paper.form, year=year, count=1)
    issued = IssuedTable.objects.create(
        **key, day=paper.as_of.day, year=year, number=number, issued_by=actor.name
    )
    keep_papers([_paper(issued, paper)])
    line = {"number": str(issued), "as_of": str(paper.as_of), "form": paper.form}
    if issued.period_text:
        line["period"] = issued.period_text
    journal.write(actor, "table.issued", about(organisation.pk), organisation.pk, **line)
    return issued


def _paper(issued: IssuedTable, paper: TablePaper) -> Paper:
    numbered = {
        "number": issued.number_text,
        "compiler": issued.issued_by,
        "compiled_on": clock.local(issued.issued_at).date(),
    }
    return Paper(
        form=paper.form,
        organisation_id=issued.organisation_id,
        unit=paper.name,
        year=issued.year,
        number=issued.number,
        about=issued.pk,
        facts={**paper.facts, **numbered},
        token=issued.token,
    )
