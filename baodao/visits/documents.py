"""Visits on paper: 走访记录表."""

from collections.abc import Collection
from typing import Any

from django.utils import translation

from baodao.documents.files import Rendered, render
from baodao.documents.sheets import Item
from baodao.kernel import clock
from baodao.people.queries.members import unit_of
from baodao.visits.queries.visits import need_counts_of, outcome_counts_of
from baodao.visits.rules.papers import VISIT_RECORDS


def visit_records(place: str, visits: Collection[Any], ending: str) -> Rendered:
    """走访记录表 of a place in one medium."""
    return render(VISIT_RECORDS.code, [visit_records_item(place, visits)], ending)


def visit_records_item(place: str, visits: Collection[Any]) -> Item:
    """The visits in the order given, in Chinese whatever the reader's language; the words of
    households stay empty for who may not read them."""
    needs, problems = need_counts_of(visits), outcome_counts_of(visits)
    with translation.override("zh-hans"):
        rows = [_row(visit, needs[visit.pk], problems[visit.pk]) for visit in visits]
    return {"organisation": place, "as_of": clock.today(), "rows": rows}


def _row(visit: Any, needs: int, problems: int) -> dict[str, object]:
    counts = (("转为需求", needs), ("列入问题清单", problems))
    outcomes = [f"{words}{count}件" for words, count in counts if count]
    words = {name: getattr(visit, name) for name in ("seen", "heard", "explained", "done")}
    return {
        "on": visit.on,
        "cadre": visit.person.name,
        "unit": unit_of(visit.branch).name,
        "contact": visit.contact.words,
        "outcome": "，".join(outcomes),
        **(words if visit.legible else dict.fromkeys(words, "")),
    }
