"""Judging a spreadsheet of services against the members of a community and their records."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext

from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.collector import collector_paused
from baodao.kernel.errors import Refused
from baodao.kernel.scope import within
from baodao.ledger.queries.categories import categories_of
from baodao.ledger.queries.neighbours import day_bounds, neighbours_of
from baodao.ledger.rules.days import YEARS_BEFORE_ASKING, years_before
from baodao.ledger.rules.durations import Uncertainty
from baodao.ledger.rules.records import (
    Entry,
    TableRow,
    Way,
    check_entry,
    check_not_own,
    check_overlap,
    obstacle_of,
    untold,
)
from baodao.orgs.models import Organisation
from baodao.people.models import Person
from baodao.people.queries.periods import belongings_of
from baodao.registration.queries.registrations import accepted_rows
from baodao.spreadsheets.cells import compact
from baodao.spreadsheets.date_orders import DateColumn
from baodao.spreadsheets.leftovers import Leftover
from baodao.spreadsheets.strangers import Strangers
from baodao.timesheets.models import RecordImport
from baodao.timesheets.queries.files import sheets_in
from baodao.timesheets.queries.participants import Participants
from baodao.timesheets.queries.readings import read_sheet
from baodao.timesheets.queries.sheets import WATCHED, ServiceSheet, Watch, unwatched
from baodao.timesheets.rules.headings import WORDS, ServiceField
from baodao.timesheets.rules.questions import PLAIN, QUESTIONS, ImportScope
from baodao.timesheets.rules.rows import check_fit, check_size
from baodao.timesheets.rules.services import RowProblem, ServiceRow, Words
from baodao.timesheets.rules.totals import TotalFault
from baodao.vocabulary.queries import own_words

T = TypeVar("T")
_COLUMN_OF = {
    "record.minutes": ServiceField.TIME,
    "record.day-full": ServiceField.TIME,
    "record.hour": ServiceField.BEGAN,
    "record.overlap": ServiceField.BEGAN,
    "record.own": ServiceField.NAME,
}
"""Where a refusal of the rules belongs; all others are about the day."""
_FIELD_OF = dict.fromkeys(Uncertainty, ServiceField.TIME) | {
    Uncertainty.LONG_AGO: ServiceField.DAY,
    Uncertainty.NO_YEAR: ServiceField.DAY,
    Uncertainty.DAY_ABOVE: ServiceField.DAY,
    Uncertainty.SEVERAL_DAYS: ServiceField.DAY,
    Uncertainty.DAY_ORDER: ServiceField.DAY,
}


@dataclass(frozen=True)
class JudgedService:
    """A service of one person as it would be recorded, and the row that tells it."""

    row: ServiceRow
    person: Person
    entry: Entry


@dataclass
class Judgement:
    """What would be recorded, and everything that keeps other rows out.

    A row of several people is recorded as a whole or not at all. `open` are the services that wait
    for an answer; their questions are among the `problems`. `total_faults` are totals of the table
    that are not the sum of what was read, `dates` how its dates are read whose order is not certain
    by themselves. `rows` counts what tells of a service. Of who is
    `numbered` the community may know no more than the number that stands in the table.
    """

    sheets: Sequence[ServiceSheet]
    hidden: Sequence[Leftover]
    services: list[JudgedService] = field(default_factory=list)
    open: list[JudgedService] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    total_faults: list[TotalFault] = field(default_factory=list)
    dates: list[DateColumn] = field(default_factory=list)
    rows: int = 0
    strangers: Strangers = field(default_factory=Strangers)
    numbered: Mapping[UUID, str] = field(default_factory=dict)

    @property
    def left_out(self) -> int:
        """How many rows, or services of rows with several days, are not recorded."""
        return len({(problem.sheet, problem.row, problem.part) for problem in self.problems})

    @property
    def waiting(self) -> int:
        """How many of those would be recorded once their questions are answered."""
        return len({(one.row.sheet, one.row.row, one.row.part) for one in self.open})

    @property
    def counts_cells(self) -> bool:
        """Whether days stand across in some table, so that a cell is what counts and no row."""
        return any(table.is_day_column for sheet in self.sheets for table in sheet.tables)

    def leftovers(self) -> list[Leftover]:
        """Everything that was not read as a service."""
        return [*self.hidden, *(left for sheet in self.sheets for left in sheet.leftovers())]


def imports(actor: Actor) -> QuerySet[RecordImport]:
    """Spreadsheets of communities for which the actor may import, the latest first; what is large
    in them is fetched where it is used."""
    rows = RecordImport.objects.select_related("community").order_by("-created_at", "-pk")
    rows = rows.defer("file_sealed", "lines", "problems", "leftovers", "acquaintances")
    return within(rows, actor, Permission.RECORD_IMPORT, "community__path")


@collector_paused()
def judge(
    actor: Actor,
    community: Organisation,
    content: bytes,
    scope: ImportScope = PLAIN,
    watch: Watch = unwatched,
    strangers: Strangers | None = None,
) -> Judgement:
    """Read every sheet; refused when none has a header or they are too long. `strangers` are those
    that tables of the community met before.

    Rows that leave something open are problems unless `scope` answers all their questions. `watch`
    is told how many rows more were read, and then held against what is recorded.
    """
    headers = own_words(community, WORDS.name).headers
    judgement = Judgement(*sheets_in(content, scope, headers, watch))
    services = _read(judgement, community, scope)
    check_size(judgement.rows)
    check_fit(judgement.rows, accepted_rows(community).count())
    judgement.strangers = strangers or Strangers()
    people = Participants(actor, community, services, judgement.strangers)
    matches: list[tuple[ServiceRow, list[Person]]] = []
    for row in services:
        persons = people.of(row)
        if isinstance(persons, RowProblem):
            judgement.problems.append(persons)
        else:
            matches.append((row, persons))
    judgement.numbered = {
        person.pk: person.number
        for row, persons in matches
        for person in persons
        if not people.is_seen(person, row.served_on)
    }
    _check(actor, community, matches, judgement, scope.accepted, watch)
    order = {sheet.title: number for number, sheet in enumerate(judgement.sheets)}
    judgement.problems.sort(key=lambda problem: (order[problem.sheet], problem.row))
    return judgement


def _read(judgement: Judgement, community: Organisation, scope: ImportScope) -> list[ServiceRow]:
    """The rows that can be read; what is wrong with the others is put into `judgement`."""
    ways = {way.value: way.words for way in Way}
    words = Words(_codes(categories_of(community)), _codes(ways))
    services: list[ServiceRow] = []
    for sheet in judgement.sheets:
        reading = read_sheet(sheet, words, scope, clock.today())
        services += reading.services
        judgement.problems += reading.problems
        judgement.total_faults += reading.total_faults
        judgement.dates += reading.dates
        judgement.rows += reading.count
    return services


def _codes(words: Mapping[str, str]) -> dict[str, str]:
    """Codes by what they are called in each language; the code itself is understood too."""
    codes = {compact(code): code for code in words}
    for language, _name in reversed(settings.LANGUAGES):
        with translation.override(language):
            codes = {compact(gettext(word)): code for code, word in words.items()} | codes
    return codes


def _check(
    actor: Actor,
    community: Organisation,
    matches: Sequence[tuple[ServiceRow, list[Person]]],
    judgement: Judgement,
    accepted: frozenset[Uncertainty],
    watch: Watch,
) -> None:
    """Hold every row against what is recorded and the rows before it."""
    everybody = {person.pk for _, persons in matches for person in persons}
    near = neighbours_of(everybody, [row.served_on for row, _ in matches])
    categories, bounds = categories_of(community), day_bounds(community)
    belongings = belongings_of(everybody)
    for row, persons in _watched(matches, watch):
        questions = _questions(row)
        services = [JudgedService(row, one, _entry(row, one, questions)) for one in persons]
        try:
            for service in services:
                person, entry = service.person, service.entry
                check_not_own(actor.person_id, person.pk)
                check_entry(entry, categories, clock.today())
                bounds.check(entry.served_on, belongings[person.pk], long_ago=True)
                check_overlap(entry, near[person.pk].around(row.served_on))
        except Refused as refusal:
            unseen = any(one.pk in judgement.numbered for one in persons)
            no = untold(refusal, row.served_on, community.name) if unseen else refusal
            column = _COLUMN_OF.get(no.code, ServiceField.DAY)
            judgement.problems.append(row.problem(column, no.code, no.message, plain_facts(no)))
            continue
        if questions.keys() - accepted:
            judgement.open += services
            judgement.problems += _open_questions(row, questions, accepted)
            continue
        place = TableRow(row.sheet, row.row)
        for service in services:
            near[service.person.pk].add(obstacle_of(service.entry, community.name, place))
        judgement.services += services


def _watched(matches: Sequence[T], watch: Watch) -> Iterator[T]:
    for count, match in enumerate(matches, start=1):
        yield match
        if count % WATCHED == 0:
            watch(WATCHED)


Questions = Mapping[Uncertainty, Mapping[str, object]]


def _questions(row: ServiceRow) -> Questions:
    """What the row leaves open, and whether its day lies so far back that it is asked about."""
    is_recent = row.served_on >= years_before(clock.today(), YEARS_BEFORE_ASKING)
    if is_recent or Uncertainty.DAY_ORDER in row.questions:
        return row.questions
    return {**row.questions, Uncertainty.LONG_AGO: {"on": row.served_on.isoformat()}}


def _open_questions(
    row: ServiceRow, questions: Questions, accepted: frozenset[Uncertainty]
) -> list[RowProblem]:
    return [
        row.problem(_FIELD_OF[question], question.value, QUESTIONS[question], facts)
        for question, facts in questions.items()
        if question not in accepted
    ]


def plain_facts(no: Refused) -> dict[str, object]:
    """The facts of a refusal as they can be kept in the import's report."""
    return {key: value if isinstance(value, int) else str(value) for key, value in no.facts.items()}


def _entry(row: ServiceRow, person: Person, questions: Questions) -> Entry:
    return Entry(
        person_id=person.pk,
        served_on=row.served_on,
        minutes=row.minutes,
        category=row.category,
        way=row.way,
        began_at=row.began_at,
        place=row.place,
        result=row.result,
        long_ago=Uncertainty.LONG_AGO in questions,
    )
