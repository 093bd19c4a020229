"""Many files of households at once, as a table tells them; and taken back as a whole."""

from collections.abc import Collection, Sequence
from uuid import UUID

from baodao.documents.commands import next_numbers
from baodao.kernel import clock, ids, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.lives import check_reason
from baodao.orgs.models import Organisation
from baodao.orgs.queries.policies import value_of
from baodao.orgs.queries.tree import organisations
from baodao.orgs.rules.tree import Kind
from baodao.residents.commands.entries import new_entry
from baodao.residents.commands.files import SERIES, community_in, forget_files
from baodao.residents.models import FileBasis, FileStay, HouseholdFile, Resident, SealedHousehold
from baodao.residents.queries.files import categories_at, files, living, numbers_built_upon
from baodao.residents.rules.households import (
    MOST_PEOPLE,
    FileBasisFacts,
    FileEnding,
    HouseholdFacts,
    check_basis,
    check_resident,
    check_support,
    is_child,
)
from baodao.residents.rules.policies import FILE_DAYS


@command
def add_households(
    actor: Actor, *, community_id: int, households: Sequence[HouseholdFacts], basis: FileBasisFacts
) -> list[HouseholdFile]:
    """Make the files of many households on one basis, in their order; whether two are the same was
    asked before. Children are written only by who may read of them."""
    community = community_in(actor, community_id)
    check_basis(basis, clock.today(), value_of(FILE_DAYS, community))
    words = list(categories_at(community))
    grids = _grids(actor, community)
    reads_children = actor.may(Permission.HOUSEHOLD_CHILDREN, community.path)
    for one in households:
        _check(one, words, grids, reads_children=reads_children)
    year = clock.today().year
    numbers = next_numbers(
        organisation_id=community.pk, form=SERIES, year=year, count=len(households)
    )
    entries = [new_entry(actor, ids.new_id(), one.entry) for one in households]
    rows = [
        HouseholdFile(
            number=f"{year}-{number:04d}",
            entry=entry,
            community=community,
            grid_id=one.support.grid_id,
            categories=[word for word in words if word in one.support.categories],
            grade=one.support.grade,
            kept_until=basis.kept_until,
            filed_by=actor.name,
        )
        for number, entry, one in zip(numbers, entries, households, strict=True)
    ]
    SealedHousehold.objects.bulk_create(entries)
    HouseholdFile.objects.bulk_create(rows)
    FileStay.objects.bulk_create(FileStay(file=row, community=community) for row in rows)
    FileBasis.objects.bulk_create(_basis(actor, row, basis) for row in rows)
    Resident.objects.bulk_create(_people(rows, households))
    verb = "household.filed"
    acts = [journal.Act(verb, one.pk, community.pk, {"number": one.number}) for one in rows]
    journal.write_many(actor, acts)
    return rows


def _grids(actor: Actor, community: Organisation) -> set[int]:
    """The open grids of a community, by their ids."""
    rows = organisations(actor, Permission.HOUSEHOLD_READ).filter(kind=Kind.GRID, closed_at=None)
    return set(rows.filter(path__startswith=community.path).values_list("pk", flat=True))


def _check(
    one: HouseholdFacts, words: Sequence[str], grids: Collection[int], *, reads_children: bool
) -> None:
    """Refuse a household that could not be written by hand either."""
    check_support(one.support, words)
    year = clock.today().year
    for person in one.people:
        check_resident(person, year)
    if one.support.grid_id is not None and one.support.grid_id not in grids:
        raise Refused("household.grid", gettext_noop("The grid is none of this community."))
    if not reads_children and any(is_child(person.born, year) for person in one.people):
        raise Refused(
            "household.child",
            gettext_noop(
                "What concerns children under fourteen is written by the secretary of the "
                "community."
            ),
        )
    if len(one.people) > MOST_PEOPLE:
        raise Refused(
            "household.many",
            gettext_noop("A household has at most %(most)s people."),
            most=MOST_PEOPLE,
        )


def _basis(actor: Actor, row: HouseholdFile, basis: FileBasisFacts) -> FileBasis:
    return FileBasis(
        file=row,
        version=1,
        kind=basis.kind,
        text=basis.text.strip(),
        given_on=basis.given_on,
        kept_until=basis.kept_until,
        noted_by=actor.name,
    )


def _people(rows: Sequence[HouseholdFile], households: Sequence[HouseholdFacts]) -> list[Resident]:
    people = []
    for row, one in zip(rows, households, strict=True):
        for facts in one.people:
            person = Resident(file=row, relation=facts.relation)
            person.name, person.born = facts.name.strip(), str(facts.born)
            people.append(person)
    return people


@command
def undo_households(
    actor: Actor, *, community_id: int, file_ids: Collection[UUID], reason: str
) -> int:
    """Delete the files that a table brought, where files are switched off as well; how many. Those
    deleted since stay deleted. Refused, by number, while something was made of one of them."""
    why = check_reason(reason)
    mine = files(actor, Permission.HOUSEHOLD_EDIT).filter(pk__in=file_ids)
    rows = list(living(mine).select_for_update(of=("self",), no_key=True).order_by("pk"))
    if numbers := numbers_built_upon(rows, community_id):
        raise Refused(
            "household.built-upon",
            gettext_noop("Something was made of these files since: %(numbers)s."),
            numbers="、".join(numbers),
        )
    forget_files(actor, rows, FileEnding.UNDONE, why)
    return len(rows)
