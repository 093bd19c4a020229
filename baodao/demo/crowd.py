"""The many around the told city: tens of thousands of members written in sets, with real sealed
numbers, letters, registrations, stages and journal."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID

from django.db import connection

from baodao.accounts.queries import operator
from baodao.demo import places
from baodao.demo.names import Invented, Inventor
from baodao.divisions.commands.imports import import_divisions
from baodao.divisions.queries.tables import read_file
from baodao.kernel import clock, crypto, ids
from baodao.orgs.rules.tree import Kind
from baodao.people.rules.standing import Grade, Standing
from baodao.registration.commands.papers import keep_letters
from baodao.registration.queries.papers import memberships_now
from baodao.registration.queries.registrations import letter_rows
from baodao.registration.rules.papers import RECEIPT
from baodao.rosters.commands import rows
from baodao.rosters.facts import NOTES
from baodao.rostersheets.rules.roster import RosterRow

Say = Callable[[str], None]
Facts = dict[str, datetime | int | str | list[str]]

BRANCH, UNIT = 25, 250
"""Members of a branch, and of a unit."""
COMMUNITIES = 12
"""In each street of theirs."""

PERIOD = 170
"""Days over which letters were issued, ending some weeks ago."""
BLOCK = 50_000
TEMPLATES = 5_000
"""So many different sets of facts are shared out; names, numbers and dates are each person's."""
CLERK, WORKER = "党务干部", "社区专干"


@dataclass(frozen=True)
class Crowd:
    """How many of everything for `members` more members."""

    members: int

    @property
    def units(self) -> int:
        return -(-self.members // UNIT)

    @property
    def streets(self) -> int:
        return max(3, self.members // 12_000)


UNITS = """
    INSERT INTO orgs_organisation (parent_id, kind, code, name, pinyin, path, sort, contact_name,
        contact_phone, address, opened_at)
    SELECT street.id, 'unit', 'W' || n,
        street.name || '第' || (n - 1) / %(streets)s + 1 || '党总支', '',
        street.path || 'W' || n || '.', 0, '', '', '', %(now)s
    FROM generate_series(1, %(units)s) n
    JOIN (SELECT id, name, path, row_number() OVER (ORDER BY path) - 1 AS turn
          FROM orgs_organisation WHERE kind = 'street') street
      ON street.turn = n %% (SELECT count(*) FROM orgs_organisation WHERE kind = 'street')
"""
BRANCHES = """
    INSERT INTO orgs_organisation (parent_id, kind, code, name, pinyin, path, sort, contact_name,
        contact_phone, address, opened_at)
    SELECT unit.id, 'branch', unit.code || '-' || lpad(n::text, 2, '0'), '第' || n || '党支部', '',
        unit.path || unit.code || '-' || lpad(n::text, 2, '0') || '.', 0, '', '', '', %(now)s
    FROM orgs_organisation unit, generate_series(1, %(branches)s) n
    WHERE unit.kind = 'unit' AND unit.code LIKE 'W%%'
    RETURNING id
"""
HOMES = """
    UPDATE people_person person SET home_community_id = home.id
    FROM (SELECT id, row_number() OVER (ORDER BY path) - 1 AS turn
          FROM orgs_organisation WHERE kind = 'community' AND code = ANY(%(homes)s::text[])) home
    WHERE person.created_at = %(now)s AND home.turn = least(
        abs(uuid_hash_extended(person.id, %(seed)s::bigint)) %% cardinality(%(homes)s::text[]),
        abs(uuid_hash_extended(person.id, %(seed)s + 1::bigint)) %% cardinality(%(homes)s::text[]))
"""
"""Two dice, the lower counts: the first communities are crowded, the last have hardly anybody."""

DRAWN = """
    CREATE TEMPORARY TABLE crowd ON COMMIT DROP AS
    SELECT drawn.*, row_number() OVER (PARTITION BY unit_id, year ORDER BY issued_at, person_id)
        AS number, issued_at + waits / 2 AS submitted_at, issued_at + waits AS accepted_at
    FROM (
        SELECT membership.person_id, membership.branch_id, branch.parent_id AS unit_id,
            person.home_community_id AS community_id, gen_random_uuid() AS letter_id,
            gen_random_uuid() AS registration_id, issued.at AS issued_at,
            extract(year FROM issued.at AT TIME ZONE 'Asia/Shanghai')::int AS year,
            interval '1 minute' * (60 + (hash >> 20) %% 28000) AS waits,
            CASE WHEN hash %% 100 < 88 THEN 'accepted' WHEN hash %% 100 < 92 THEN 'submitted'
                 WHEN hash %% 100 < 95 THEN 'issued' END AS state
        FROM people_membership membership
        JOIN people_person person ON person.id = membership.person_id
        JOIN orgs_organisation branch ON branch.id = membership.branch_id
        CROSS JOIN LATERAL (
            SELECT abs(uuid_hash_extended(person.id, %(seed)s::bigint)) AS hash) rolled
        CROSS JOIN LATERAL (SELECT %(now)s::timestamptz
            + interval '1 minute' * (1440 + (hash >> 8) %% %(minutes)s) AS at) issued
        WHERE membership.recorded_at = %(now)s AND membership.standing = 'in-service'
    ) drawn WHERE state IS NOT NULL
"""
LETTERS = """
    INSERT INTO registration_letter (id, unit_id, year, number, token, person_id, community_id,
        contact_name, contact_phone, issued_at, issued_by, tries)
    SELECT letter_id, unit_id, year, number, replace(gen_random_uuid()::text, '-', ''), person_id,
        community_id, '', '', issued_at, %(clerk)s, 0
    FROM crowd
"""
REGISTRATIONS = """
    INSERT INTO registration_registration (id, letter_id, person_id, branch_id, community_id, state,
        as_group, submitted_at, accepted_at, accepted_by, receipt_year, receipt_number,
        returned_reason, ended_reason)
    SELECT registration_id, letter_id, person_id, crowd.branch_id, crowd.community_id, state, false,
        CASE WHEN state <> 'issued' THEN submitted_at END,
        CASE WHEN state = 'accepted' THEN accepted_at END,
        CASE WHEN state = 'accepted' THEN %(worker)s ELSE '' END, receipt_year, receipt_number,
        '', ''
    FROM crowd LEFT JOIN (
        SELECT registration_id, extract(year FROM accepted_at AT TIME ZONE 'Asia/Shanghai')::int
                AS receipt_year, row_number() OVER (PARTITION BY community_id,
                extract(year FROM accepted_at AT TIME ZONE 'Asia/Shanghai')
                ORDER BY accepted_at, registration_id) AS receipt_number
        FROM crowd WHERE state = 'accepted'
    ) receipts USING (registration_id)
"""
STAGES = """
    INSERT INTO registration_registrationstage (id, subject_id, community_id, state, since, until)
    SELECT gen_random_uuid(), registration_id, community_id, 'issued', issued_at,
        CASE WHEN state <> 'issued' THEN submitted_at END FROM crowd
    UNION ALL
    SELECT gen_random_uuid(), registration_id, community_id, 'submitted', submitted_at,
        CASE WHEN state = 'accepted' THEN accepted_at END FROM crowd WHERE state <> 'issued'
    UNION ALL
    SELECT gen_random_uuid(), registration_id, community_id, 'accepted', accepted_at, NULL
    FROM crowd WHERE state = 'accepted'
"""
JOURNAL = """
    INSERT INTO kernel_journalentry (scope_id, id, at, account_id, actor_name, verb, about, facts)
    SELECT unit_id, gen_random_uuid(), crowd.issued_at, NULL::uuid, %(clerk)s, 'letter.issued',
        registration_id, jsonb_build_object('community', home.name,
            'number', '〔' || year || '〕' || lpad(number::text, 3, '0') || '号')
    FROM crowd JOIN orgs_organisation home ON home.id = community_id
    UNION ALL
    SELECT crowd.community_id, gen_random_uuid(), crowd.submitted_at, NULL, person.name,
        'registration.presented', registration_id, jsonb_build_object('community', home.name)
    FROM crowd JOIN orgs_organisation home ON home.id = community_id
    JOIN people_person person ON person.id = person_id WHERE state <> 'issued'
    UNION ALL
    SELECT crowd.community_id, gen_random_uuid(), crowd.accepted_at, NULL, %(worker)s,
        'registration.accepted', registration_id, jsonb_build_object('community', home.name,
            'receipt', '〔' || receipt_year || '〕' || lpad(receipt_number::text, 3, '0') || '号')
    FROM crowd JOIN orgs_organisation home ON home.id = community_id
    JOIN registration_registration registration ON registration.id = registration_id
    WHERE crowd.state = 'accepted'
"""
SERIES = """
    INSERT INTO documents_series (organisation_id, form, year, last)
    SELECT unit_id, 'introduction-letter', year, max(number) FROM crowd GROUP BY unit_id, year
    UNION ALL
    SELECT registration.community_id, %(receipts)s, receipt_year, max(receipt_number)
    FROM registration_registration registration
    JOIN crowd ON crowd.registration_id = registration.id
    WHERE receipt_number IS NOT NULL GROUP BY registration.community_id, receipt_year
"""


def add_crowd(size: Crowd, inventor: Inventor, say: Say) -> dict[str, int]:
    """Write the crowd in the caller's transaction; nobody else may be writing.

    Their places are their own, so that no number of the told city is touched. Letters that wait are
    in the register of papers; those received long ago were never printed here.
    """
    began = clock.midnight(inventor.today - timedelta(days=PERIOD + 60))
    seed = inventor.random.randrange(2**31)
    with clock.at(began):
        table = places.big_table(size.streets, COMMUNITIES)
        new = import_divisions(operator(), places=read_file(table.encode())).created
        homes = [place.code for place in new if place.kind is Kind.COMMUNITY]
        facts: Facts = {
            "now": began,
            "seed": seed,
            "units": size.units,
            "branches": UNIT // BRANCH,
            "streets": size.streets + len(places.COMMUNITIES),
            "homes": homes,
            "minutes": (PERIOD - 1) * 24 * 60,
            "clerk": CLERK,
            "worker": WORKER,
            "receipts": RECEIPT.code,
        }
        say(f"{size.streets} streets, {len(homes)} communities, {size.units} units")
        _run(UNITS, facts)
        branches = [row[0] for row in _run(BRANCHES, facts)]
        _write_persons(size.members, branches, inventor, say)
    for label, statement in STEPS:
        _run(statement, facts)
        say(label)
    _register_letters()
    return {"communities": len(homes), "units": size.units, "members": size.members}


STEPS = (
    ("homes", HOMES),
    ("drawn", DRAWN),
    ("letters", LETTERS),
    ("registrations", REGISTRATIONS),
    ("stages", STAGES),
    ("journal", JOURNAL),
    ("number series", SERIES),
)


def _register_letters() -> None:
    """The papers of letters on which work goes on."""
    waiting = letter_rows().filter(issued_by=CLERK, registration__accepted_at=None)
    letters = waiting.order_by("pk").iterator(2_000)
    while block := list(islice(letters, 2_000)):
        keep_letters(block, memberships_now(block))


def _run(statement: str, facts: Facts) -> list[tuple[int]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, facts)
        return cursor.fetchall() if cursor.description else []


def _write_persons(members: int, branches: list[int], inventor: Inventor, say: Say) -> None:
    sealing = rows.Sealing(crypto.ring(), {})
    templates = [
        inventor.person(unique=False, retired=at % 50 >= 29)
        for at in range(min(members, TEMPLATES))
    ]
    invented = _invented(members, branches, inventor, templates)
    written = 0
    while block := list(islice(invented, BLOCK)):
        rows.insert_persons(((person, row) for person, row, _ in block), sealing)
        rows.insert_memberships(rows.period_of(row, person, at) for person, row, at in block)
        written += len(block)
        say(f"{written} of {members} members")


def _invented(
    members: int, branches: list[int], inventor: Inventor, templates: list[Invented]
) -> Iterator[tuple[UUID, RosterRow, int]]:
    for at in range(members):
        template = at % len(templates)
        facts = inventor.like(templates[template])
        row = RosterRow(
            sheet="",
            row=at,
            name=facts.name,
            id_number=facts.id_number,
            sex=facts.sex,
            born_on=facts.born_on,
            phone=facts.phone,
            joined_on=facts.joined_on,
            full_on=None,
            grade=Grade.FULL,
            standing=Standing.RETIRED if template % 50 >= 29 else Standing.IN_SERVICE,
            branch="",
            lives_in_city=at % 20 != 0,
            home_community=None,
            notes=tuple(getattr(facts, note, "") for note in NOTES),
        )
        yield ids.new_id(), row, branches[at // BRANCH % len(branches)]
