"""Judging a spreadsheet of services against the members of a community and their records."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext

from baodao.documents.reading import reading
from baodao.documents.reading.refusals import unreadable
from baodao.kernel import clock, crypto
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Refused
from baodao.kernel.scope import within
from baodao.ledger.models import RecordImport
from baodao.ledger.queries.nearby import categories_of, nearby
from baodao.ledger.rules import WAYS, Entry, Held, check_entry, check_overlap, subject_of
from baodao.ledger.rules.importing import (
    HEADER_ROWS,
    PROBLEMS,
    TITLES,
    Columns,
    Field,
    Problem,
    Row,
    Told,
    Words,
    check_size,
    header_in,
    read_row,
)
from baodao.orgs.models import Organisation
from baodao.people.models import Person
from baodao.people.queries.members import current
from baodao.people.rules.cells import compact
from baodao.registration.queries.desks import hosted

LANGUAGES = ("zh-hans", "en")
_COLUMN_OF = {
    "record.minutes": Field.TIME,
    "record.day-full": Field.TIME,
    "record.hour": Field.BEGAN,
    "record.overlap": Field.BEGAN,
}
"""Where a refusal of the rules belongs; all others are about the day."""


@dataclass
class Judged:
    """The rows that can be recorded, and everything that keeps the others out."""

    entries: list[tuple[int, Entry]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    rows: int = 0


def imports(actor: Actor) -> QuerySet[RecordImport]:
    """Spreadsheets of communities for which the actor may import, the latest first."""
    rows = RecordImport.objects.select_related("community").order_by("-created_at", "-pk")
    return within(rows, actor, Permission.RECORD_IMPORT, "community__path")


def judge(actor: Actor, community: Organisation, content: bytes) -> Judged:
    """Read the first sheet with a header; refused when there is none or they are too long."""
    judged = Judged()
    told: list[Told] = []
    words = Words(
        _called(categories_of(community)), _called({str(way): word for way, word in WAYS.items()})
    )
    table = table_in(content)
    for row in table.below:
        said = read_row(row, table.columns, words)
        if isinstance(said, Told):
            told.append(said)
        judged.problems += said if isinstance(said, list) else []
        judged.rows += said is not None
    check_size(judged.rows)
    _match(actor, community, told, judged)
    judged.problems.sort(key=lambda problem: problem.row)
    return judged


@dataclass(frozen=True)
class Table:
    """The sheet that was read: all its rows, and where its facts stand."""

    title: str
    first_column: int
    columns: Columns
    rows: list[Row]

    @property
    def below(self) -> list[Row]:
        """What stands below the header."""
        return [row for row in self.rows if row[0] > self.columns.row]


def table_in(content: bytes) -> Table:
    """The first sheet that has a header; refused when there is none or it is too long."""
    with reading(content) as sheets:
        for sheet in sheets:
            rows: list[Row] = []
            for row in sheet.rows:
                rows.append(row)
                check_size(len(rows) - HEADER_ROWS)
            columns = header_in(rows[:HEADER_ROWS])
            if columns is not None:
                return Table(sheet.title, sheet.first_column, columns, rows)
    raise unreadable("no-header")


def _called(words: Mapping[str, str]) -> dict[str, str]:
    """Codes by what they are called in each language; the code itself is understood too."""
    called = {compact(code): code for code in words}
    for language in reversed(LANGUAGES):
        with translation.override(language):
            called = {compact(gettext(word)): code for code, word in words.items()} | called
    return called


def _match(actor: Actor, community: Organisation, told: Sequence[Told], judged: Judged) -> None:
    """Find the person of each row, and hold it against what is recorded and the rows before."""
    known = _People(actor, community, told)
    found: list[tuple[Told, Person]] = []
    for row in told:
        person = known.of(row)
        if isinstance(person, Problem):
            judged.problems.append(person)
        else:
            found.append((row, person))
    near = nearby({person.pk for _, person in found}, [row.served_on for row, _ in found])
    categories = categories_of(community)
    for row, person in found:
        entry = _entry(row, person.pk)
        try:
            check_entry(entry, categories, clock.today())
            check_overlap(entry, near[person.pk].standing)
        except Refused as no:
            column = TITLES[_COLUMN_OF.get(no.code, Field.DAY)]
            judged.problems.append(Problem(row.row, column, no.code, no.message, _plain(no)))
            continue
        near[person.pk].standing.append(_held(entry, community))
        judged.entries.append((row.row, entry))


def _plain(no: Refused) -> dict[str, object]:
    """The facts as they can be kept in the import's report."""
    return {key: value if isinstance(value, int) else str(value) for key, value in no.facts.items()}


def _entry(row: Told, person_id: UUID) -> Entry:
    return Entry(
        person_id=person_id,
        served_on=row.served_on,
        minutes=row.minutes,
        category=row.category,
        way=row.way,
        began_at=row.began_at,
        place=row.place,
        result=row.result,
    )


def _held(entry: Entry, community: Organisation) -> Held:
    return Held(
        entry.served_on,
        entry.minutes,
        entry.began_at,
        entry.ended_at,
        community.name,
        subject_of(entry),
    )


class _People:
    """Members registered here by name, and any member by volunteer number and name."""

    def __init__(self, actor: Actor, community: Organisation, told: Sequence[Told]) -> None:
        names = {row.name for row in told}
        rows = hosted(actor, community).filter(person__name__in=names)
        self._by_name: defaultdict[str, list[Person]] = defaultdict(list)
        for row in rows:
            self._by_name[row.person.name].append(row.person)
        numbers = {row.number for row in told if row.number}
        members = current().filter(person__number__in=numbers)
        self._by_number = {row.person.number: row.person for row in members}

    def of(self, row: Told) -> Person | Problem:
        if row.number:
            person = self._by_number.get(row.number)
            if person is None or person.name != row.name:
                return _problem(row, Field.NUMBER, "number")
            return person
        able = self._by_name[row.name]
        if row.tail:
            able = [person for person in able if _ends(person, row.tail)]
        if len(able) == 1:
            return able[0]
        return _problem(row, Field.NAME, "namesakes" if able else "unknown")


def _ends(person: Person, tail: str) -> bool:
    blind = crypto.ring().blind
    if bytes(person.id_tail_blind) == blind(tail, "id-tail"):
        return True
    phone = person.phone_tail_blind
    return phone is not None and bytes(phone) == blind(tail, "phone-tail")


def _problem(row: Told, place: Field, kind: str) -> Problem:
    return Problem(row.row, TITLES[place], kind, PROBLEMS[kind])
