"""The rows of a register, household by household: whom they tell, and what is wrong with them."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from baodao.householdsheets.rules.buildings import AddressPart, address_below
from baodao.householdsheets.rules.faults import HouseholdFault
from baodao.householdsheets.rules.headings import HouseholdField
from baodao.householdsheets.rules.words import categories_of, grade_of, relation_of
from baodao.kernel.errors import Refused
from baodao.people.rules.dates import date_of
from baodao.people.rules.identity import identity_of
from baodao.people.rules.names import is_name, is_whole, name_of
from baodao.residents.rules.entries import (
    ADDRESS,
    HARDSHIP,
    HouseholdEntry,
    check_free_words,
)
from baodao.residents.rules.households import (
    MOST_PEOPLE,
    OLDEST,
    HouseholdFacts,
    Relation,
    ResidentFacts,
    SupportFacts,
    is_child,
)
from baodao.spreadsheets.cells import Cell, compact, note_of, quoted, text_of
from baodao.spreadsheets.phones import phones_of

F = HouseholdField
_YEAR = re.compile(r"(?:19|20)\d\d(?!\d)")
_AGE = re.compile(r"(\d{1,3})(?:\.0)?(?:周?岁)?")
_LONGEST = 400
"""Characters that are looked at in a cell of words; more are a fault, never cut."""


@dataclass(frozen=True)
class RegisterRow:
    """A row of a sheet by the fields of its columns; `inherited` are those that a merged cell above
    says for it, `gone` a remark that its person is dead or lives elsewhere, `above` what of an
    address the bands above it say."""

    sheet: str
    number: int
    cells: Mapping[str, Cell]
    inherited: frozenset[str] = frozenset()
    gone: str = ""
    above: tuple[AddressPart, ...] = ()

    def text(self, field_: HouseholdField) -> str:
        """What stands there, "" for nothing or for a mark such as / or 无."""
        return note_of(self.cells.get(field_, ""), _LONGEST)

    def name(self) -> str:
        """Whom the row is about."""
        text = self.text(F.NAME) or ("" if F.NAME in self.cells else self.text(F.HEAD))
        return name_of(text) if text else ""

    @property
    def relation(self) -> Relation | None:
        return relation_of(self.text(F.RELATION))


@dataclass(frozen=True)
class RegisterRules:
    """By what a register is read: the difficulties and grids of its community, the year, and
    whether who reads it writes of children."""

    categories: Mapping[str, str]
    grids: Mapping[str, int]
    year: int
    writes_children: bool


@dataclass(frozen=True)
class RegisterDefaults:
    """What holds for households of which the table says none."""

    category: str = ""
    grade: str = ""


@dataclass
class RegisterNotes:
    """What a table holds and files do not, or what was reckoned: how often each."""

    counts: dict[str, int] = field(default_factory=dict)

    def add(self, what: str) -> None:
        self.counts[what] = self.counts.get(what, 0) + 1


@dataclass(frozen=True)
class RegisterHousehold:
    """A household that could be filed, and the rows that tell it; `building` is what stands above
    them and was put before the address."""

    sheet: str
    rows: Sequence[int]
    facts: HouseholdFacts
    building: str = ""

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"{self.rows[0]}@{self.sheet}"


def completed(
    facts: HouseholdFacts, defaults: RegisterDefaults, words: Mapping[str, str]
) -> HouseholdFacts:
    """A household with what holds where its rows say none; `words` are those of the difficulties,
    which are what is hard for it where nothing else is said."""
    categories = facts.support.categories or [defaults.category]
    hardship = facts.entry.hardship or "、".join(words.get(one, "") for one in categories)
    support = replace(
        facts.support, categories=categories, grade=facts.support.grade or defaults.grade
    )
    return replace(facts, entry=replace(facts.entry, hardship=hardship), support=support)


def households_in(rows: Iterable[RegisterRow]) -> list[list[RegisterRow]]:
    """The rows of a sheet parted into households, in their order."""
    groups: list[list[RegisterRow]] = []
    for row in rows:
        if groups and not _begins(row, groups[-1]):
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _begins(row: RegisterRow, group: Sequence[RegisterRow]) -> bool:
    """Whether a row begins another household than that of the rows before."""
    first = group[0]
    if row.above != first.above:
        return True
    if F.HOUSE in row.cells and (number := row.text(F.HOUSE)):
        return number != first.text(F.HOUSE)
    has_head = any(one.relation is Relation.HEAD for one in group)
    if row.relation is Relation.HEAD:
        return has_head or F.HEAD not in row.cells or row.text(F.HEAD) != first.text(F.HEAD)
    if F.HEAD in row.cells and F.NAME in row.cells:
        head = row.text(F.HEAD)
        return bool(head) and compact(head) != compact(first.text(F.HEAD))
    return F.RELATION not in row.cells and F.HOUSE not in row.cells


def household_in(
    group: Sequence[RegisterRow], rules: RegisterRules, notes: RegisterNotes
) -> RegisterHousehold | list[HouseholdFault]:
    """The household that rows tell, or everything that is wrong with them."""
    reader = _HouseholdReader(group, rules)
    facts = reader.read()
    if facts is None or reader.faults:
        return reader.faults
    for what in reader.notes:
        notes.add(what)
    numbers = [row.number for row in group]
    return RegisterHousehold(group[0].sheet, numbers, facts, reader.building)


class _HouseholdReader:
    """Reads the rows of one household; `faults` and `notes` fill up meanwhile."""

    def __init__(self, group: Sequence[RegisterRow], rules: RegisterRules) -> None:
        self._group = group
        self._rules = rules
        self.faults: list[HouseholdFault] = []
        self.notes: list[str] = []
        self.building = ""

    def _fault(self, row: RegisterRow, kind: str, field_: HouseholdField, **facts: str) -> None:
        self.faults.append(HouseholdFault(row.sheet, row.number, kind, field_.value, facts))

    def read(self) -> HouseholdFacts | None:
        head = self._head()
        if head is None:
            return None
        people = self._people(head)
        categories = self._categories()
        hardship = self._words(F.HARDSHIP, HARDSHIP)
        if not hardship:
            self.notes.append("hardship")
        entry = HouseholdEntry(self._head_name(head), hardship, self._phone(head), self._address())
        grade = self._grade()
        return HouseholdFacts(entry, SupportFacts(categories, grade, self._grid()), people)

    def _head(self) -> RegisterRow | None:
        """The row of the head: who is called so, whose name stands under 户主, or the only row."""
        heads = [row for row in self._group if row.relation is Relation.HEAD]
        if len(heads) > 1:
            self._fault(heads[1], "two-heads", F.RELATION)
            return None
        if heads:
            return heads[0]
        first = self._group[0]
        named = compact(first.text(F.HEAD))
        own = (row for row in self._group if named and compact(row.name()) == named)
        if (row := next(own, None)) is not None:
            return row
        if F.RELATION in first.cells and not named:
            self._fault(first, "no-head", F.RELATION)
            return None
        return first

    def _head_name(self, head: RegisterRow) -> str:
        stated = name_of(head.text(F.HEAD)) if head.text(F.HEAD) else ""
        own = head.name()
        if stated and own and head.relation is Relation.HEAD and stated != own:
            self._fault(head, "other-head", F.HEAD)
        return self._checked_name(head, stated or own)

    def _checked_name(self, row: RegisterRow, name: str) -> str:
        if not is_name(name):
            self._fault(row, "name", F.NAME)
        elif not is_whole(name):
            self._fault(row, "name-not-whole", F.NAME)
        return name

    def _people(self, head: RegisterRow) -> list[ResidentFacts]:
        people: list[ResidentFacts] = []
        names_head = compact(head.text(F.HEAD))
        for row in self._group:
            name = row.name()
            is_head = row.relation is Relation.HEAD or (
                row is head and (not names_head or compact(name) == names_head)
            )
            born = self._born(row, is_head=is_head)
            relation = Relation.HEAD if is_head else self._relation(row)
            if not is_head:
                self._checked_name(row, name)
                if row.text(F.PHONE) and F.PHONE not in row.inherited:
                    self.notes.append("phones")
            if row.text(F.IDENTITY):
                self.notes.append("numbers")
            if born is None or relation is None:
                continue
            if is_child(born, self._rules.year) and not self._rules.writes_children:
                self.notes.append("children")
                continue
            if any((one.name, one.born) == (name, born) for one in people):
                self._fault(row, "person-twice", F.NAME)
            people.append(ResidentFacts(name, born, relation))
        if len(self._group) > MOST_PEOPLE:
            self._fault(self._group[0], "many", F.NAME, most=str(MOST_PEOPLE))
        return people

    def _relation(self, row: RegisterRow) -> Relation | None:
        relation = row.relation
        if relation is None:
            kind = "relation" if row.text(F.RELATION) else "relation-missing"
            self._fault(row, kind, F.RELATION, word=quoted(row.text(F.RELATION)))
        return relation

    def _born(self, row: RegisterRow, *, is_head: bool) -> int | None:
        """The year of birth: as it stands, else of the ID number, else reckoned of the age. The
        head needs none: who they are stands in the entry."""
        year = self._stated_year(row)
        text = row.text(F.BORN)
        if year is None and not text:
            identity = identity_of(row.cells.get(F.IDENTITY, ""))
            year = identity.born_on.year if identity.born_on and not identity.fault else None
            if year is None and (age := _AGE.fullmatch(row.text(F.AGE))):
                self.notes.append("ages")
                year = self._rules.year - int(age[1])
        if year is None and not text and is_head and not row.text(F.AGE):
            self.notes.append("heads")
            return None
        first, last = self._rules.year - OLDEST, self._rules.year
        if year is None:
            self._fault(row, "born", F.BORN)
        elif not first <= year <= last:
            self._fault(row, "born-range", F.BORN, born=str(year), first=str(first), last=str(last))
            return None
        return year

    def _stated_year(self, row: RegisterRow) -> int | None:
        cell = row.cells.get(F.BORN, "")
        text = compact(text_of(cell))
        if match := re.fullmatch(r"(\d{4})(?:\.0|年)?(?:生|出生)?", text):
            return int(match[1])
        if (read := date_of(cell)) is not None:
            return read.on.year
        match = _YEAR.match(text)
        return int(match[0]) if match else None

    def _categories(self) -> list[str]:
        codes: dict[str, None] = {}
        for text, row in self._texts(F.CATEGORY).items():
            known, unknown = categories_of(text, self._rules.categories)
            codes |= dict.fromkeys(known)
            for word in unknown:
                self._fault(row, "category", F.CATEGORY, word=quoted(word))
        return list(codes)

    def _grade(self) -> str:
        texts = self._texts(F.GRADE)
        grades = {text: grade_of(text) for text in texts}
        for text, grade in grades.items():
            if grade is None:
                self._fault(texts[text], "grade", F.GRADE, word=quoted(text))
        known = {grade for grade in grades.values() if grade is not None}
        if len(known) > 1:
            self._fault(self._group[0], "grade-twice", F.GRADE)
        return next(iter(known), "")

    def _grid(self) -> int | None:
        texts = self._texts(F.GRID)
        if len(texts) > 1:
            self._fault(self._group[0], "grid-twice", F.GRID)
        for text, row in texts.items():
            grid = self._rules.grids.get(compact(text))
            if grid is None:
                self._fault(row, "grid", F.GRID, word=quoted(text))
            return grid
        return None

    def _phone(self, head: RegisterRow) -> str:
        """The head's telephone, else the first that stands in the rows of the household."""
        ordered = [head, *(row for row in self._group if row is not head)]
        for row in ordered:
            if not row.text(F.PHONE):
                continue
            number, others = phones_of(row.cells[F.PHONE])
            if number is None:
                self._fault(row, "phone", F.PHONE)
            elif others:
                self._fault(row, "phones", F.PHONE)
            if number and row is not head:
                self.notes.append("phone-of-other")
            return number or ""
        return ""

    def _one(self, field_: HouseholdField, most: int) -> str:
        """What all rows of a household say alike; several different are a fault."""
        texts = self._texts(field_)
        if len(texts) > 1:
            self._fault(self._group[0], f"{field_.value}-twice", field_)
        return self._fitting(field_, next(iter(texts), ""), most)

    def _address(self) -> str:
        """The address of the rows, below the building that stands above them."""
        own, above = self._one(F.ADDRESS, ADDRESS), self._group[0].above
        whole = address_below(above, own)
        building = "".join(part.text for part in above)
        if whole is None:
            self._fault(self._group[0], "address-below", F.ADDRESS, word=quoted(building))
            return own
        if whole != own:
            self.building = building
        return self._fitting(F.ADDRESS, whole, ADDRESS)

    def _words(self, field_: HouseholdField, most: int) -> str:
        """What the rows of a household say, each different text once."""
        return self._fitting(field_, "；".join(self._texts(field_)), most)

    def _fitting(self, field_: HouseholdField, text: str, most: int) -> str:
        if len(text) > most:
            self._fault(self._group[0], "long", field_, most=str(most))
        self._check(self._group[0], field_, lambda: check_free_words(text))
        return text

    def _check(self, row: RegisterRow, field_: HouseholdField, check: Callable[[], None]) -> None:
        try:
            check()
        except Refused as refused:
            self._fault(row, refused.code, field_)

    def _texts(self, field_: HouseholdField) -> dict[str, RegisterRow]:
        """Each different text of a column within the household, with the row where it stands."""
        texts: dict[str, RegisterRow] = {}
        for row in self._group:
            if text := row.text(field_):
                texts.setdefault(text, row)
        return texts
