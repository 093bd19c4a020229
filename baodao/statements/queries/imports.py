"""Judging a spreadsheet of services against the members of a community and their records."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext

from baodao.documents.spreadsheets.cells import compact
from baodao.documents.spreadsheets.refusals import unreadable
from baodao.documents.spreadsheets.workbooks import source_sheets
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Refused
from baodao.kernel.scope import within
from baodao.ledger.queries.categories import categories_of
from baodao.ledger.queries.neighbours import day_bounds, neighbours_of
from baodao.ledger.rules.records import Entry, Way, check_entry, check_overlap, obstacle_of
from baodao.orgs.models import Organisation
from baodao.people.models import Person
from baodao.people.queries.members import current
from baodao.people.rules.periods import able_from
from baodao.registration.queries.desks import hosted
from baodao.statements.models import RecordImport
from baodao.statements.rules.imports import (
    HEADER_ROWS,
    PROBLEMS,
    TITLES,
    Columns,
    Row,
    RowProblem,
    ServiceField,
    ServiceRow,
    Words,
    check_size,
    header_in,
    read_row,
)

LANGUAGES = ("zh-hans", "en")
_COLUMN_OF = {
    "record.minutes": ServiceField.TIME,
    "record.day-full": ServiceField.TIME,
    "record.hour": ServiceField.BEGAN,
    "record.overlap": ServiceField.BEGAN,
}
"""Where a refusal of the rules belongs; all others are about the day."""


@dataclass
class Judgement:
    """The rows that can be recorded, and everything that keeps the others out."""

    entries: list[tuple[int, Entry]] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    rows: int = 0


@dataclass(frozen=True)
class ServiceTable:
    """The sheet that was read: all its rows, and where its facts stand."""

    title: str
    first_column: int
    columns: Columns
    rows: list[Row]

    @property
    def below(self) -> list[Row]:
        """What stands below the header."""
        return [row for row in self.rows if row[0] > self.columns.row]


def imports(actor: Actor) -> QuerySet[RecordImport]:
    """Spreadsheets of communities for which the actor may import, the latest first."""
    rows = RecordImport.objects.select_related("community").order_by("-created_at", "-pk")
    return within(rows, actor, Permission.RECORD_IMPORT, "community__path")


def judge(
    actor: Actor, community: Organisation, content: bytes, *, long_ago: bool = False
) -> Judgement:
    """Read the first sheet with a header; refused when there is none or they are too long.

    Services of more than a year ago are problems unless `long_ago` says that they are meant.
    """
    judgement = Judgement()
    services: list[ServiceRow] = []
    ways = {way.value: way.words for way in Way}
    words = Words(_codes(categories_of(community)), _codes(ways))
    table = table_in(content)
    for row in table.below:
        answer = read_row(row, table.columns, words)
        if isinstance(answer, ServiceRow):
            services.append(answer)
        judgement.problems += answer if isinstance(answer, list) else []
        judgement.rows += answer is not None
    check_size(judgement.rows)
    _match(actor, community, services, judgement, long_ago=long_ago)
    judgement.problems.sort(key=lambda problem: problem.row)
    return judgement


def table_in(content: bytes) -> ServiceTable:
    """The first sheet that has a header; refused when there is none or it is too long."""
    with source_sheets(content) as sheets:
        for sheet in sheets:
            rows: list[Row] = []
            for row in sheet.rows:
                rows.append(row)
                check_size(len(rows) - HEADER_ROWS)
            columns = header_in(rows[:HEADER_ROWS])
            if columns is not None:
                return ServiceTable(sheet.title, sheet.first_column, columns, rows)
    raise unreadable("no-header")


def _codes(words: Mapping[str, str]) -> dict[str, str]:
    """Codes by what they are called in each language; the code itself is understood too."""
    codes = {compact(code): code for code in words}
    for language in reversed(LANGUAGES):
        with translation.override(language):
            codes = {compact(gettext(word)): code for code, word in words.items()} | codes
    return codes


def _match(
    actor: Actor,
    community: Organisation,
    services: Sequence[ServiceRow],
    judgement: Judgement,
    *,
    long_ago: bool,
) -> None:
    """Find the person of each row, and hold it against what is recorded and the rows before."""
    people = _People(actor, community, services)
    matches: list[tuple[ServiceRow, Person]] = []
    for row in services:
        person = people.of(row)
        if isinstance(person, RowProblem):
            judgement.problems.append(person)
        else:
            matches.append((row, person))
    persons, days = {person.pk for _, person in matches}, [row.served_on for row, _ in matches]
    near, categories = neighbours_of(persons, days), categories_of(community)
    bounds = day_bounds(community)
    for row, person in matches:
        entry = replace(_entry(row, person), long_ago=long_ago)
        try:
            check_entry(entry, categories, clock.today())
            first = able_from(person.born_on, person.joined_on)
            bounds.check(entry.served_on, first, long_ago=long_ago)
            check_overlap(entry, near[person.pk].standing)
        except Refused as no:
            column = TITLES[_COLUMN_OF.get(no.code, ServiceField.DAY)]
            problem = RowProblem(row.row, column, no.code, no.message, plain_facts(no))
            judgement.problems.append(problem)
            continue
        near[person.pk].standing.append(obstacle_of(entry, community.name))
        judgement.entries.append((row.row, entry))


def plain_facts(no: Refused) -> dict[str, object]:
    """The facts of a refusal as they can be kept in the import's report."""
    return {key: value if isinstance(value, int) else str(value) for key, value in no.facts.items()}


def _entry(row: ServiceRow, person: Person) -> Entry:
    return Entry(
        person_id=person.pk,
        served_on=row.served_on,
        minutes=row.minutes,
        category=row.category,
        way=row.way,
        began_at=row.began_at,
        place=row.place,
        result=row.result,
    )


class _People:
    """Members registered here by name, and any member by volunteer number and name."""

    def __init__(
        self, actor: Actor, community: Organisation, services: Sequence[ServiceRow]
    ) -> None:
        names = {row.name for row in services}
        self._by_name: defaultdict[str, list[Person]] = defaultdict(list)
        for registration in hosted(actor, community).filter(person__name__in=names):
            self._by_name[registration.person.name].append(registration.person)
        numbers = {row.number for row in services if row.number}
        members = current().filter(person__number__in=numbers)
        self._by_number = {row.person.number: row.person for row in members}

    def of(self, row: ServiceRow) -> Person | RowProblem:
        if row.number:
            person = self._by_number.get(row.number)
            if person is None or person.name != row.name:
                return _problem(row, ServiceField.NUMBER, "number")
            return person
        able = self._by_name[row.name]
        if row.tail:
            able = [person for person in able if _ends(person, row.tail)]
        if len(able) == 1:
            return able[0]
        return _problem(row, ServiceField.NAME, "namesakes" if able else "unknown")


def _ends(person: Person, tail: str) -> bool:
    return Person.id_number.has_tail(person, tail) or Person.phone.has_tail(person, tail)


def _problem(row: ServiceRow, place: ServiceField, kind: str) -> RowProblem:
    return RowProblem(row.row, TITLES[place], kind, PROBLEMS[kind])
