"""Official tables that were issued."""

from uuid import UUID

from baodao.insight.models import IssuedTable
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.kernel.scope import within


def issued_table(actor: Actor, table_id: UUID) -> IssuedTable:
    """An issued table of an organisation whose figures the actor may read, else `Absent`."""
    rows = IssuedTable.objects.select_related("organisation")
    scoped = within(rows, actor, Permission.FIGURE_READ, "organisation__path")
    found = scoped.filter(pk=table_id).first()
    if found is None:
        raise Absent("table")
    return found
