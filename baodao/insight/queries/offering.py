"""Needs, offers and claims in SQL, as they stood at the instant."""

from baodao.offers.queries.kinds import standing_kinds

STANDING = ", ".join(f"'{code}'" for code in standing_kinds())
CLAIMS = """
    SELECT {leaf}.id AS organisation_id, {leaf}.path, claim.id, claim.person_id,
           offer.kind IN ({standing}) AS of_post, claim.seated_at < %(instant)s AS seated,
           CASE branch.kind WHEN 'branch' THEN branch.parent_id ELSE branch.id END AS unit_id
    FROM orgs_organisation {leaf}
    JOIN offers_claim claim ON claim.{leaf}_id = {leaf}.id AND claim.claimed_at < %(instant)s
        AND (claim.ended_at IS NULL OR claim.ended_at >= %(instant)s)
    JOIN offers_offer offer ON offer.id = claim.offer_id
    {branch}
    WHERE {leaf}.path LIKE %(below)s AND {leaf}.kind IN ({kinds})"""
POSTS = CLAIMS.format(leaf="branch", kinds="'branch', 'unit'", branch="", standing=STANDING)
CLAIMS_HERE = CLAIMS.format(
    leaf="community",
    kinds="'community'",
    branch="JOIN orgs_organisation branch ON branch.id = claim.branch_id",
    standing=STANDING,
)

NEEDS = """
    SELECT community.id AS organisation_id, community.path, need.id, need.collected_at,
           stage.state, stage.since
    FROM orgs_organisation community
    JOIN offers_need need ON need.community_id = community.id AND need.collected_at < %(instant)s
    JOIN offers_needstage stage ON stage.need_id = need.id AND stage.since < %(instant)s
        AND (stage.until IS NULL OR stage.until >= %(instant)s)
    WHERE community.kind = 'community' AND community.path LIKE %(below)s"""

COLLECTED = "collected_at >= %(begins)s AND collected_at < %(ends)s"
WITHOUT_HELP = "state IN ('collected', 'screened')"
MET = "state = 'met' AND since >= %(begins)s AND since < %(ends)s"
UNMET = "state = 'unmet' AND since >= %(begins)s AND since < %(ends)s"

OFFERS = """
    SELECT community.id AS organisation_id, community.path, offer.id
    FROM orgs_organisation community
    JOIN offers_offer offer ON offer.community_id = community.id
        AND offer.published_at < %(instant)s
        AND offer.published_at >= %(begins)s AND offer.published_at < %(ends)s
    WHERE community.kind = 'community' AND community.path LIKE %(below)s"""
