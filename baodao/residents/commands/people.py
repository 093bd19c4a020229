"""Who lives in a household: added, removed, read; children behind a right of their own."""

from uuid import UUID

from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.masks import check_purpose
from baodao.residents.commands.files import check_words, locked_file
from baodao.residents.models import HouseholdFile, Resident
from baodao.residents.queries.people import may_read_children, residents_of
from baodao.residents.rules.households import (
    MOST_PEOPLE,
    ResidentFacts,
    check_another,
    check_resident,
    is_child,
)


@command
def add_resident(actor: Actor, *, file_id: UUID, resident: ResidentFacts) -> Resident:
    """Write somebody into a household's file; a child only with the right to read of children."""
    file = locked_file(actor, file_id, Permission.HOUSEHOLD_EDIT)
    year = clock.today().year
    check_resident(resident, year)
    if is_child(resident.born, year):
        _check_children(actor, file)
    if file.residents.count() >= MOST_PEOPLE:
        raise Refused(
            "household.many",
            gettext_noop("A household has at most %(most)s people."),
            most=MOST_PEOPLE,
        )
    check_another(resident, [(one.name, int(one.born)) for one in file.residents.all()])
    row = Resident(file=file, relation=resident.relation)
    row.name, row.born = resident.name.strip(), str(resident.born)
    row.save(force_insert=True)
    journal.write(actor, "household.person-added", file.pk, file.community_id, number=file.number)
    return row


@command
def remove_resident(actor: Actor, *, file_id: UUID, resident_id: UUID) -> HouseholdFile:
    """Take somebody out of a household's file; nothing of them is kept."""
    file = locked_file(actor, file_id, Permission.HOUSEHOLD_EDIT)
    row = file.residents.filter(pk=resident_id).first()
    if row is None:
        raise Absent("resident")
    if is_child(int(row.born), clock.today().year):
        _check_children(actor, file)
    row.delete()
    journal.write(actor, "household.person-removed", file.pk, file.community_id, number=file.number)
    return file


@command
def unmask_children(actor: Actor, *, file_id: UUID, reason: str) -> list[Resident]:
    """The children of a household in clear, for who has the right to read of children; why stands
    in the log that the household is shown."""
    words = check_purpose(reason)
    file = locked_file(actor, file_id, Permission.HOUSEHOLD_CHILDREN)
    facts: dict[str, journal.Fact] = {"number": file.number, "reason": check_words(file, words)}
    journal.write(actor, "household.children-opened", file.pk, file.community_id, **facts)
    return residents_of(file).children


def _check_children(actor: Actor, file: HouseholdFile) -> None:
    if not may_read_children(actor, file):
        raise Refused(
            "household.child",
            gettext_noop(
                "What concerns children under fourteen is written by the secretary of the "
                "community."
            ),
        )
