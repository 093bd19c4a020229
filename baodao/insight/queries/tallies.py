"""Which chains have records that no tally holds yet."""

from baodao.insight.queries.asking import ask

_BEHIND = """
    SELECT head.community_id FROM ledger_chainhead head
    LEFT JOIN insight_taken taken ON taken.community_id = head.community_id
    WHERE head.seq > coalesce(taken.seq, 0) ORDER BY head.community_id"""


def behind() -> list[int]:
    """The communities whose latest records are not in the tallies."""
    return [row["community_id"] for row in ask(_BEHIND, {})]
