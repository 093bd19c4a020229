"""A division table that was taken over by mistake, undone as a whole."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from baodao.divisions.models import DivisionImport
from baodao.divisions.queries.undos import (
    check_undoable,
    division_imports,
    made_by,
    obstacles_of,
)
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.kernel.locks import lock
from baodao.orgs.commands.changes import put_back, resume
from baodao.orgs.commands.places import close_unused, lock_tree
from baodao.orgs.commands.reorganisations import put_organisation_back, tell_restored
from baodao.orgs.queries.tree import organisations_anywhere
from baodao.orgs.rules.tree import about


@command
def undo_import(actor: Actor, *, import_id: UUID) -> DivisionImport:
    """Put back what a division table changed, all of it, while nothing was built on it.

    Places that it made are closed, never deleted; what was renamed, moved, closed or opened is as
    it was, with all that was handed over. Raises `Refused` with the first place in the way.
    """
    row = lock(division_imports(actor), import_id)
    lock_tree()
    check_undoable(row, obstacles_of(row))
    put_back(row.changes)
    for step in reversed([step for step in row.changes if "organisation" in step]):
        put_organisation_back(step)
    close_unused(organisations_anywhere().filter(made_by(row)))
    place = _place_of(row)
    facts: dict[str, journal.Fact] = {"created": row.created, "changed": row.changed}
    with clock.at(clock.now()):
        resume(actor, row.changes)
        row.undone_at, row.undone_by = clock.now(), actor.name
        row.save(update_fields=["undone_at", "undone_by"])
        journal.write(actor, "divisions.undone", about(place), place, **facts)
    _tell_restored(row)
    return row


def _place_of(row: DivisionImport) -> int:
    """Where the undoing is written down: the place that holds it all, else the first touched."""
    if row.place_id is not None:
        return row.place_id
    step = row.changes[0]
    return int(step.get("organisation") or step["first"])


def _tell_restored(row: DivisionImport) -> None:
    """Whoever was told that a place was closed, and each such place, which stands again."""
    tidings: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for step in row.changes:
        if "organisation" in step:
            place_id = step["organisation"]
        elif "persons" in step:
            tidings[place_id].append(step)
    for place in organisations_anywhere().filter(pk__in=tidings).order_by("code"):
        tell_restored(place, tidings[place.pk])
