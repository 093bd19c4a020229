"""The rows behind a number: the people, organisations, records, needs, offers and claims."""
# ruff: noqa: S608 - every part is a constant of this slice, values are parameters

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from baodao.insight.queries import deeds
from baodao.insight.queries.asking import Answer, Values, ask
from baodao.insight.queries.deeds import ListedClaim, ListedNeed, ListedOffer, ListedRecord
from baodao.insight.queries.sources import chosen
from baodao.insight.rules import METRICS, Source
from baodao.registration.rules.exemptions import ExemptionReason
from baodao.registration.rules.missing import Why, why_missing

_LIVE = """
    SELECT r.community_id, r.accepted_at, stage.state
    FROM registration_registration r
    JOIN registration_registrationstage stage ON stage.subject_id = r.id
        AND stage.since < %(instant)s AND (stage.until IS NULL OR stage.until >= %(instant)s)
        AND stage.state IN ('issued', 'submitted', 'returned', 'accepted')
    WHERE r.person_id = thing.person_id ORDER BY stage.since DESC LIMIT 1"""

_SPARED = """
    SELECT e.effect, e.reason, e.to_on FROM registration_exemption e
    WHERE e.person_id = thing.person_id AND e.state IN ('approved', 'revoked')
      AND e.decided_at < %(instant)s AND (e.revoked_at IS NULL OR e.revoked_at >= %(instant)s)
      AND e.from_on <= %(on)s AND (e.to_on IS NULL OR e.to_on >= %(on)s)
    LIMIT 1"""

_PERSON = """
    person.id AS person_id, person.name, person.number, person.sex, person.position,
    CASE branch.kind WHEN 'branch' THEN unit.name ELSE branch.name END AS unit,
    CASE branch.kind WHEN 'branch' THEN branch.name ELSE '' END AS branch,
    coalesce(community.name, '') AS community"""

_MEMBERS = f"""
    SELECT {_PERSON}, thing.stands, thing.lives_in_city, live.accepted_at, live.state,
           spared.effect, spared.reason, spared.to_on
    FROM ({{rows}}) thing
    JOIN people_person person ON person.id = thing.person_id
    JOIN orgs_organisation branch ON branch.id = thing.organisation_id
    LEFT JOIN orgs_organisation unit ON unit.id = branch.parent_id
    LEFT JOIN LATERAL ({_LIVE}) live ON thing.in_service
    LEFT JOIN LATERAL ({_SPARED}) spared ON thing.in_service
    LEFT JOIN orgs_organisation community ON community.id = live.community_id
    WHERE {{where}}
    ORDER BY branch.path, person.pinyin, person.id"""

_HOSTED = f"""
    SELECT {_PERSON}, thing.stands, r.accepted_at, r.ended_on
    FROM ({{rows}}) thing
    JOIN people_person person ON person.id = thing.person_id
    JOIN registration_registration r ON r.id = thing.registration_id
    JOIN orgs_organisation community ON community.id = thing.organisation_id
    LEFT JOIN orgs_organisation branch ON branch.id = r.branch_id
    LEFT JOIN orgs_organisation unit ON unit.id = branch.parent_id
    WHERE {{where}}
    ORDER BY community.path, branch.path, person.pinyin, person.id, r.id"""

_UNITS = """
    SELECT unit.id, unit.code, unit.name, unit.path, above.name AS above, contact.community,
           contact.accepted_at
    FROM ({rows}) thing
    JOIN orgs_organisation unit ON unit.id = thing.unit_id
    LEFT JOIN orgs_organisation above ON above.id = unit.parent_id
    LEFT JOIN LATERAL (
        SELECT community.name AS community, u.accepted_at
        FROM partnership_unitregistration u
        JOIN orgs_organisation community ON community.id = u.community_id
        WHERE u.unit_id = unit.id AND u.accepted_at < %(instant)s
          AND (u.ended_at IS NULL OR u.ended_at >= %(instant)s)
        LIMIT 1
    ) contact ON true
    WHERE {where}
    ORDER BY thing.path, unit.path"""

_COMMUNITIES = """
    SELECT place.id, place.code, place.name, place.path, above.name AS above, '' AS community,
           NULL::timestamptz AS accepted_at
    FROM ({rows}) thing
    JOIN orgs_organisation place ON place.id = thing.organisation_id
    LEFT JOIN orgs_organisation above ON above.id = place.parent_id
    WHERE {where}
    ORDER BY place.path"""

_LISTS = {
    **deeds.LISTS,
    Source.MEMBERS: _MEMBERS,
    Source.HOSTED: _HOSTED,
    Source.UNITS: _UNITS,
    Source.HOSTED_UNITS: _UNITS,
    Source.COMMUNITIES: _COMMUNITIES,
}


@dataclass(frozen=True)
class ListedPerson:
    """A person behind a number, as they stood at the instant.

    `community` is where they report or their letter leads. `why` says why somebody in service is
    not registered, `note` (a message id) and `until` what their exemption says.
    """

    person_id: UUID
    name: str
    number: str
    sex: str
    position: str
    unit: str = ""
    branch: str = ""
    community: str = ""
    stands: str | None = None
    lives_in_city: bool = False
    accepted_at: datetime | None = None
    why: Why | None = None
    note: str = ""
    until: date | None = None
    ended_on: date | None = None


@dataclass(frozen=True)
class ListedOrganisation:
    """A unit or a community behind a number; of a unit, the community that accepted it."""

    id: int
    code: str
    name: str
    path: str
    above: str
    community: str
    accepted_at: datetime | None


Listed = ListedPerson | ListedOrganisation | ListedRecord | ListedNeed | ListedOffer | ListedClaim


def listed(metric: str, values: Values, where: str = "true", limit: str = "") -> Sequence[Listed]:
    """The rows that `metric` counts and for which the SQL condition `where` holds, in the order
    of the tree and of names; `values` are `asking.parameters` and what `where` and `limit` ask."""
    source = METRICS[metric].source
    if source in (Source.MEMBERS, Source.HOSTED):
        return listed_people(metric, values, where, limit)
    if source in deeds.ROWS:
        return [deeds.ROWS[source](**row) for row in _rows(metric, values, where, limit)]
    return [
        ListedOrganisation(**row | {"community": row["community"] or ""})
        for row in _rows(metric, values, where, limit)
    ]


def listed_people(
    metric: str, values: Values, where: str = "true", limit: str = ""
) -> list[ListedPerson]:
    """The same for a metric that counts people."""
    rows = _rows(metric, values, where, limit)
    if METRICS[metric].source is Source.MEMBERS:
        return [_member(row) for row in rows]
    return [ListedPerson(**row | _told_by_then(row)) for row in rows]


def _rows(metric: str, values: Values, where: str, limit: str) -> list[Answer]:
    sql = _LISTS[METRICS[metric].source].format(rows=chosen(metric), where=where)
    return ask(f"{sql} {limit}", values)


def _member(row: Answer) -> ListedPerson:
    state, effect, reason = row.pop("state"), row.pop("effect"), row.pop("reason")
    until = row.pop("to_on")
    registered = row["stands"] == "registered"
    why = None if row["stands"] is None else why_missing(state, effect)
    spared = why in (Why.EXEMPT, Why.DELAYED, Why.OTHER_PLACE) and reason is not None
    return ListedPerson(
        **row | {"accepted_at": row["accepted_at"] if registered else None},
        why=why,
        note=ExemptionReason.words_of(reason) if spared else "",
        until=until if spared else None,
    )


def _told_by_then(row: Answer) -> Answer:
    """What lay ahead of the instant is not told."""
    waiting = row["stands"] == "waiting"
    return {
        "accepted_at": None if waiting else row["accepted_at"],
        "ended_on": row["ended_on"] if row["stands"] == "ended" else None,
    }
