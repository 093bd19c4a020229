"""The official tables as forms, and as plain facts for other programs."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext

from baodao.documents.files import Rendered, render
from baodao.documents.queries import issued_items
from baodao.figures.rules.definitions import Measure, Metric
from baodao.figures.rules.figures import instant_of, share_of
from baodao.figures.rules.sheets import StatSheet
from baodao.insight.models import IssuedTable
from baodao.insight.queries.papers import note
from baodao.insight.queries.tables import StatRow, StatTable
from baodao.insight.queries.words import accepted_on, reason
from baodao.kernel import clock


def rendered(issued: IssuedTable, format: str) -> Rendered:  # noqa: A002
    """An issued table as pdf, xlsx, docx or html, as it was issued, with its verifying code."""
    [item] = issued_items([issued.pk], issued.form)
    file = render(issued.form, [item], format)
    title = item.get("table_title") or file.filename.removesuffix(f".{format}")
    name = f"{item['organisation']}{title}{item['as_of']}.{format}"
    return Rendered(file.content, file.content_type, name)


def facts(table: StatTable) -> dict[str, object]:
    """The table for other programs: see docs/mechanisms/figures.md."""
    head: dict[str, object] = {
        "organisation": {"code": table.organisation.code, "name": table.name},
        "level": table.level.value,
        "as_of": str(table.as_of),
    }
    if table.sheet is StatSheet.SERVICE:
        head["period"] = str(table.period)
    return head | {
        "columns": {metric.code: gettext(metric.heading) for metric in table.metrics},
        "definitions": {metric.code: gettext(metric.meaning) for metric in table.metrics},
        "rows": [_facts_row(table, row) for row in table.rows],
        "total": _values(table.metrics, table.total),
        "rates": {
            metric.code: share_of(metric, table.total) for metric in table.metrics if metric.share
        },
        "note": note(table),
    }


def _facts_row(table: StatTable, row: StatRow) -> dict[str, object]:
    figures = _values(table.metrics, row.figures)
    if row.person is None:
        kind = row.kind.value if row.kind else None
        return {"code": row.code, "name": row.name, "kind": kind, "direct": row.direct, **figures}
    who: dict[str, object] = {"code": row.person.number, "name": row.name, "kind": "person"}
    if not table.with_reasons:
        return who | figures
    day = accepted_on(row.person)
    about = {
        "community": row.person.community,
        "accepted_on": day.isoformat() if day else None,
        "reason": reason(row.person),
    }
    return who | about | figures


def _values(metrics: Iterable[Metric], figures: Mapping[str, int]) -> dict[str, object]:
    """Figures for a program: numbers, minutes, or an instant with its offset."""
    return {metric.code: _value(metric, figures[metric.code]) for metric in metrics}


def _value(metric: Metric, figure: int) -> int | str | None:
    if metric.measure is not Measure.EARLIEST:
        return figure
    instant = instant_of(figure)
    return clock.local(instant).isoformat() if instant else None
