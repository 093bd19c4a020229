"""Registers of a community, and what one would bring: its households, those alike, the sums."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import override

from baodao.householdsheets.models import HouseholdImport
from baodao.householdsheets.queries.sheets import RegisterScope, RegisterTable, read_register
from baodao.householdsheets.rules.headings import WORDS
from baodao.householdsheets.rules.households import RegisterHousehold, RegisterRules
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.scope import within
from baodao.orgs.models import Organisation
from baodao.residents.models import HouseholdFile
from baodao.residents.queries.files import categories_at, grids_in, same_names
from baodao.residents.rules.households import is_child
from baodao.spreadsheets.cells import compact
from baodao.ui.wording import word_of
from baodao.vocabulary.queries import own_words


@dataclass(frozen=True)
class AlikeHousehold:
    """A household of a table and those of its name: numbers of files, rows above it. Those whose
    address is the same too are among `same`."""

    household: RegisterHousehold
    numbers: Sequence[str]
    rows: Sequence[int]
    is_same_place: bool


@dataclass(frozen=True)
class RegisterJudgement:
    """A table as it was read, and which of its households are asked about."""

    table: RegisterTable
    words: Mapping[str, str]
    alike: Sequence[AlikeHousehold] = ()
    year: int = field(default_factory=lambda: clock.today().year)

    @property
    def households(self) -> Sequence[RegisterHousehold]:
        return self.table.households

    @property
    def certain(self) -> int:
        """How many households are filed without a question."""
        return len(self.households) - len(self.alike)

    @property
    def people(self) -> int:
        """How many people stand in these files."""
        return sum(len(one.facts.people) for one in self.households)

    @property
    def children(self) -> int:
        """How many of them may be under fourteen."""
        people = (person for one in self.households for person in one.facts.people)
        return sum(is_child(person.born, self.year) for person in people)

    @property
    def faulty_rows(self) -> int:
        """How many rows stand in households that are left out for a fault."""
        return self.table.rows - self.good_rows

    @property
    def good_rows(self) -> int:
        return sum(len(one.rows) for one in self.households)

    @property
    def lacks_category(self) -> int:
        """How many households have no difficulty of their own in the table."""
        return sum(not one.facts.support.categories for one in self.households)

    @property
    def lacks_grade(self) -> int:
        return sum(not one.facts.support.grade for one in self.households)

    def by_building(self) -> list[tuple[str, int]]:
        """How many addresses were completed by each building that stands above its rows."""
        return list(Counter(one.building for one in self.households if one.building).items())

    def by_category(self) -> list[tuple[str, int]]:
        """How many households have each difficulty; one with two counts in both."""
        rows = Counter(code for one in self.households for code in one.facts.support.categories)
        return [(word_of(self.words, code), rows[code]) for code in self.words if rows[code]]


def imports(actor: Actor) -> QuerySet[HouseholdImport]:
    """The registers of communities whose files the actor keeps, the latest first."""
    rows = HouseholdImport.objects.select_related("community").order_by("-created_at", "pk")
    return within(rows, actor, Permission.HOUSEHOLD_EDIT, "community__path")


def import_in(actor: Actor, import_id: UUID) -> HouseholdImport:
    """One of them; raises `Absent`."""
    row: HouseholdImport | None = imports(actor).filter(pk=import_id).first()
    if row is None:
        raise Absent("import")
    return row


def check_undoable(row: HouseholdImport) -> None:
    """Refuse to take back what was not filed, or was taken back."""
    if row.applied_at is None or row.undone_at is not None:
        raise Refused("register.undone", gettext_noop("There is nothing to undo any more."))


def content_of(row: HouseholdImport) -> bytes:
    """The uploaded bytes; refused when they are no longer kept."""
    if row.file_sealed is None:
        raise Refused(
            "import.forgotten",
            gettext_noop("The uploaded file is no longer kept. Upload it once more."),
        )
    return row.content


def scope_of(row: HouseholdImport) -> RegisterScope:
    """How a register is read: as was said of this file, then by the words of its community."""
    taught = own_words(row.community, WORDS.name).headers
    options = row.options
    return RegisterScope(
        include_hidden=bool(options.get("include_hidden")),
        skip_unseen=bool(options.get("skip_unseen")),
        choices={**taught, **options.get("choices", {})},
    )


def judge(actor: Actor, row: HouseholdImport) -> RegisterJudgement:
    """What a register would bring, as the actor may write it."""
    community = row.community
    with override("zh-hans"):
        words = {code: word_of(categories_at(community), code) for code in categories_at(community)}
    rules = RegisterRules(
        categories=words,
        grids={compact(grid.name): grid.pk for grid in grids_in(actor, community)},
        year=clock.today().year,
        writes_children=actor.may(Permission.HOUSEHOLD_CHILDREN, community.path),
    )
    table = read_register(content_of(row), rules, scope_of(row))
    return RegisterJudgement(table, words, _alike(community, table.households))


def _alike(
    community: Organisation, households: Sequence[RegisterHousehold]
) -> list[AlikeHousehold]:
    """The households whose name another above it in the table has, or a file of the community."""
    filed: defaultdict[str, list[HouseholdFile]] = defaultdict(list)
    for file in same_names(community, {one.facts.entry.name for one in households}):
        if file.entry is not None:
            filed[file.entry.name].append(file)
    before: defaultdict[str, list[RegisterHousehold]] = defaultdict(list)
    alike = []
    for one in households:
        entry = one.facts.entry
        files, above = filed[entry.name], before[entry.name]
        if files or above:
            places = [file.entry.address for file in files if file.entry is not None]
            places += [other.facts.entry.address for other in above]
            is_same = bool(entry.address) and compact(entry.address) in map(compact, places)
            rows = [other.rows[0] for other in above]
            alike.append(AlikeHousehold(one, [file.number for file in files], rows, is_same))
        above.append(one)
    return alike
