"""Papers that leave with telephones in full: who printed whose, when and what for."""

from collections.abc import Collection
from uuid import UUID

from baodao.kernel import journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Absent
from baodao.registration.models import Registration
from baodao.registration.queries import registrations, unit_of


@command
def record_print(
    actor: Actor, *, registration_ids: Collection[UUID], form: str
) -> list[Registration]:
    """Write down that papers of these registrations were made with telephones in full.

    Returns the rows to print. Raises `Absent` unless the actor may unmask every one of them.
    """
    wanted = set(registration_ids)
    rows = list(registrations(actor, Permission.PERSON_UNMASK).filter(pk__in=wanted))
    if len(rows) != len(wanted):
        raise Absent("registration")
    journal.write_many(
        actor,
        [
            journal.Act("paper.printed", row.pk, unit_of(row.branch).pk, {"form": form})
            for row in rows
        ],
    )
    return rows
