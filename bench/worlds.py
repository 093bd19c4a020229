"""A city of any size, written by the database itself: members with letters and registrations.

Everything follows from the size and the seed. Shape: 25 members a branch unless more are asked for,
10 branches a unit, 10 communities a street, 10 streets a district; of the members 58 % in service;
of these 88 % accepted (some after a transfer), 4 % waiting, 3 % with a letter not presented, 2 %
exempt, the rest without anything. One member in ten changed branch once.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
from django.apps import apps
from django.db import connections
from psycopg import sql

from baodao.people.models import Person
from bench import world_records

CITY = "990100000000"
START, DAYS = "2026-01-05 09:00+08", 180
"""Rosters were read at the start; letters and answers follow within the days."""

TABLES = (
    *("orgs_organisation", "people_person", "people_membership", "registration_letter"),
    *("registration_registration", "registration_registrationstage", "exemptions_exemption"),
    "partnership_unitregistration",
    *world_records.TABLES,
)

_SURNAMES = "王 李 张 刘 陈 杨 黄 赵 周 吴 徐 孙 马 朱 胡 郭 何 高 林 罗 曾 单 解 仇"
_SURNAME_PINYIN = (
    "wang li zhang liu chen yang huang zhao zhou wu xu sun ma zhu hu guo he gao lin luo zeng shan "
    "xie qiu"
)
_GIVEN = "伟 芳 娜 敏 静 强 磊 洋 艳 勇 军 杰 娟 涛 明 超 秀 霞 平 刚 桂 英 华 玉 兰 红 春 梅 建 国"
_GIVEN_PINYIN = (
    "wei fang na min jing qiang lei yang yan yong jun jie juan tao ming chao xiu xia ping gang gui "
    "ying hua yu lan hong chun mei jian guo"
)


def _roll(number: str, salt: int, sides: int) -> str:
    """A die of SQL: the same for a number and a salt, from 0 to `sides` - 1."""
    return f"abs(hashint8extended(({number})::bigint * 64 + {salt}, %(seed)s) %% {sides})"


@dataclass(frozen=True)
class Size:
    """How many of everything; built for `members`, rounded up to whole branches."""

    members: int
    branch: int = 25

    @property
    def branches(self) -> int:
        return -(-self.members // self.branch)

    @property
    def units(self) -> int:
        return -(-self.branches // 10)

    @property
    def communities(self) -> int:
        return max(10, self.members // 1000)

    @property
    def streets(self) -> int:
        return -(-self.communities // 10)

    @property
    def districts(self) -> int:
        return -(-self.streets // 10)


def _organisations(kind: str, rows: str) -> str:
    """Insert the `rows` (parent_code, code, name, sort) as organisations of a kind."""
    return f"""
INSERT INTO orgs_organisation
    (parent_id, kind, code, name, pinyin, path, sort, contact_name, contact_phone, address,
     opened_at)
SELECT above.id, '{kind}', made.code, made.name, '', coalesce(above.path, '') || made.code || '.',
       made.sort, '', '', '', %(start)s
FROM ({rows}) AS made (parent_code, code, name, sort)
LEFT JOIN orgs_organisation above ON above.code = made.parent_code;
"""


_PLACES = (
    _organisations("city", f"VALUES (NULL::text, '{CITY}', '滨河市', 0)")
    + _organisations(
        "district",
        f"""
        SELECT '{CITY}', '9901' || lpad(n::text, 2, '0') || '000000', '第' || n || '区', n
        FROM generate_series(1, %(districts)s) n""",
    )
    + _organisations(
        "street",
        """
        SELECT code, left(code, 6) || lpad(n::text, 3, '0') || '000', '第' || n || '街道', n
        FROM generate_series(1, %(streets)s) n
        JOIN orgs_organisation ON kind = 'district' AND sort = (n - 1) / 10 + 1""",
    )
    + _organisations(
        "community",
        """
        SELECT code, left(code, 9) || lpad(((n - 1) %% 10 + 1)::text, 3, '0'),
               '第' || n || '社区', n
        FROM generate_series(1, %(communities)s) n
        JOIN orgs_organisation ON kind = 'street' AND sort = (n - 1) / 10 + 1""",
    )
    + _organisations(
        "unit",
        """
        SELECT code, 'U' || 1000 + n, '第' || n || '机关党委', n
        FROM generate_series(1, %(units)s) n
        JOIN orgs_organisation ON CASE
            WHEN n %% 10 = 0 THEN kind = 'city'
            WHEN n %% 10 < 3 THEN kind = 'district' AND sort = n / 10 %% %(districts)s + 1
            ELSE kind = 'street' AND sort = n / 10 %% %(streets)s + 1
        END""",
    )
    + _organisations(
        "branch",
        """
        SELECT code, code || '-' || lpad(((n - 1) %% 10 + 1)::text, 2, '0'),
               '第' || (n - 1) %% 10 + 1 || '党支部', n
        FROM generate_series(1, %(branches)s) n
        JOIN orgs_organisation ON kind = 'unit' AND sort = (n - 1) / 10 + 1""",
    )
    + "ANALYZE orgs_organisation;"
)

_UNIT_REGISTRATIONS = f"""
INSERT INTO partnership_unitregistration
    (id, unit_id, community_id, state, year, number, secretary, contact_name, contact_phone,
     secretary_phone, resources, needs, submitted_at, accepted_at, accepted_by, returned_reason)
SELECT md5('unit' || unit.id)::uuid, unit.id, community.id,
       CASE WHEN {_roll("unit.sort", 1, 20)} < 17 THEN 'accepted' ELSE 'submitted' END,
       2026, 1, '书记', '联系人', '', '', '', '', %(start)s,
       CASE WHEN {_roll("unit.sort", 1, 20)} < 17
            THEN %(start)s::timestamptz + interval '3 day' END,
       '', ''
FROM orgs_organisation unit
JOIN orgs_organisation community ON community.kind = 'community'
    AND community.sort = unit.sort %% %(communities)s + 1
WHERE unit.kind = 'unit' AND {_roll("unit.sort", 2, 20)} < 19;
"""

_PERSONS = f"""
INSERT INTO people_person
    (id, number, name, name_bigrams, pinyin, initials, sex, born_on, id_document, id_sealed,
     id_blind, id_tail_blind, phone_sealed, phone_blind, phone_tail_blind, joined_on, ethnicity,
     education, position, specialty, home_community_id, created_at, changed_at)
SELECT md5('person' || n)::uuid, 'V' || lpad(n::text, 8, '0'), named.name,
       ARRAY[left(named.name, 2), right(named.name, 2)], named.pinyin, initials,
       CASE WHEN {_roll("n", 3, 5)} < 3 THEN 'm' ELSE 'f' END,
       date '1962-01-01' + ({_roll("n", 4, 14000)})::int, 'card',
       decode(md5('seal' || n) || md5('more' || n), 'hex'), decode(md5('id' || n), 'hex'),
       decode(md5('tail' || {_roll("n", 5, 10000)}), 'hex'),
       decode(md5('phone' || n) || md5('line' || n), 'hex'), decode(md5('call' || n), 'hex'),
       decode(md5('ring' || {_roll("n", 6, 10000)}), 'hex'), date '2010-07-01', '汉族', '大学本科',
       '科员', (ARRAY['', '法律', '医疗', '教育', '维修', ''])[{_roll("n", 7, 6)} + 1],
       community.id, %(start)s, %(start)s
FROM (
    SELECT n, surnames[a] || given[b] || given[c] AS name,
           surname_pinyin[a] || ' ' || given_pinyin[b] || ' ' || given_pinyin[c] AS pinyin,
           left(surname_pinyin[a], 1) || left(given_pinyin[b], 1) || left(given_pinyin[c], 1)
               AS initials,
           {_roll("n", 11, 1000000)} %% %(communities)s + 1 AS home
    FROM (
        SELECT n, {_roll("n", 8, 24)} + 1 AS a, {_roll("n", 9, 30)} + 1 AS b,
               {_roll("n", 10, 30)} + 1 AS c
        FROM generate_series(1, %(members)s) n
    ) drawn, (
        SELECT string_to_array('{_SURNAMES}', ' ') AS surnames,
               string_to_array('{_SURNAME_PINYIN}', ' ') AS surname_pinyin,
               string_to_array('{_GIVEN}', ' ') AS given,
               string_to_array('{_GIVEN_PINYIN}', ' ') AS given_pinyin
    ) words
) named
JOIN orgs_organisation community ON community.kind = 'community' AND community.sort = named.home;
ANALYZE people_person;
"""

_MEMBERSHIPS = f"""
CREATE TEMPORARY TABLE drawn AS
SELECT n, md5('person' || n)::uuid AS person_id, (n - 1) / %(branch)s + 1 AS branch_sort,
       {_roll("n", 12, 100)} < 58 AS in_service,
       {_roll("n", 13, 100)} < 95 AS lives_in_city,
       {_roll("n", 14, 10)} = 0 AS moved,
       {_roll("n", 15, 100)} AS fate,
       %(start)s::timestamptz + interval '1 hour' * (24 + {_roll("n", 16, 24 * 100)}) AS issued_at,
       interval '1 hour' * (1 + {_roll("n", 17, 24 * 20)}) AS waits
FROM generate_series(1, %(members)s) n;
ANALYZE drawn;

INSERT INTO people_membership
    (id, person_id, branch_id, standing, grade, lives_in_city, from_on, recorded_at, closed_at,
     to_on)
SELECT md5('before' || n)::uuid, person_id, branch.id, 'in-service', 'full', lives_in_city,
       date '2020-01-01', %(start)s, %(start)s::timestamptz + interval '60 day', date '2026-03-01'
FROM drawn JOIN orgs_organisation branch ON branch.kind = 'branch'
    AND branch.sort = branch_sort %% %(branches)s + 1
WHERE moved;

INSERT INTO people_membership
    (id, person_id, branch_id, standing, grade, lives_in_city, from_on, recorded_at)
SELECT md5('now' || n)::uuid, person_id, branch.id,
       CASE WHEN in_service THEN 'in-service' ELSE 'retired' END, 'full', lives_in_city,
       CASE WHEN moved THEN date '2026-03-01' ELSE date '2020-01-01' END,
       CASE WHEN moved THEN %(start)s::timestamptz + interval '60 day'
            ELSE %(start)s::timestamptz END
FROM drawn JOIN orgs_organisation branch ON branch.kind = 'branch' AND branch.sort = branch_sort;
"""

_REGISTRATIONS = """
CREATE TEMPORARY TABLE lettered AS
SELECT drawn.*, person.home_community_id AS community_id, branch.id AS branch_id,
       branch.parent_id AS unit_id,
       row_number() OVER (PARTITION BY branch.parent_id ORDER BY issued_at, n) AS number
FROM drawn
JOIN people_person person ON person.id = drawn.person_id
JOIN orgs_organisation branch ON branch.kind = 'branch' AND branch.sort = branch_sort
WHERE in_service AND fate < 95;
ANALYZE lettered;

INSERT INTO registration_letter
    (id, unit_id, year, number, token, person_id, community_id, contact_name, contact_phone,
     issued_at, issued_by, tries)
SELECT md5('letter' || n)::uuid, unit_id, 2026, number, md5('token' || n), person_id, community_id,
       '', '', issued_at, '党务干部', 0
FROM lettered;

INSERT INTO registration_registration
    (id, letter_id, person_id, branch_id, community_id, state, as_group, submitted_at, accepted_at,
     accepted_by, receipt_year, receipt_number, returned_reason, ended_reason)
SELECT md5('registration' || n)::uuid, md5('letter' || n)::uuid, person_id, branch_id, community_id,
       CASE WHEN fate < 88 THEN 'accepted' WHEN fate < 92 THEN 'submitted' ELSE 'issued' END,
       n %% 3 = 0,
       CASE WHEN fate < 92 THEN issued_at + waits / 2 END,
       CASE WHEN fate < 88 THEN issued_at + waits END,
       CASE WHEN fate < 88 THEN '社区专干' ELSE '' END,
       CASE WHEN fate < 88 THEN 2026 END,
       CASE WHEN fate < 88
            THEN row_number() OVER (PARTITION BY community_id, fate < 88 ORDER BY n) END,
       '', ''
FROM lettered;

INSERT INTO registration_registrationstage (id, subject_id, community_id, state, since, until)
SELECT md5('issued' || n)::uuid, md5('registration' || n)::uuid, community_id, 'issued', issued_at,
       CASE WHEN fate < 92 THEN issued_at + waits / 2 END
FROM lettered
UNION ALL
SELECT md5('submitted' || n)::uuid, md5('registration' || n)::uuid, community_id, 'submitted',
       issued_at + waits / 2, CASE WHEN fate < 88 THEN issued_at + waits END
FROM lettered WHERE fate < 92
UNION ALL
SELECT md5('accepted' || n)::uuid, md5('registration' || n)::uuid, community_id, 'accepted',
       issued_at + waits, NULL
FROM lettered WHERE fate < 88;
"""

_EXEMPTIONS = """
INSERT INTO exemptions_exemption
    (id, person_id, branch_id, reason, evidence, effect, from_on, to_on, state, requested_by,
     requested_at, decided_by, decided_at, decision_note)
SELECT md5('exemption' || n)::uuid, person_id, branch.id, 'seconded-away', '文件', 'delay',
       date '2026-02-01', date '2027-12-31', 'approved', '党务干部', %(start)s, '书记',
       %(start)s::timestamptz + interval '5 day', ''
FROM drawn JOIN orgs_organisation branch ON branch.kind = 'branch' AND branch.sort = branch_sort
WHERE in_service AND fate IN (95, 96);
"""


_INDEXES = """
    SELECT i.indexname, i.indexdef FROM pg_indexes i
    WHERE i.schemaname = 'public' AND i.tablename = ANY(%s) AND NOT EXISTS (
        SELECT FROM pg_constraint WHERE conname = i.indexname
    )"""


def _defaults() -> Iterator[tuple[sql.Composed, sql.Literal]]:
    """Columns and what their models give them, where the table does not by itself: a later one that
    is not drawn breaks nothing."""
    with connections["owner"].schema_editor(collect_sql=True) as editor:
        for model in apps.get_models():
            for field in model._meta.concrete_fields if model._meta.db_table in TABLES else []:
                known = field.null or field.has_db_default()
                value = None if known else editor.effective_default(field)
                if value is not None:
                    names = (sql.Identifier(model._meta.db_table), sql.Identifier(field.column))
                    yield sql.SQL("ALTER TABLE {} ALTER {}").format(*names), sql.Literal(value)


def seal_numbers(person: Person) -> None:
    """Give one drawn person numbers that open: those of all others are noise, since to seal two for
    each of a million takes longer than to draw them."""
    person.id_number = f"990101{person.born_on:%Y%m%d}0018"
    person.phone = "13900000018"
    person.save()


def build(members: int, seed: int = 1, records: int = 0, branch: int = 25) -> Size:
    """Fill the empty database that Django's alias `owner` names, as its superuser; `branch` members
    are in each branch.

    Foreign keys are true by construction and not checked row by row; indexes are made at the end.
    """
    size = Size(members, branch)
    facts = {
        "seed": seed,
        "start": START,
        "members": members,
        "branch": branch,
        "branches": size.branches,
        "units": size.units,
        "communities": size.communities,
        "streets": size.streets,
        "districts": size.districts,
    }
    parts = [_PLACES, _UNIT_REGISTRATIONS, _PERSONS, _MEMBERSHIPS, _REGISTRATIONS, _EXEMPTIONS]
    if records:
        facts["records"] = records
        parts += world_records.parts(_roll)
    parameters = connections["owner"].get_connection_params()
    parameters |= {"user": "postgres", "cursor_factory": psycopg.ClientCursor}
    with psycopg.connect(**parameters) as owner:
        owner.execute("SET session_replication_role = replica")
        owner.execute("SET work_mem = '256MB'")
        defaults = list(_defaults())
        for column, value in defaults:
            owner.execute(sql.SQL("{} SET DEFAULT {}").format(column, value))
        indexes = owner.execute(_INDEXES, [list(TABLES)]).fetchall()
        for name, _ in indexes:
            owner.execute(f'DROP INDEX "{name}"')
        for part in parts:
            owner.execute(part, facts)
        for column, _ in defaults:
            owner.execute(sql.SQL("{} DROP DEFAULT").format(column))
        for _, definition in indexes:
            owner.execute(definition)
    with psycopg.connect(**parameters, autocommit=True) as owner:
        for table in TABLES:
            owner.execute(f"VACUUM ANALYZE {table}")
        start = time.perf_counter()
        taken = world_records.tally()
        if taken:
            rate = taken / (time.perf_counter() - start)
            print(f"tallies: {taken} records taken, {rate:.0f} a second")
        for table in ("monthtally", "kindmonth", "personmonth", "personyear"):
            owner.execute(f"VACUUM ANALYZE tallies_{table}")
    return size
