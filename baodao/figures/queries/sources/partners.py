"""What units and communities have for each other: resources, what was agreed from the lists,
projects, agreements and their clauses, as rows that are counted and as they are listed."""
# ruff: noqa: S608 - every part is a constant of this slice, values are parameters

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from baodao.figures.queries.sources.rows import Placed, SourceRows, between, standing
from baodao.kernel import clock
from baodao.tallies import queries as tallies
from baodao.tallies.rules.conditions import columns

_HERE = "place.kind = 'community' AND place.path LIKE %(below)s"
_AGREED = """
    claim.agreed_at < %(instant)s
    AND (claim.ended_at IS NULL OR claim.ended_at >= %(instant)s)"""
_LAST_DAY = f"((%(instant)s::timestamptz - interval '1 second') AT TIME ZONE '{clock.ZONE.key}')"


@dataclass(frozen=True)
class PartnerRow:
    """One of them: the unit or community on which it hangs, with whom, what, and since when."""

    id: UUID
    place: str
    partner: str
    title: str
    since: datetime


RESOURCES = Placed(
    "resource",
    """resources_resource resource
        JOIN tree place ON place.id = coalesce(resource.former_unit_id, resource.unit_id)""",
    "resource.published_at",
    at="place",
    kinds="'unit'",
).rows(
    """
    SELECT thing.id, place.name AS place, '' AS partner, resource.title,
           resource.published_at AS since
    FROM ({rows}) thing
    JOIN resources_resource resource ON resource.id = thing.id
    JOIN tree place ON place.id = thing.organisation_id
    WHERE {where}
    ORDER BY thing.path, resource.published_at, thing.id""",
    lambda row: PartnerRow(**row),
)

_CLAIM: Mapping[str, str] = {
    "subject": """CASE WHEN claim.resource_id IS NOT NULL THEN 'resource'
                       WHEN claim.project_id IS NOT NULL THEN 'project' ELSE 'need' END""",
    "begun_at": "CASE WHEN claim.starts_at < %(instant)s THEN claim.starts_at END",
}
LIST_CLAIMS = Placed(
    "claim",
    """resources_listclaim claim
        JOIN tree place ON place.id = coalesce(claim.former_community_id, claim.community_id)""",
    *("claim.agreed_at", "claim.ended_at"),
    computed=_CLAIM,
    moves=("claim.starts_at",),
    at="place",
).rows(
    """
    SELECT thing.id, place.name AS place, unit.name AS partner,
           coalesce(resource.title, project.title, left(need.text, 60)) AS title,
           claim.agreed_at AS since
    FROM ({rows}) thing
    JOIN resources_listclaim claim ON claim.id = thing.id
    JOIN orgs_organisation unit ON unit.id = coalesce(claim.former_unit_id, claim.unit_id)
    LEFT JOIN resources_resource resource ON resource.id = claim.resource_id
    LEFT JOIN resources_project project ON project.id = claim.project_id
    LEFT JOIN needs_need need ON need.id = claim.need_id
    JOIN tree place ON place.id = thing.organisation_id
    WHERE {where}
    ORDER BY thing.path, claim.agreed_at, thing.id""",
    lambda row: PartnerRow(**row),
)

_TAKEN = f"""
    EXISTS (
        SELECT 1 FROM resources_listclaim claim
        WHERE claim.project_id = project.id AND {_AGREED}
    )"""
_PROJECT: Mapping[str, str] = {
    "standing": f"""CASE WHEN project.ended_at < %(instant)s THEN project.state
                         WHEN {_TAKEN} THEN 'going' ELSE 'open' END""",
    "done_at": "CASE WHEN project.ended_at < %(instant)s THEN project.ended_at END",
}


def _projects(traits: frozenset[str]) -> str:
    return f"""
        SELECT place.id AS organisation_id, place.path, project.id
               {columns(traits, "project", _PROJECT)}
        FROM tree place
        JOIN resources_project project
            ON coalesce(project.former_community_id, project.community_id) = place.id
               AND project.proposed_at < %(instant)s
        WHERE {_HERE}"""


def _projects_moved(_: frozenset[str]) -> str:
    return f"""
        EXISTS (
            SELECT 1 FROM resources_project project
            WHERE {between("project.proposed_at", "project.ended_at")}
        ) OR EXISTS (
            SELECT 1 FROM resources_listclaim claim
            WHERE {between("claim.agreed_at", "claim.ended_at")}
        )"""


PROJECTS = SourceRows(
    _projects,
    _projects_moved,
    """
    SELECT thing.id, place.name AS place, coalesce(unit.name, '') AS partner, project.title,
           project.proposed_at AS since
    FROM ({rows}) thing
    JOIN resources_project project ON project.id = thing.id
    LEFT JOIN orgs_organisation unit ON unit.id = project.unit_id
    JOIN tree place ON place.id = thing.organisation_id
    WHERE {where}
    ORDER BY thing.path, project.proposed_at, thing.id""",
    lambda row: PartnerRow(**row),
)

_AGREEMENT: Mapping[str, str] = {
    "of_this_year": f"(agreement.year = extract(year FROM {_LAST_DAY}))",
}


def _agreements(traits: frozenset[str]) -> str:
    return f"""
        SELECT place.id AS organisation_id, place.path, agreement.id
               {columns(traits, "agreement", _AGREEMENT)}
        FROM tree place
        JOIN agreements_agreement agreement
            ON agreement.community_id = place.id AND agreement.signed_at < %(instant)s
               AND (agreement.ended_at IS NULL OR agreement.ended_at >= %(instant)s)
        WHERE {_HERE}"""


def _agreements_moved(_: frozenset[str]) -> str:
    return f"""
        EXISTS (
            SELECT 1 FROM agreements_agreement agreement
            WHERE {between("agreement.signed_at", "agreement.ended_at")}
        )"""


AGREEMENTS = SourceRows(
    _agreements,
    _agreements_moved,
    """
    SELECT thing.id, place.name AS place, unit.name AS partner, agreement.year::text AS title,
           agreement.signed_at AS since
    FROM ({rows}) thing
    JOIN agreements_agreement agreement ON agreement.id = thing.id
    JOIN orgs_organisation unit ON unit.id = agreement.unit_id
    JOIN tree place ON place.id = thing.organisation_id
    WHERE {where}
    ORDER BY thing.path, agreement.signed_at, thing.id""",
    lambda row: PartnerRow(**row),
)

_KEPT = """(
    SELECT keeping.answered_at FROM agreements_clausekeeping keeping
    WHERE keeping.clause_id = clause.id AND keeping.refusal = ''
      AND keeping.answered_at < %(instant)s
)"""


def _clauses(traits: frozenset[str]) -> str:
    return f"""
        SELECT place.id AS organisation_id, place.path, clause.id
               {columns(traits, "clause", {"kept_at": _KEPT})}
        FROM tree place
        JOIN agreements_agreement agreement
            ON agreement.community_id = place.id AND agreement.signed_at < %(instant)s
        JOIN agreements_agreementclause clause ON clause.agreement_id = agreement.id
        WHERE {_HERE}"""


def _clauses_moved(_: frozenset[str]) -> str:
    return f"""
        EXISTS (
            SELECT 1 FROM agreements_agreement agreement WHERE {between("agreement.signed_at")}
        ) OR EXISTS (
            SELECT 1 FROM agreements_clausekeeping keeping WHERE {between("keeping.answered_at")}
        )"""


AGREED_CLAUSES = SourceRows(
    _clauses,
    _clauses_moved,
    """
    SELECT thing.id, place.name AS place, unit.name AS partner,
           agreement.year || ' ' || clause.title AS title, agreement.signed_at AS since
    FROM ({rows}) thing
    JOIN agreements_agreementclause clause ON clause.id = thing.id
    JOIN agreements_agreement agreement ON agreement.id = clause.agreement_id
    JOIN orgs_organisation unit ON unit.id = agreement.unit_id
    JOIN tree place ON place.id = thing.organisation_id
    WHERE {where}
    ORDER BY thing.path, agreement.signed_at, thing.id""",
    lambda row: PartnerRow(**row),
)

_LAST = f"""least(
    make_date(agreement.year, 12, 31),
    CASE WHEN agreement.ended_at < %(instant)s
         THEN (agreement.ended_at AT TIME ZONE '{clock.ZONE.key}')::date END
)"""
"""Until when what was done counts under an agreement: as its own page counts (`agreements`)."""
_STARTED = f"(offer.starts_at AT TIME ZONE '{clock.ZONE.key}')::date"
_PARTNERS = f"""
    SELECT place.id AS organisation_id, place.path, here.id AS community_id,
           make_date(agreement.year, 1, 1) AS since, {_LAST} AS until
    FROM tree place
    JOIN agreements_agreement agreement
        ON agreement.unit_id = place.id AND agreement.signed_at < %(instant)s
    JOIN tree host ON host.id = agreement.community_id
    JOIN tree here ON here.kind = 'community' AND starts_with(here.path, host.path)
    WHERE place.kind = 'unit' AND place.path LIKE %(below)s
      AND agreement.year BETWEEN extract(year FROM %(first)s::date)
                             AND extract(year FROM %(last)s::date)"""
"""A unit, a community of its agreement, and from when until when what is done there counts."""
_ACTIVITIES = f"""
    SELECT place.organisation_id, place.path, offer.id, offer.community_id,
           'activity' AS subject, offer.starts_at AS done_at
    FROM partner place
    JOIN offers_offer offer
        ON offer.community_id = place.community_id AND offer.recorded_at < %(instant)s
    JOIN tree organiser ON organiser.id = offer.organiser_id
        AND starts_with(organiser.path, place.path)
    WHERE {_STARTED} BETWEEN place.since AND place.until"""
_SERVICES = f"""
    SELECT place.organisation_id, place.path, r.id, r.community_id, 'service',
           r.served_on::timestamp AT TIME ZONE '{clock.ZONE.key}'
    FROM partner place
    JOIN tree leaf ON starts_with(leaf.path, place.path)
    JOIN ledger_servicerecord r
        ON r.branch_id = leaf.id AND r.community_id = place.community_id AND {tallies.IN_PERIOD}
    WHERE r.minutes > 0 AND r.served_on BETWEEN place.since AND place.until
      AND {standing("r")}"""


def _deeds(traits: frozenset[str]) -> str:
    """One row a deed and unit, also where two agreements of a year know it."""
    return f"""
        (WITH partner AS MATERIALIZED ({_PARTNERS})
        SELECT DISTINCT deed.organisation_id, deed.path, deed.id{columns(traits, "deed")}
        FROM ({_ACTIVITIES} UNION ALL {_SERVICES}) deed)"""


def _deeds_moved(traits: frozenset[str]) -> str:
    return f"""
        {_agreements_moved(traits)} OR EXISTS (
            SELECT 1 FROM offers_offer offer WHERE {between("offer.recorded_at")}
        ) OR {tallies.changes(tallies.OF_BRANCHES, "branch_id")}"""


AGREED_DEEDS = SourceRows(
    _deeds,
    _deeds_moved,
    """
    SELECT thing.id, place.name AS place, community.name AS partner,
           coalesce(offer.title, person.name) AS title, thing.done_at AS since
    FROM ({rows}) thing
    LEFT JOIN offers_offer offer ON thing.subject = 'activity' AND offer.id = thing.id
    LEFT JOIN ledger_servicerecord r
        ON thing.subject = 'service' AND r.community_id = thing.community_id AND r.id = thing.id
    LEFT JOIN people_person person ON person.id = r.person_id
    JOIN tree community ON community.id = thing.community_id
    JOIN tree place ON place.id = thing.organisation_id
    WHERE {where}
    ORDER BY thing.path, thing.done_at, thing.id""",
    lambda row: PartnerRow(**row),
    frozenset({"subject", "done_at", "community_id"}),
)
