"""Rosters in scope, and what a roster file would change in its unit."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from baodao.kernel import clock, crypto
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.collector import collector_paused
from baodao.kernel.scope import within
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import below
from baodao.orgs.rules.tree import Kind
from baodao.people.models import Person
from baodao.people.queries.members import memberships_of
from baodao.rosters.facts import NOTES, ROSTER, WORDS
from baodao.rosters.models import RosterImport
from baodao.rosters.rules.differences import (
    CurrentMember,
    MemberExit,
    RosterDifferences,
    compare,
    missing,
)
from baodao.rosters.rules.problems import MESSAGES
from baodao.rostersheets.rules.branches import Branches
from baodao.rostersheets.rules.headers import RosterFact
from baodao.rostersheets.rules.judgement import judge
from baodao.rostersheets.rules.problems import RosterProblem
from baodao.rostersheets.rules.roster import PLAIN, RosterJudgement, RosterRow, RosterScope, Setup
from baodao.spreadsheets.leftovers import LeftoverKind
from baodao.spreadsheets.refusals import unreadable
from baodao.spreadsheets.workbooks import source_sheets
from baodao.vocabulary.queries import own_words

MEMBER_COLUMNS = (
    *("person__id_blind", "branch_id", "person_id", "id", "standing", "grade", "lives_in_city"),
    *("person__name", "person__phone_blind", "person__joined_on", "person__born_on"),
    *(f"person__{note}" for note in NOTES),
)
FIRST_NOTE = MEMBER_COLUMNS.index(f"person__{NOTES[0]}")
KNOWN_PERSONS = """
    SELECT person.id_blind, person.id, person.name, membership.id,
        coalesce(unit.closed_at, branch.closed_at) IS NULL, person.merged_into_id IS NOT NULL
    FROM people_person person
    LEFT JOIN people_membership membership
        ON membership.person_id = person.id AND membership.closed_at IS NULL
    LEFT JOIN orgs_organisation branch ON branch.id = membership.branch_id
    LEFT JOIN orgs_organisation unit ON unit.id = branch.parent_id AND branch.kind = 'branch'
    WHERE person.id_blind = ANY(ARRAY(
        SELECT decode(entry, 'hex') FROM unnest(string_to_array(%s, ' ')) entry
    ))
"""
HANDFUL = 5
"""Rows of a file about people of other units; at the last of them the reading stops, so that a file
of guessed numbers tells no more than a few."""

BATCH = 10_000


@dataclass
class Examination:
    """A roster file beside what its unit holds.

    `index` holds the blind indexes of the ID numbers and telephones in `judgement.rows`. `known`
    are persons without a membership in an open unit, by blind index: they come back instead of
    being made anew; `over` are the memberships they still have in units that were closed.
    `elsewhere` counts the rows about members of other units.
    """

    unit: Organisation
    branches: dict[str, int]
    judgement: RosterJudgement
    index: dict[str, bytes]
    known: dict[bytes, UUID]
    over: dict[bytes, UUID]
    elsewhere: int
    differences: RosterDifferences


def rosters(actor: Actor) -> QuerySet[RosterImport]:
    """Rosters of units for which the actor may import one, the newest first."""
    scoped = within(RosterImport.objects.all(), actor, Permission.ROSTER_IMPORT, "unit__path")
    return scoped.select_related("unit").order_by("-created_at")


def branches_of(unit: Organisation) -> dict[str, int]:
    """The open branches of a unit by name."""
    open_branches = below(unit, Kind.BRANCH).filter(closed_at=None)
    return dict(open_branches.order_by("sort", "code").values_list("name", "pk"))


def members_of(unit: Organisation, branches: dict[str, int]) -> dict[bytes, CurrentMember]:
    """The current members of a unit by the blind index of their ID number; equal notes are kept
    once."""
    names = {branch: name for name, branch in branches.items()}
    rows = memberships_of(unit)
    members: dict[bytes, CurrentMember] = {}
    texts: dict[str, str] = {}
    for row in rows.values_list(*MEMBER_COLUMNS).iterator(BATCH):
        blind, branch, person, membership, *facts = row[:FIRST_NOTE]
        name = names.get(branch, "")
        notes = tuple([texts.setdefault(text, text) for text in row[FIRST_NOTE:]])
        values = (person, membership, name, *facts, notes)
        members[bytes(blind)] = CurrentMember._make(values)
    return members


@collector_paused()
def examine(
    unit: Organisation,
    content: bytes,
    *,
    scope: RosterScope = PLAIN,
    watch: Callable[[int], None] | None = None,
) -> Examination:
    """Read, judge and compare a file; raises `Refused` when it cannot be read.

    Nothing is written. `watch` is told the number of people read and may raise to stop.
    """
    branches, words = branches_of(unit), own_words(unit, WORDS.name)
    setup = Setup(
        facts=ROSTER,
        branches=Branches(branches, unit.name),
        today=clock.today(),
        choices={**words.headers, **scope.headers},
        scope=scope,
        statuses={**words.statuses, **scope.statuses},
        watch=watch,
    )
    with source_sheets(content, include_hidden=scope.include_hidden) as sheets:
        judgement = judge(sheets, setup)
    members = members_of(unit, branches)
    if not judgement.people:
        headless = LeftoverKind.SHEET_HEADLESS in {one.kind for one in judgement.leftovers}
        raise unreadable("no-header" if headless and not judgement.columns else "empty")
    blind, of_id, of_phone = crypto.ring().blind, Person.id_number.purpose, Person.phone.purpose
    _take_members_by_document(judgement, members)
    index = {row.id_number: blind(row.id_number, of_id) for row in judgement.rows}
    known = _Known(blind_index for blind_index in index.values() if blind_index not in members)
    elsewhere = _set_aside_members_elsewhere(judgement, index, known)
    index |= {row.phone: blind(row.phone, of_phone) for row in judgement.rows if row.phone}
    _ask_about_same(judgement, index, members, known)
    differences = compare(judgement.rows, index, members, NOTES)
    differences.exits = [
        MemberExit(row, members[number])
        for row in judgement.exits
        if row.id_number and (number := blind(row.id_number, of_id)) in members
    ]
    if members and differences.unchanged + len(differences.changed) < len(members):
        seen = (index.get(number) or blind(number, of_id) for number in judgement.seen)
        differences.gone = missing(members, seen, judgement.unclear)
    return Examination(
        unit, branches, judgement, index, known.free, known.over, elsewhere, differences
    )


def _take_members_by_document(
    judgement: RosterJudgement, members: dict[bytes, CurrentMember]
) -> None:
    """Nothing is wrong with who has another document and was entered with it before."""
    blind, purpose = crypto.ring().blind, Person.id_number.purpose
    rows = [row for row in judgement.documents if blind(row.id_number, purpose) in members]
    places = {(row.sheet, row.row) for row in rows}
    if rows:
        judgement.rows += rows
        judgement.problems = [
            problem
            for problem in judgement.problems
            if problem.kind != "id-document" or (problem.sheet, problem.row) not in places
        ]


class _Known:
    """Persons who are known under numbers that are new to the unit, by blind index.

    `free` are nobody's, or of a unit that was closed, in which `over` is their membership;
    `others` are members of other open units; `names` is what all these are called; `merged` were
    entered twice and are somebody else by now.
    """

    def __init__(self, blinds: Iterable[bytes]) -> None:
        self.free: dict[bytes, UUID] = {}
        self.over: dict[bytes, UUID] = {}
        self.others: set[bytes] = set()
        self.names: dict[bytes, str] = {}
        self.merged: set[bytes] = set()
        for blind, person, name, membership, is_open, merged in _known_persons(list(blinds)):
            if merged:
                self.merged.add(bytes(blind))
                continue
            self.names[bytes(blind)] = name
            if membership is not None and is_open:
                self.others.add(bytes(blind))
                continue
            self.free[bytes(blind)] = person
            if membership is not None:
                self.over[bytes(blind)] = membership

    def stops(self, blind: bytes, name: str) -> bool:
        """Whether a row of that name and number is taken over by no roster: it is of a member of
        another unit, or of somebody of another name, whoever has them now."""
        return blind in self.others or self.names.get(blind, name) != name


def _set_aside_members_elsewhere(
    judgement: RosterJudgement, index: dict[str, bytes], known: _Known
) -> int:
    """Move rows of other units' members, and of numbers that somebody of another name has, to the
    problems, a handful of them; what follows in the file is not read then. Returns how many there
    were."""
    places = [
        place
        for place, row in enumerate(judgement.rows)
        if known.stops(index[row.id_number], row.name)
    ][:HANDFUL]
    for place in places:
        row = judgement.rows[place]
        agrees = row.name == known.names[index[row.id_number]]
        kind = "duplicate-held" if agrees else "identity-mismatch"
        judgement.problems.append(_problem(judgement, row, kind))
    if len(places) == HANDFUL:
        last = judgement.rows[places[-1]]
        judgement.problems.append(_problem(judgement, last, "reading-stopped"))
        del judgement.rows[places[-1] :]
    aside = set(places)
    judgement.rows = [row for place, row in enumerate(judgement.rows) if place not in aside]
    return len(places)


def _ask_about_same(
    judgement: RosterJudgement,
    index: dict[str, bytes],
    members: dict[bytes, CurrentMember],
    known: _Known,
) -> None:
    """Move rows to the problems that tell of a member under another ID number, most likely."""
    strangers = [
        row
        for row in judgement.rows
        if (number := index[row.id_number]) not in members and number not in known.free
    ]
    if not strangers:
        return
    people = {(one.name, one.born_on, one.phone_blind) for one in members.values()}

    def is_same(row: RosterRow) -> bool:
        if index[row.id_number] in known.merged:
            return True
        return bool(row.phone) and (row.name, row.born_on, index[row.phone]) in people

    same = {row.id_number: row for row in strangers if is_same(row)}
    if same:
        judgement.problems += [_problem(judgement, row, "same-person") for row in same.values()]
        judgement.rows = [row for row in judgement.rows if row.id_number not in same]


def _known_persons(
    blinds: Sequence[bytes],
) -> Iterable[tuple[bytes, UUID, str, UUID | None, bool, bool]]:
    with connection.cursor() as cursor:
        for start in range(0, len(blinds), BATCH):
            cursor.execute(KNOWN_PERSONS, [" ".join(map(bytes.hex, blinds[start : start + BATCH]))])
            yield from cursor.fetchall()


def _problem(judgement: RosterJudgement, row: RosterRow, kind: str) -> RosterProblem:
    column = judgement.columns[RosterFact.ID_NUMBER]
    return RosterProblem(row.sheet, row.row, column, kind, MESSAGES[kind], {"count": HANDFUL})
