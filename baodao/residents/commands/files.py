"""A household's file: made, written anew, decided, renewed, handed over, read, deleted."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from baodao.accounts.queries import is_on
from baodao.accounts.rules import HOUSEHOLD_FILES
from baodao.documents.commands import next_numbers
from baodao.kernel import clock, ids, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.lives import check_reason
from baodao.kernel.locks import lock
from baodao.kernel.masks import check_purpose
from baodao.orgs.models import Organisation
from baodao.orgs.queries.policies import value_of
from baodao.orgs.queries.tree import by_id, check_open
from baodao.orgs.rules.tree import Kind
from baodao.residents.commands.entries import (
    entry_in,
    forget_entries,
    forget_hardships,
    withdraw_for,
    write_entry,
)
from baodao.residents.models import FileBasis, FileStay, HouseholdFile
from baodao.residents.queries.entries import titles_for
from baodao.residents.queries.files import (
    categories_at,
    check_on,
    expired_files,
    files,
    grids_in,
    living,
    same_household,
)
from baodao.residents.rules.entries import HouseholdEntry, check_names_nobody
from baodao.residents.rules.households import (
    BY_HAND,
    FileBasisFacts,
    FileEnding,
    SupportFacts,
    check_basis,
    check_name,
    check_support,
)
from baodao.residents.rules.policies import FILE_DAYS

SERIES = "household-file"
MOST_ROWS = 20


@command
def add_household(
    actor: Actor,
    *,
    community_id: int,
    entry: HouseholdEntry,
    support: SupportFacts,
    basis: FileBasisFacts,
    another: bool = False,
) -> HouseholdFile:
    """Make a household's file in a community. Refused where the community keeps one of that name
    and telephone already, unless it was said that this is `another` household."""
    community = community_in(actor, community_id)
    check_name(entry.name)
    check_support(support, categories_at(community))
    check_basis(basis, clock.today(), value_of(FILE_DAYS, community))
    alike = same_household(community, entry.name, entry.phone.strip()).first()
    if alike is not None and not another:
        raise Refused(
            "household.twice",
            gettext_noop(
                "File %(number)s is of a household of this name. If this is another one, tick so."
            ),
            number=alike.number,
        )
    [number] = next_numbers(
        organisation_id=community.pk, form=SERIES, year=clock.today().year, count=1
    )
    file = HouseholdFile(
        number=f"{clock.today().year}-{number:04d}",
        entry=write_entry(actor, ids.new_id(), entry),
        community=community,
        kept_until=basis.kept_until,
        filed_by=actor.name,
    )
    _decide(actor, file, support)
    file.save(force_insert=True)
    FileStay.objects.create(file=file, community=community)
    _keep_basis(actor, file, basis, 1)
    _note(actor, "household.filed", file)
    return file


def community_in(actor: Actor, community_id: int) -> Organisation:
    """A community whose files the actor keeps, where they are switched on."""
    community = by_id(community_id)
    if community.kind != Kind.COMMUNITY or not actor.may(Permission.HOUSEHOLD_EDIT, community.path):
        raise Absent("organisation")
    check_open(community)
    check_on(community)
    return community


def _decide(actor: Actor, file: HouseholdFile, support: SupportFacts) -> None:
    """Set difficulties, grade and grid of a file, in the order of the dictionary."""
    known = [*categories_at(file.community), *file.categories]
    file.categories = [one for one in dict.fromkeys(known) if one in support.categories]
    file.grade, file.grid_id = support.grade, support.grid_id
    grids = grids_in(actor, file.community)
    if support.grid_id is not None and not grids.filter(pk=support.grid_id).exists():
        raise Absent("grid")


def _keep_basis(actor: Actor, file: HouseholdFile, basis: FileBasisFacts, version: int) -> None:
    FileBasis.objects.create(
        file=file,
        version=version,
        kind=basis.kind,
        text=basis.text.strip(),
        given_on=basis.given_on,
        kept_until=basis.kept_until,
        noted_by=actor.name,
    )


def _note(actor: Actor, verb: str, file: HouseholdFile, **facts: journal.Fact) -> None:
    """Write down what was done; never a fact of the household itself."""
    journal.write(actor, verb, file.pk, file.community_id, number=file.number, **facts)


def check_words(file: HouseholdFile, words: str) -> str:
    """Words of a file that the journal keeps; refused where they tell who the household is."""
    if file.entry is not None:
        check_names_nobody(words, entry_in(file.entry))
    return words


def locked_file(actor: Actor, file_id: UUID, permission: Permission) -> HouseholdFile:
    """A living file with which the actor may do so where files are switched on, locked."""
    file: HouseholdFile = lock(living(files(actor, permission)), file_id)
    check_on(file.community)
    return file


@command
def write_household(actor: Actor, *, file_id: UUID, entry: HouseholdEntry) -> HouseholdFile:
    """Write anew who the household is and what is hard for them; whatever points at the household
    reads it from now on."""
    file = locked_file(actor, file_id, Permission.HOUSEHOLD_EDIT)
    if file.entry_id is None:
        raise Absent("household")
    check_name(entry.name)
    write_entry(actor, file.entry_id, entry)
    _note(actor, "household.rewritten", file)
    return file


@command
def set_support(actor: Actor, *, file_id: UUID, support: SupportFacts) -> HouseholdFile:
    """Decide of a household's difficulties, its grade and its grid."""
    file = locked_file(actor, file_id, Permission.HOUSEHOLD_EDIT)
    check_support(support, {**categories_at(file.community), **dict.fromkeys(file.categories, "")})
    _decide(actor, file, support)
    file.save(update_fields=["categories", "grade", "grid"])
    _note(actor, "household.classified", file)
    return file


@command
def renew_basis(actor: Actor, *, file_id: UUID, basis: FileBasisFacts) -> HouseholdFile:
    """Let a file rest on a new version of its basis, and be kept until the day that it names."""
    file = locked_file(actor, file_id, Permission.HOUSEHOLD_EDIT)
    check_basis(basis, clock.today(), value_of(FILE_DAYS, file.community))
    version = file.bases.count() + 1
    _keep_basis(actor, file, basis, version)
    file.kept_until = basis.kept_until
    file.save(update_fields=["kept_until"])
    _note(actor, "household.basis-renewed", file, version=version)
    return file


@command
def move_household(actor: Actor, *, file_id: UUID, community_id: int, reason: str) -> HouseholdFile:
    """The family moved: another community, where files are switched on, keeps the file from now on.
    The one that was left sees that it had it."""
    why = check_reason(reason)
    file = locked_file(actor, file_id, Permission.HOUSEHOLD_EDIT)
    check_words(file, why)
    target = by_id(community_id)
    if target.kind != Kind.COMMUNITY or target.pk == file.community_id:
        raise Refused("household.same-place", gettext_noop("Choose another community."))
    check_open(target)
    if not is_on(HOUSEHOLD_FILES, target):
        raise Refused(
            "household.off-there",
            gettext_noop("Files of households are not switched on in %(community)s."),
            community=target.name,
        )
    now = clock.now()
    file.stays.filter(until=None).update(until=now)
    FileStay.objects.create(file=file, community=target, since=now)
    _note(actor, "household.moved", file, community=target.name, reason=why)
    file.community, file.grid = target, None
    file.save(update_fields=["community", "grid"])
    return file


@command
def unmask_household(actor: Actor, *, file_id: UUID, reason: str) -> HouseholdEntry:
    """A household in clear, for the community that keeps its file; why stands in the log that the
    household is shown."""
    words = check_purpose(reason)
    file = locked_file(actor, file_id, Permission.HOUSEHOLD_OPEN)
    entry = entry_in(file.entry)
    _note(actor, "household.opened", file, reason=check_words(file, words))
    return entry


@command
def show_household(actor: Actor, *, file_id: UUID, reason: str) -> HouseholdFile:
    """The whole file, to be shown to the household as a card; also where files are switched off,
    for it is theirs to see (个人信息保护法第四十五条). It is noted who showed it."""
    words = check_purpose(reason)
    file: HouseholdFile = lock(living(files(actor, Permission.HOUSEHOLD_OPEN)), file_id)
    _note(actor, "household.shown", file, reason=check_words(file, words))
    return file


@command
def forget_household(actor: Actor, *, file_id: UUID, ending: str, reason: str) -> HouseholdFile:
    """Delete a file before its day: what it says goes at once, also where files are switched off.
    Who the household is goes too, unless a pairing or a contact point still needs it; what is hard
    for them goes in any case. Refused while something is offered for the household that nobody has
    taken on: it would name them to who does."""
    why = check_reason(reason)
    if ending not in BY_HAND:
        raise Refused("household.ending", gettext_noop("Choose why the file is deleted."))
    file: HouseholdFile = lock(living(files(actor, Permission.HOUSEHOLD_EDIT)), file_id)
    if file.entry_id is not None and (titles := titles_for(file.entry_id)):
        raise Refused(
            "household.offered",
            gettext_noop("Still offered for this household: %(titles)s. Cancel it first."),
            titles="、".join(titles),
        )
    forget_files(actor, [file], FileEnding(ending), check_words(file, why))
    return file


@command
def forget_expired(actor: Actor, *, file_ids: Collection[UUID]) -> int:
    """Delete files whose last day is over, and call off what is offered for their households and
    nobody has taken on; how many. Anybody may: the day was set before."""
    over = HouseholdFile.objects.filter(pk__in=set(file_ids) & set(expired_files()), ended_at=None)
    rows: list[Any] = list(over.select_for_update(of=("self",), no_key=True).order_by("pk"))
    for row in rows:
        if row.entry_id is not None:
            withdraw_for(actor, row.entry_id)
    forget_files(actor, rows, FileEnding.EXPIRED, "")
    return len(rows)


def forget_files(actor: Actor, rows: list[HouseholdFile], ending: FileEnding, reason: str) -> None:
    """Delete what files say; each stays with its number, its days and why it is over."""
    entry_ids = {row.entry_id for row in rows if row.entry_id}
    for row in rows:
        row.residents.all().delete()
        row.measures.all().delete()
        row.bases.update(text="")
        row.categories, row.grade, row.grid = [], "", None
        row.ended_at, row.ending, row.entry = clock.now(), ending, None
        row.save(update_fields=["categories", "grade", "grid", "ended_at", "ending", "entry"])
        row.stays.filter(until=None).update(until=row.ended_at)
        _note(actor, "household.deleted", row, ending=ending.words, reason=reason)
    forget_hardships(entry_ids - forget_entries(entry_ids))


@command
def seek_households(
    actor: Actor, *, community_id: int, name: str, phone: str, reason: str
) -> list[HouseholdFile]:
    """The files of a community whose household has this name, and where it is given this telephone.
    That somebody looked, and why, stands in the journal; for whom does not."""
    words = check_purpose(reason)
    community = by_id(community_id)
    if not actor.may(Permission.HOUSEHOLD_OPEN, community.path):
        raise Absent("organisation")
    check_on(community)
    rows = list(same_household(community, name, phone).order_by("filed_at", "pk")[:MOST_ROWS])
    journal.write(
        actor, "household.sought", ids.new_id(), community.pk, reason=words, count=len(rows)
    )
    return rows
