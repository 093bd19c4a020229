"""Typical cases (典型) of a report: services whose result is told in words, as they stood then."""

from typing import Any

from django.utils.translation import gettext, override

from baodao.documents.sheets import paper_text
from baodao.figures.queries.counts import FigureQuery
from baodao.figures.queries.sql import ask
from baodao.figures.queries.statements import rows_behind
from baodao.figures.rules.definitions import Metric
from baodao.ledger.queries.categories import category_words
from baodao.sentences.rules.cases import names_somebody

MOST, LOOKED_THROUGH = 3, 60
"""So many cases stand in a report; chosen among so many, the best first."""

_CASES = """
    SELECT r.community_id, community.name AS community, r.served_on, r.offer_title, r.category,
           r.result, min(r.id::text) AS record_id, count(*) AS people,
           bool_or(r.recipient_confirmed) AS confirmed,
           array(
               SELECT need.asker FROM offers_answer answer
               JOIN needs_need need ON need.id = answer.need_id
               WHERE answer.offer_id = r.offer_id
           ) AS askers
    FROM ({rows}) thing
    JOIN ledger_servicerecord r ON r.community_id = thing.community_id AND r.id = thing.id
    JOIN tree community ON community.id = r.community_id
    WHERE r.result <> '' AND r.result !~ '[0-9]{{7,}}' AND r.way <> 'pairing'
    GROUP BY r.community_id, community.name, r.served_on, r.offer_title, r.category, r.result,
        r.offer_id
    ORDER BY confirmed DESC, people DESC, r.served_on DESC, record_id LIMIT %(most)s"""
"""Those confirmed by who was helped first, then those in which most served; none whose words carry
a number of somebody, and no visits to households."""


def typical_cases(query: FigureQuery, metric: Metric) -> list[dict[str, object]]:
    """What was done, among the records that a metric counts: in words, with one record of each;
    none that names who was helped, and of what was told in the same words the best alone."""
    words = category_words(query.organisation)
    rows = ask(_CASES.format(rows=rows_behind(metric)), query.values | {"most": LOOKED_THROUGH})
    deeds: dict[str, dict[str, Any]] = {}
    for row in rows:
        if not names_somebody(row["result"], row["askers"]):
            deeds.setdefault(row["result"].strip("。.；; "), row)
    with override("zh-hans"):
        return [_case(row, words) for row in list(deeds.values())[:MOST]]


def _case(row: dict[str, Any], words: dict[str, str]) -> dict[str, object]:
    title = row["offer_title"] or gettext(words.get(row["category"], row["category"]))
    day, result = paper_text(row["served_on"], "day"), row["result"].rstrip("。.；; ")
    return {
        "text": f"典型事例：{day}，{row['community']}“{title}”，{row['people']}人参加。{result}。",
        "community": row["community_id"],
        "record": row["record_id"],
    }
