"""Issuing declared tables: numbered, sealed and verified as every official table."""

from baodao.insight.commands.tables import TablePaper, keep_table
from baodao.insight.models import IssuedTable
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.kernel.moments import AsOf, Period
from baodao.reporttables.queries.papers import item
from baodao.reporttables.queries.tables import report_table
from baodao.reporttables.rules.papers import form_code


@command
def issue_report_table(
    actor: Actor, *, code: str, table_code: str, as_of: AsOf, period: Period
) -> IssuedTable:
    """Give a declared table of an organisation its number and its code; the same table asked for
    again keeps them, and is what it was. `Absent` out of scope."""
    table = report_table(actor, code, table_code, as_of, period)
    declaration = table.declaration
    period_text = str(period) if declaration.of_period else ""
    paper = TablePaper(
        table.organisation,
        table.name,
        form_code(declaration),
        as_of,
        period_text,
        item(table),
        declaration.version,
    )
    return keep_table(actor, paper)
