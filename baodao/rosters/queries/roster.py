"""Rosters in scope, and what a roster file would change in its unit."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet

from baodao.kernel import clock, crypto
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.collector import collector_paused
from baodao.kernel.scope import within
from baodao.kernel.sealed import TAIL
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import below, city_path, heir_names, organisations_anywhere
from baodao.orgs.rules.tree import Kind
from baodao.people.models import Person
from baodao.rosters.facts import NOTES, ROSTER, WORDS
from baodao.rosters.models import RosterImport
from baodao.rosters.queries.digests import HeldMembers
from baodao.rosters.queries.numbers import KnownNumbers, NamedNumber
from baodao.rosters.rules.differences import (
    MemberExit,
    RosterDifferences,
    compare,
    missing,
)
from baodao.rosters.rules.problems import MESSAGES
from baodao.rostersheets.rules.branches import Branches
from baodao.rostersheets.rules.headers import RosterFact
from baodao.rostersheets.rules.homes import HomePlace, Homes
from baodao.rostersheets.rules.judgement import judge
from baodao.rostersheets.rules.problems import RosterProblem
from baodao.rostersheets.rules.roster import PLAIN, RosterJudgement, RosterRow, RosterScope, Setup
from baodao.spreadsheets.leftovers import LeftoverKind
from baodao.spreadsheets.refusals import unreadable
from baodao.spreadsheets.strangers import HANDFUL, Strangers
from baodao.spreadsheets.workbooks import source_sheets
from baodao.vocabulary.queries import own_words

ABOVE = ("parent__name", "parent__parent__name", "parent__parent__parent__name")
"""What a community stands below, the nearest first."""


@dataclass
class Examination:
    """A roster file beside what its unit holds.

    `index` holds the blind indexes of the ID numbers and telephones in `judgement.rows`. `known`
    are persons who are no members here: those without a membership in an open unit come back
    instead of being made anew. `strangers` are members of other units.
    """

    unit: Organisation
    branches: dict[str, int]
    judgement: RosterJudgement
    index: dict[str, bytes]
    known: KnownNumbers
    strangers: Strangers
    differences: RosterDifferences

    def key_of(self, row: RosterRow) -> NamedNumber:
        """By which number and name whoever a row is about is known."""
        return self.index[row.id_number], row.name


def rosters(actor: Actor) -> QuerySet[RosterImport]:
    """Rosters of units for which the actor may import one, the newest first; what is large in them
    is fetched where it is used."""
    scoped = within(RosterImport.objects.all(), actor, Permission.ROSTER_IMPORT, "unit__path")
    rows = scoped.select_related("unit").order_by("-created_at")
    return rows.defer("file_sealed", "effects_sealed")


def branches_of(unit: Organisation) -> dict[str, int]:
    """The open branches of a unit by name."""
    open_branches = below(unit, Kind.BRANCH).filter(closed_at=None)
    return dict(open_branches.order_by("sort", "code").values_list("name", "pk"))


def homes_of(unit: Organisation) -> Homes:
    """The communities of the city of a unit; of closed ones who took over."""
    rows = organisations_anywhere().filter(kind=Kind.COMMUNITY, path__startswith=city_path(unit))
    columns = rows.order_by("path").values_list("pk", "name", "code", "closed_at", *ABOVE)
    heirs = heir_names()
    return Homes(
        HomePlace(
            pk, name, code, tuple(filter(None, above)), closed_at is not None, heirs.get(pk, "")
        )
        for pk, name, code, closed_at, *above in columns
    )


@collector_paused()
def examine(
    unit: Organisation,
    content: bytes,
    *,
    scope: RosterScope = PLAIN,
    watch: Callable[[int], None] | None = None,
    strangers: Strangers | None = None,
) -> Examination:
    """Read, judge and compare a file; raises `Refused` when it cannot be read.

    Nothing is written; `strangers` are those that files of the unit met before. `watch` is told the
    number of people read and may raise to stop.
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
        homes=homes_of(unit),
    )
    with source_sheets(content, include_hidden=scope.include_hidden) as sheets:
        members = HeldMembers(unit, branches)
        judgement = judge(sheets, setup)
    if not judgement.people and not judgement.exits:
        kinds = {one.kind for one in judgement.leftovers}
        if LeftoverKind.SHEET_HEADLESS in kinds and not judgement.columns:
            raise unreadable("no-header", columns=judgement.seen_columns)
        raise unreadable("hidden" if LeftoverKind.SHEET_HIDDEN in kinds else "empty")
    _take_members_by_document(judgement, members)
    index = members.index_of(judgement.rows)
    newcomers = [row for row in judgement.rows if index[row.id_number] not in members.keys]
    ends = Person.id_number.ends_of(row.id_number for row in newcomers)
    known = KnownNumbers(
        unit, ((ends[row.id_number[-TAIL:]], index[row.id_number]) for row in newcomers)
    )
    strangers = strangers or Strangers()
    _set_aside_members_elsewhere(judgement, index, known, strangers)
    phones = (row.phone for row in judgement.rows if row.phone)
    index |= crypto.ring().blinds(phones, Person.phone.purpose)
    if newcomers and (members or known.merged):
        _ask_about_same(judgement, index, members, known)
    differences = _differences(judgement, index, members)
    return Examination(unit, branches, judgement, index, known, strangers, differences)


def _differences(
    judgement: RosterJudgement, index: dict[str, bytes], members: HeldMembers
) -> RosterDifferences:
    """What the file says otherwise than is held; only the members of whom it does are loaded."""
    others = members.told_otherwise(judgement.rows, index)
    changing = {key for row in others if (key := index[row.id_number]) in members.keys}
    exits = [
        (row, members.key_of(row.id_number, row.name)) for row in judgement.exits if row.id_number
    ]
    unspoken: set[bytes] = set()
    if len(judgement.rows) - len(others) + len(changing) < len(members):
        seen = {index.get(number) or members.key_of(number, "") for number in judgement.seen}
        unspoken = members.keys - seen
    loaded = members.load({*changing, *(key for _, key in exits), *unspoken})
    differences = compare(others, index, loaded, NOTES)
    differences.unchanged += len(judgement.rows) - len(others)
    differences.exits = [MemberExit(row, loaded[key]) for row, key in exits if key in loaded]
    differences.gone = missing(loaded, unspoken, judgement.unclear)
    return differences


def _take_members_by_document(judgement: RosterJudgement, members: HeldMembers) -> None:
    """Nothing is wrong with who has another document and was entered with it before."""
    blind, purpose = crypto.ring().blind, Person.id_number.purpose
    rows = [row for row in judgement.documents if blind(row.id_number, purpose) in members.keys]
    places = {(row.sheet, row.row) for row in rows}
    if rows:
        judgement.rows += rows
        judgement.problems = [
            problem
            for problem in judgement.problems
            if problem.kind != "id-document" or (problem.sheet, problem.row) not in places
        ]


def _set_aside_members_elsewhere(
    judgement: RosterJudgement,
    index: dict[str, bytes],
    known: KnownNumbers,
    strangers: Strangers,
) -> None:
    """Move rows of other units' members to the problems, a handful of them a day; at the next one
    the reading stops, and what follows in the file is not taken. So a reading tells of one more at
    most once the handful is known, and how often a unit may read is counted."""
    if not known.others:
        return
    kept: list[RosterRow] = []
    for row in judgement.rows:
        key = index[row.id_number]
        if (key, row.name) not in known.others:
            kept.append(row)
        elif strangers.tell((key.hex(), row.name)):
            judgement.problems.append(_problem(judgement, row, "duplicate-held"))
        else:
            judgement.problems.append(_problem(judgement, row, "reading-stopped"))
            break
    judgement.rows = kept


def _ask_about_same(
    judgement: RosterJudgement,
    index: dict[str, bytes],
    members: HeldMembers,
    known: KnownNumbers,
) -> None:
    """Move rows to the problems that tell of a member under another ID number, most likely."""
    strangers = [
        row
        for row in judgement.rows
        if (number := index[row.id_number]) not in members.keys
        and (number, row.name) not in known.free
    ]
    people = members.people({row.name for row in strangers})

    def is_same(row: RosterRow) -> bool:
        if (index[row.id_number], row.name) in known.merged:
            return True
        return bool(row.phone) and (row.name, row.born_on, index[row.phone]) in people

    same = {row.id_number: row for row in strangers if is_same(row)}
    if same:
        judgement.problems += [_problem(judgement, row, "same-person") for row in same.values()]
        judgement.rows = [row for row in judgement.rows if row.id_number not in same]


def _problem(judgement: RosterJudgement, row: RosterRow, kind: str) -> RosterProblem:
    column = judgement.columns[RosterFact.ID_NUMBER]
    return RosterProblem(row.sheet, row.row, column, kind, MESSAGES[kind], {"count": HANDFUL})
