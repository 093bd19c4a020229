"""Offers and the claims on them: as rows that are counted, and as they are listed."""
# ruff: noqa: S608 - every part is a constant of this slice, values are parameters

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from baodao.figures.queries.sources.rows import SourceRows, between
from baodao.kernel import clock
from baodao.offers.rules.lives import OfferState
from baodao.orgs.queries.trees import unit_id_of
from baodao.tallies.rules.conditions import columns

_OF_OFFER = {
    "series_day": f"""(
        SELECT date.on::timestamp AT TIME ZONE '{clock.ZONE.key}' FROM series_seriesdate date
        WHERE date.offer_id = offer.id)""",
    "standing": f"""
        NOT (offer.state = '{OfferState.CANCELLED}' AND offer.ended_at < %(instant)s)""",
}
_OF_CLAIM = {"kind": "offer.kind", "seated": "claim.seated_at < %(instant)s"}


def _offers(traits: frozenset[str]) -> str:
    return f"""
        SELECT community.id AS organisation_id, community.path, offer.id
               {columns(traits, "offer", _OF_OFFER)}
        FROM tree community
        JOIN offers_offer offer
            ON offer.community_id = community.id AND offer.published_at < %(instant)s
        WHERE community.kind = 'community' AND community.path LIKE %(below)s"""


def _claims(traits: frozenset[str], leaf: str, kinds: str, joined: str = "") -> str:
    """Claims on the organisations that their column `leaf` names."""
    return f"""
        SELECT {leaf}.id AS organisation_id, {leaf}.path, claim.id, claim.person_id,
               {unit_id_of("branch")} AS unit_id
               {columns(traits, "claim", _OF_CLAIM)}
        FROM tree {leaf}
        JOIN claims_claim claim ON claim.{leaf}_id = {leaf}.id AND claim.claimed_at < %(instant)s
            AND (claim.ended_at IS NULL OR claim.ended_at >= %(instant)s)
        LEFT JOIN offers_offer offer ON offer.id = claim.offer_id
        {joined}
        WHERE {leaf}.path LIKE %(below)s AND {leaf}.kind IN ({kinds})"""


def _posts(traits: frozenset[str]) -> str:
    return _claims(traits, "branch", "'branch', 'unit'")


def _claims_here(traits: frozenset[str]) -> str:
    branch = "LEFT JOIN tree branch ON branch.id = claim.branch_id"
    return _claims(traits, "community", "'community'", branch)


def _changes(traits: frozenset[str], rows: str, leaf: str, instants: str) -> str:  # noqa: ARG001
    """Something of `rows`, on the organisations that their column `leaf` names."""
    return f"""
        EXISTS (
            SELECT 1 FROM {rows} thing JOIN tree leaf ON leaf.id = thing.{leaf}_id
            WHERE leaf.path LIKE %(below)s AND ({instants})
        )"""


_PUBLISHED = between("thing.published_at", "thing.ended_at")
_CLAIMED = between("thing.claimed_at", "thing.seated_at", "thing.ended_at")

_LISTED_OFFERS = """
    SELECT offer.id, offer.title, offer.kind, offer.category, offer.places,
           community.name AS community, offer.published_at
    FROM ({rows}) thing
    JOIN offers_offer offer ON offer.id = thing.id
    JOIN tree community ON community.id = offer.community_id
    WHERE {where}
    ORDER BY thing.path, offer.published_at, offer.id"""

_LISTED_CLAIMS = f"""
    SELECT claim.id, claim.person_id, coalesce(person.name, branch.name) AS name,
           coalesce(person.number, '') AS number,
           unit.name AS unit,
           CASE branch.kind WHEN 'branch' THEN branch.name ELSE '' END AS branch,
           community.name AS community, offer.title, offer.kind, claim.claimed_at
    FROM ({{rows}}) thing
    JOIN claims_claim claim ON claim.id = thing.id
    JOIN offers_offer offer ON offer.id = claim.offer_id
    LEFT JOIN people_person person ON person.id = claim.person_id
    JOIN tree branch ON branch.id = claim.branch_id
    LEFT JOIN tree unit ON unit.id = {unit_id_of("branch")}
    JOIN tree community ON community.id = claim.community_id
    WHERE {{where}}
    ORDER BY thing.path, claim.claimed_at, claim.id"""


@dataclass(frozen=True)
class ListedOffer:
    """A post or an activity that was published."""

    id: UUID
    title: str
    kind: str
    category: str
    places: int
    community: str
    published_at: datetime


@dataclass(frozen=True)
class ListedClaim:
    """A claim, of whom (a person, or a unit or team without one) and on what."""

    id: UUID
    person_id: UUID | None
    name: str
    number: str
    unit: str
    branch: str
    community: str
    title: str
    kind: str
    claimed_at: datetime


OFFERS = SourceRows(
    _offers,
    partial(_changes, rows="offers_offer", leaf="community", instants=_PUBLISHED),
    _LISTED_OFFERS,
    lambda row: ListedOffer(**row),
)
POSTS = SourceRows(
    _posts,
    partial(_changes, rows="claims_claim", leaf="branch", instants=_CLAIMED),
    _LISTED_CLAIMS,
    lambda row: ListedClaim(**row),
)
CLAIMS = SourceRows(
    _claims_here,
    partial(_changes, rows="claims_claim", leaf="community", instants=_CLAIMED),
    _LISTED_CLAIMS,
    lambda row: ListedClaim(**row),
)
