"""What stands on an official table at the instant of its issue; all words on paper are Chinese."""

from collections.abc import Mapping
from datetime import date

from django.utils import translation

from baodao.documents.sheets import Item
from baodao.figures.queries.counts import FigureQuery
from baodao.figures.queries.sources.people import ListedPerson
from baodao.figures.rules.catalogue import METRICS
from baodao.figures.rules.figures import plain, share_of
from baodao.figures.rules.sheets import StatSheet
from baodao.insight.queries.charts import minutes_by_kind
from baodao.insight.queries.tables import StatRow, StatTable
from baodao.insight.queries.words import (
    accepted_on,
    kind_words,
    reason,
    row_name,
)
from baodao.insight.rules.charts import By, drawings_at
from baodao.insight.rules.columns import paper_columns
from baodao.insight.rules.sheets import NOTES
from baodao.kernel import clock
from baodao.kernel.moments import AsOf, Period
from baodao.ledger.queries.categories import category_words
from baodao.ledger.rules.durations import hours_figure
from baodao.orgs.models import Organisation
from baodao.orgs.queries.trees import place_then
from baodao.orgs.rules.tree import Kind
from baodao.people.rules.standing import paper_word
from baodao.ui.wording import period_words


def item(table: StatTable) -> dict[str, object]:
    """The table's facts under the names of the form; all words on paper are Chinese."""
    with translation.override("zh-hans"):
        return {
            "organisation": table.name,
            "as_of": table.as_of.on,
            "period": period_words(table.period),
            "service_note" if table.sheet is StatSheet.SERVICE else "note": note(table),
            "columns": paper_columns(table.sheet, table.level),
            "rows": [_item_row(table, row) for row in table.rows],
            "total": {} if table.with_reasons else _texts(table, table.total),
            **({"months": months(table)} if table.sheet is StatSheet.SERVICE else {}),
        }


def months(table: StatTable) -> list[Item]:
    """The hours of each month of its period."""
    return hours_by_month(table.organisation, table.as_of, table.period)[0]


def hours_by_month(
    organisation: Organisation, as_of: AsOf, period: Period
) -> tuple[list[Item], dict[str, str]]:
    """The hours of each month of a period until a day, by kind in words; and the code of each kind,
    empty for all others together. None of a period that is no whole months."""
    drawn = [one for one in drawings_at(Kind(organisation.kind)) if one.by is By.MONTH]
    if not drawn or not period.whole_months:
        return [], {}
    (code,) = drawn[0].metrics
    metric, place = METRICS[code], place_then(organisation, as_of)
    kinds = minutes_by_kind(FigureQuery(organisation, place, (metric,), as_of, period), metric)
    words = category_words(organisation)
    first, last = period.first, min(period.last, as_of.on)
    rows: list[Item] = [
        {"name": f"{month}月"}
        | {
            kind_words(words, kind): hours_figure(minutes[date(first.year, month, 1)])
            for kind, minutes in kinds.items()
        }
        for month in range(first.month, last.month + 1)
    ]
    return rows, {kind_words(words, kind): kind for kind in kinds}


def note(table: StatTable) -> str:
    """The sentence below the table."""
    texts = {
        code: plain(METRICS[code], figure, table.as_of.on) for code, figure in table.total.items()
    }
    clauses = [clause for clause in NOTES[table.sheet] if table.level in clause.levels]
    return "；".join(clause.text.format_map(texts) for clause in clauses) + "。"


def _item_row(table: StatTable, row: StatRow) -> Item:
    if row.person is not None and table.with_reasons:
        return _person_row(row.person)
    figures = {
        metric.code: row.figures[metric.code]
        for metric in table.printed
        if table.shows(row, metric)
    }
    accepted = clock.local(row.accepted_at).date() if row.accepted_at else None
    return {"name": row_name(row), "unit_accepted_on": accepted, **_texts(table, figures)}


def _texts(table: StatTable, figures: Mapping[str, int]) -> dict[str, object]:
    """Figures and their rates as they stand on paper."""
    texts: dict[str, object] = {}
    for metric in table.printed:
        if metric.code in figures:
            texts[metric.code] = plain(metric, figures[metric.code], table.as_of.on)
        if metric.share:
            share = share_of(metric, figures)
            texts[f"{metric.code}_rate"] = "" if share is None else f"{share:.1f}%"
    return texts


def _person_row(person: ListedPerson) -> Item:
    return {
        "name": person.name,
        "sex": paper_word(person.sex),
        "position": person.position,
        "community": person.community,
        "accepted_on": accepted_on(person),
        "reason": reason(person),
    }
