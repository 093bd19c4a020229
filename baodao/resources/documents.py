"""资源清单, 需求清单, 项目清单 on paper, in Chinese whatever the reader's language."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any
from uuid import UUID

from django.utils import translation

from baodao.documents.form import Form
from baodao.documents.sheets import Item
from baodao.kernel import clock
from baodao.ledger.queries.categories import category_words
from baodao.ledger.rules.durations import hours_figure
from baodao.orgs.models import Organisation
from baodao.resources.models import Project, Resource
from baodao.resources.queries.claims import activities_of, claim_rows, done_in
from baodao.resources.rules.lists import when_of
from baodao.resources.rules.lives import ListClaimState
from baodao.resources.rules.papers import NEED_LIST, PROJECT_LIST, RESOURCE_LIST
from baodao.ui.wording import word_of

Rows = Sequence[Any]


def list_item(form: Form, place: Organisation, rows: Rows) -> Item:
    """One of the three lists of a place, in the order given."""
    with translation.override("zh-hans"):
        lines = _LINES[form.code](rows)
    return {"organisation": place.name, "as_of": clock.today(), "rows": lines}


def _claimed(column: str, ids: Iterable[UUID]) -> dict[UUID, str]:
    """Who has claimed each of these, and for when."""
    names: dict[UUID, list[str]] = defaultdict(list)
    rows = claim_rows().filter(state=ListClaimState.AGREED, **{f"{column}__in": list(ids)})
    if column == "need":
        rows = rows.filter(resource=None)
    for row in rows.order_by("starts_at", "claimed_at", "pk"):
        name = row.community.name if column == "resource" else row.unit.name
        when = when_of(row.starts_at, row.ends_at)
        names[getattr(row, f"{column}_id")].append(f"{name}（{when}）" if when else name)
    return {pk: "；".join(several) for pk, several in names.items()}


def _resources(rows: Sequence[Resource]) -> list[Item]:
    claimed = _claimed("resource", [row.pk for row in rows])
    return [
        {
            "unit": row.unit.name,
            "resource_kind": row.kind,
            "title": "：".join(filter(None, (row.title, row.text))),
            "schedule": row.schedule,
            "amount": row.amount,
            "conditions": row.conditions,
            "contact": f"{row.contact_name} {row.contact_phone}".strip(),
            "claimed_by": claimed.get(row.pk, ""),
        }
        for row in rows
    ]


def _needs(rows: Rows) -> list[Item]:
    claimed = _claimed("need", [row.need_id for row in rows])
    return [
        {
            "community": row.need.community.name,
            "kind": word_of(category_words(row.need.community), row.need.category),
            "need_text": row.need.text,
            "units_wanted": row.units,
            "listed_on": clock.day_of(row.since),
            "claimed_by": claimed.get(row.need_id, ""),
        }
        for row in rows
    ]


def _projects(rows: Sequence[Project]) -> list[Item]:
    claimed = _claimed("project", [row.pk for row in rows])
    return [
        {
            "served_year": str(row.year),
            "title": "：".join(filter(None, (row.title, row.text))),
            "proposer": row.proposer.name,
            "project_state": row.get_state_display(),
            "done": _done(row),
            "claimed_by": claimed.get(row.pk, ""),
        }
        for row in rows
    ]


def _done(row: Project) -> str:
    totals = done_in(row)
    hours = hours_figure(totals.minutes)
    return f"活动{activities_of(row).count()}场，服务{totals.records}人次，{hours}小时"


_LINES: dict[str, Callable[[Any], list[Item]]] = {
    RESOURCE_LIST.code: _resources,
    NEED_LIST.code: _needs,
    PROJECT_LIST.code: _projects,
}
