"""Rosters in scope, and what a roster file would change in its unit."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from baodao.documents.spreadsheets.refusals import unreadable
from baodao.documents.spreadsheets.workbooks import source_sheets
from baodao.kernel import clock, crypto
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.masks import masked_name
from baodao.kernel.scope import within
from baodao.orgs import queries as orgs
from baodao.orgs.models import Organisation
from baodao.orgs.rules import Kind
from baodao.people.facts import NOTES, ROSTER
from baodao.people.models import ColumnMemory, Membership, Person, RosterImport
from baodao.people.rules.branches import Branches
from baodao.people.rules.differences import CurrentMember, RosterDifferences, compare, missing
from baodao.people.rules.headers import RosterFact
from baodao.people.rules.judgement import Setup, judge
from baodao.people.rules.problems import MESSAGES, RosterProblem
from baodao.people.rules.roster import RosterJudgement, RosterRow

MEMBER_COLUMNS = (
    *("person__id_blind", "branch_id", "person_id", "id", "standing", "grade", "lives_in_city"),
    *("person__name", "person__phone_blind", "person__joined_on"),
    *(f"person__{note}" for note in NOTES),
)
FIRST_NOTE = MEMBER_COLUMNS.index(f"person__{NOTES[0]}")
KNOWN_PERSONS = """
    SELECT person.id_blind, person.id, person.name, coalesce(unit.name, branch.name)
    FROM people_person person
    LEFT JOIN people_membership membership
        ON membership.person_id = person.id AND membership.closed_at IS NULL
    LEFT JOIN orgs_organisation branch ON branch.id = membership.branch_id
    LEFT JOIN orgs_organisation unit ON unit.id = branch.parent_id AND branch.kind = 'branch'
    WHERE person.id_blind = ANY(%s)
"""
BATCH = 10_000


@dataclass
class Examination:
    """A roster file beside what its unit holds.

    `index` holds the blind indexes of the ID numbers and telephones in `judgement.rows`. `known`
    are persons without a current membership anywhere, by blind index: they come back instead of
    being made anew.
    """

    unit: Organisation
    branches: dict[str, int]
    judgement: RosterJudgement
    index: dict[str, bytes]
    known: dict[bytes, UUID]
    differences: RosterDifferences


def rosters(actor: Actor) -> QuerySet[RosterImport]:
    """Rosters of units for which the actor may import one, the newest first."""
    scoped = within(RosterImport.objects.all(), actor, Permission.ROSTER_IMPORT, "unit__path")
    return scoped.select_related("unit").order_by("-created_at")


def branches_of(unit: Organisation) -> dict[str, int]:
    """The open branches of a unit by name."""
    open_branches = orgs.below(unit, Kind.BRANCH).filter(closed_at=None)
    return dict(open_branches.order_by("sort", "code").values_list("name", "pk"))


def remembered_columns(unit: Organisation) -> dict[str, str]:
    """What this unit's clerks said about header words: header key → field, "" for none."""
    return dict(ColumnMemory.objects.filter(unit=unit).values_list("header", "field"))


def members_of(unit: Organisation, branches: dict[str, int]) -> dict[bytes, CurrentMember]:
    """The current members of a unit by the blind index of their ID number."""
    names = {branch: name for name, branch in branches.items()}
    rows = Membership.objects.filter(branch__path__startswith=unit.path, closed_at=None)
    members: dict[bytes, CurrentMember] = {}
    for row in rows.values_list(*MEMBER_COLUMNS).iterator(BATCH):
        blind, branch, person, membership, *facts = row[:FIRST_NOTE]
        name = names.get(branch, "")
        values = (person, membership, name, *facts, row[FIRST_NOTE:])
        members[bytes(blind)] = CurrentMember._make(values)
    return members


def examine(
    unit: Organisation,
    content: bytes,
    *,
    include_hidden: bool = False,
    watch: Callable[[int], None] | None = None,
) -> Examination:
    """Read, judge and compare a file; raises `Refused` when it cannot be read.

    Nothing is written. `watch` is told the number of people read and may raise to stop.
    """
    branches = branches_of(unit)
    setup = Setup(
        facts=ROSTER,
        branches=Branches(branches, unit.name),
        today=clock.today(),
        choices=remembered_columns(unit),
        include_hidden=include_hidden,
        watch=watch,
    )
    with source_sheets(content, include_hidden=include_hidden) as sheets:
        members = members_of(unit, branches)
        judgement = judge(sheets, setup)
    if not judgement.people:
        headless = any(skipped.reason == "no-header" for skipped in judgement.skipped)
        raise unreadable("no-header" if headless and not judgement.columns else "empty")
    blind, of_id, of_phone = crypto.ring().blind, Person.id_number.purpose, Person.phone.purpose
    index = {row.id_number: blind(row.id_number, of_id) for row in judgement.rows}
    known = _set_aside_members_elsewhere(judgement, index, members)
    index |= {row.phone: blind(row.phone, of_phone) for row in judgement.rows if row.phone}
    differences = compare(judgement.rows, index, members, NOTES)
    if members and differences.unchanged + len(differences.changed) < len(members):
        seen = (index.get(number) or blind(number, of_id) for number in judgement.seen)
        differences.gone = missing(members, seen, judgement.unclear)
    return Examination(unit, branches, judgement, index, known, differences)


def _set_aside_members_elsewhere(
    judgement: RosterJudgement, index: dict[str, bytes], members: dict[bytes, CurrentMember]
) -> dict[bytes, UUID]:
    """Move rows of other units' members to the problems; return persons who are nobody's."""
    unknown = [blind for blind in index.values() if blind not in members]
    known: dict[bytes, UUID] = {}
    elsewhere: dict[bytes, tuple[str, str]] = {}
    for blind, person, name, unit in _known_persons(unknown):
        if unit is None:
            known[bytes(blind)] = person
        else:
            elsewhere[bytes(blind)] = (name, unit)
    if elsewhere:
        theirs = [row for row in judgement.rows if index[row.id_number] in elsewhere]
        judgement.problems += [
            _member_elsewhere(judgement, row, *elsewhere[index[row.id_number]]) for row in theirs
        ]
        judgement.rows = [row for row in judgement.rows if index[row.id_number] not in elsewhere]
    return known


def _known_persons(
    blinds: Sequence[bytes],
) -> Iterable[tuple[bytes, UUID, str, str | None]]:
    with connection.cursor() as cursor:
        for start in range(0, len(blinds), BATCH):
            cursor.execute(KNOWN_PERSONS, [list(blinds[start : start + BATCH])])
            yield from cursor.fetchall()


def _member_elsewhere(
    judgement: RosterJudgement, row: RosterRow, name: str, unit: str
) -> RosterProblem:
    kind = "duplicate-held"
    column = judgement.columns[RosterFact.ID_NUMBER]
    facts = {"name": masked_name(name), "unit": unit}
    return RosterProblem(row.sheet, row.row, column, kind, MESSAGES[kind], facts)
