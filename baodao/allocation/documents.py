"""A proposal on paper: 服务力量分配方案."""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext

from baodao.allocation.models import Allocation, AllocationLine
from baodao.allocation.rules.measures import DISTANCES
from baodao.allocation.rules.papers import ALLOCATION_PLAN
from baodao.allocation.tables import measure_lines, reason_words, row_words
from baodao.documents.files import Rendered, render
from baodao.documents.sheets import Item
from baodao.kernel import clock


def allocation_plan(row: Allocation, lines: Any, ending: str) -> Rendered:
    """服务力量分配方案 of a proposal in one medium, with these rows of it."""
    return render(ALLOCATION_PLAN.code, [allocation_plan_item(row, lines)], ending)


def allocation_plan_item(row: Allocation, lines: Any) -> Item:
    """What it comes to beside today, and its rows, each with its reason and what became of it."""
    with translation.override("zh-hans"):
        return {
            "organisation": row.authority.name,
            "as_of": clock.day_of(row.as_of),
            "allocation_counts": _counts(row),
            "rows": [_row(one) for one in lines],
        }


def _counts(row: Allocation) -> str:
    """Each measure as proposed, beside today."""
    words = (
        f"{one.label}：目前{one.today}，方案{one.proposal}（{one.why}）"
        for one in measure_lines(row)
    )
    return "；".join(words) + "。"


def _row(one: AllocationLine) -> dict[str, object]:
    return {
        "name": one.name,
        "unit": one.unit.name,
        "allocation_former": one.former.name if one.former else "",
        "allocation_community": one.community.name,
        "allocation_way": gettext(DISTANCES[one.way]),
        "allocation_reason": reason_words(one),
        "allocation_state": row_words(one),
    }
