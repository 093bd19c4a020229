"""The rows of tables that are no children in the tree: communities, members, services."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from baodao.figures.queries.counts import FigureQuery
from baodao.figures.queries.sql import ask
from baodao.figures.queries.statements import rows_behind
from baodao.figures.rules.catalogue import METRICS
from baodao.figures.rules.figures import Figures
from baodao.insight.queries.tables import StatRow
from baodao.kernel import clock
from baodao.ledger.queries.categories import category_words
from baodao.ledger.rules.durations import hours_figure
from baodao.orgs.queries.periods import organisations_at
from baodao.orgs.rules.tree import Kind
from baodao.people.rules.standing import paper_word

FactRow = tuple[StatRow, dict[str, object]]
"""A row with its figures, and its facts by the names that columns ask."""

_COMMUNITIES = """
    SELECT place.id, place.code_now AS code, place.path_now AS path, place.name,
           above.name AS above
    FROM tree place LEFT JOIN tree above ON above.id = place.parent_id
    WHERE place.kind = 'community' AND place.path LIKE %(below)s
      AND place.opened_at < %(instant)s
      AND (place.closed_at IS NULL OR place.closed_at >= %(instant)s)
    ORDER BY place.path"""


def communities(query: FigureQuery) -> list[FactRow]:
    """The communities of a place, with the contact that each had."""
    rows = ask(_COMMUNITIES, query.values)
    contacts = organisations_at([row["id"] for row in rows], query.as_of.instant)
    return [(_community(row), row | _contact(contacts[row["id"]])) for row in rows]


def _community(row: Mapping[str, Any]) -> StatRow:
    return StatRow(row["name"], {}, row["code"], row["path"], Kind.COMMUNITY)


def _contact(then: Any) -> dict[str, object]:
    return {name: getattr(then, name) for name in ("address", "contact_name", "contact_phone")}


_MEMBERS = """
    SELECT person.id, person.name, person.number, person.sex, person.position, person.specialty,
           person.interests, person.wishes, person.free_times, r.accepted_at,
           CASE branch.kind WHEN 'branch' THEN unit.name ELSE branch.name END AS unit,
           CASE branch.kind WHEN 'branch' THEN branch.name ELSE '' END AS branch,
           grid.name AS grid, team.name AS team
    FROM ({rows}) thing
    JOIN people_person person ON person.id = thing.person_id
    JOIN registration_registration r ON r.id = thing.registration_id
    JOIN registration_registrationstage stage ON stage.subject_id = r.id
        AND stage.since < %(instant)s AND (stage.until IS NULL OR stage.until >= %(instant)s)
    LEFT JOIN tree branch ON branch.id = r.branch_id
    LEFT JOIN tree unit ON unit.id = branch.parent_id
    LEFT JOIN tree grid ON grid.id = r.grid_id
    LEFT JOIN tree team ON team.id = stage.team_id
    ORDER BY unit.path, branch.path, person.pinyin, person.id"""


def members(query: FigureQuery) -> list[FactRow]:
    """Whom a community hosts, with the figures of each; what people say of themselves is as of
    today, and on an issued paper as of its issue."""
    rows = ask(_MEMBERS.format(rows=rows_behind(METRICS["hosted"])), query.values)
    figures = query.grouped_by("person_id") if query.metrics else {}
    nothing = dict.fromkeys((metric.code for metric in query.metrics), 0)
    return [(_member(row, nothing | figures.get(row["id"], {})), _facts_of(row)) for row in rows]


def _member(row: Mapping[str, Any], figures: Figures) -> StatRow:
    return StatRow(row["name"], figures, row["number"])


def _facts_of(row: Mapping[str, Any]) -> dict[str, object]:
    day = clock.local(row["accepted_at"]).date()
    return {**row, "sex": paper_word(row["sex"]), "accepted_on": day}


_SERVICES = """
    SELECT r.served_on, r.category, r.offer_title, community.name AS community,
           count(*) AS people, sum(r.minutes) AS minutes
    FROM ({rows}) thing
    JOIN ledger_servicerecord r ON r.community_id = thing.community_id AND r.id = thing.id
    JOIN tree community ON community.id = r.community_id
    GROUP BY r.served_on, community.path, community.name, r.offer_id, r.offer_title, r.category
    ORDER BY r.served_on, community.path, r.offer_title, r.category"""


def services(query: FigureQuery) -> list[FactRow]:
    """What the people of a unit did in one community on one day, as one service."""
    words = category_words(query.organisation)
    rows = ask(_SERVICES.format(rows=rows_behind(METRICS["services"])), query.values)
    return [(StatRow("", {}), _service(row, words)) for row in rows]


def _service(row: Mapping[str, Any], words: Mapping[str, str]) -> dict[str, object]:
    category = gettext(words.get(row["category"], row["category"]))
    return {
        **row,
        "category": category,
        "title": row["offer_title"] or category,
        "hours": hours_figure(row["minutes"]),
    }
