"""Declaring tables of one's own, in versions, and taking them out of use."""

from uuid import UUID

from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.kernel.locks import lock
from baodao.orgs.queries.tree import check_open, organisations
from baodao.orgs.rules.tree import about
from baodao.reporttables.models import OwnReportTable, OwnTableVersion
from baodao.reporttables.queries.own import (
    EDIT,
    definition_of,
    latest_version,
    own_tables_to_edit,
)
from baodao.reporttables.rules.own import OwnDefinition


@command
def add_own_table(
    actor: Actor, *, organisation_id: int, definition: OwnDefinition
) -> OwnTableVersion:
    """Declare a table for an organisation and all below it."""
    place = lock(organisations(actor, EDIT), organisation_id)
    check_open(place)
    table = OwnReportTable.objects.create(organisation=place)
    return _keep(actor, table, 1, definition)


@command
def edit_own_table(actor: Actor, *, table_id: UUID, definition: OwnDefinition) -> OwnTableVersion:
    """Let a table be another from now on: its next version. What was printed stays as it is; what
    says the same makes no version."""
    table = lock(own_tables_to_edit(actor), table_id)
    check_open(table.organisation)
    latest = latest_version(table)
    if definition_of(latest) == definition:
        return latest
    return _keep(actor, table, latest.number + 1, definition)


@command
def discontinue_own_table(actor: Actor, *, table_id: UUID) -> OwnReportTable:
    """Offer a table no more, here and below; what was printed stays."""
    table = lock(own_tables_to_edit(actor), table_id)
    table.ended_at = clock.now()
    table.save(update_fields=["ended_at"])
    _write(actor, "own-table.ended", latest_version(table))
    return table


def _keep(
    actor: Actor, table: OwnReportTable, number: int, definition: OwnDefinition
) -> OwnTableVersion:
    version = OwnTableVersion.objects.create(
        table=table,
        number=number,
        title=definition.title,
        rows=definition.rows,
        columns=[one.kept for one in definition.columns],
        note=definition.note,
        quarterly=definition.quarterly,
        only=definition.only.text if definition.only else "",
        kept_by=actor.name,
    )
    _write(actor, "own-table.kept", version)
    return version


def _write(actor: Actor, verb: str, version: OwnTableVersion) -> None:
    place = version.table.organisation_id
    facts: dict[str, journal.Fact] = {"what": version.title, "version": version.number}
    journal.write_many(actor, [journal.Act(verb, about(place), place, facts)])
