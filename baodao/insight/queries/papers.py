"""What stands on an official table at the instant of its issue; all words on paper are Chinese."""

from collections.abc import Mapping
from datetime import date

from django.utils import translation

from baodao.documents.blocks import PaperColumn
from baodao.documents.sheets import Item
from baodao.figures.queries.counts import FigureQuery
from baodao.figures.queries.sources.people import ListedPerson
from baodao.figures.queries.trees import place_then
from baodao.figures.rules.catalogue import METRICS
from baodao.figures.rules.figures import plain, share_of
from baodao.figures.rules.sheets import StatSheet
from baodao.insight.queries.charts import minutes_by_kind
from baodao.insight.queries.tables import StatRow, StatTable
from baodao.insight.queries.words import (
    accepted_on,
    kind_words,
    period_words,
    reason,
    row_name,
)
from baodao.insight.rules.charts import By, drawings_at
from baodao.insight.rules.sheets import NOTES
from baodao.kernel import clock
from baodao.ledger.queries.categories import category_words
from baodao.ledger.rules.durations import hours_figure
from baodao.orgs.rules.tree import Kind
from baodao.people.rules.standing import paper_word

_HEADS = {Kind.BRANCH: "姓名", Kind.UNIT: "党支部", Kind.COMMUNITY: "党员所在单位"}

_PERSON_COLUMNS = (
    PaperColumn("index", "序号", 2.4),
    PaperColumn("name", "姓名", 4.5),
    PaperColumn("sex", "性别", 2.2),
    PaperColumn("position", "职务", 7, "left"),
    PaperColumn("community", "报到社区", 10, "left"),
    PaperColumn("accepted_on", "报到时间", 6),
    PaperColumn("reason", "未报到原因", 10, "left"),
    PaperColumn("remark", "备注", 4.5, "left"),
)


def item(table: StatTable) -> dict[str, object]:
    """The table's facts under the names of the form; all words on paper are Chinese."""
    with translation.override("zh-hans"):
        return {
            "organisation": table.name,
            "as_of": table.as_of.on,
            "period": period_words(table.period),
            "service_note" if table.sheet is StatSheet.SERVICE else "note": note(table),
            "columns": columns(table),
            "rows": [_item_row(table, row) for row in table.rows],
            "total": {} if table.with_reasons else _texts(table, table.total),
            **({"months": months(table)} if table.sheet is StatSheet.SERVICE else {}),
        }


def months(table: StatTable) -> list[Item]:
    """The hours of each month of the period until the table's day, by kind."""
    drawn = [one for one in drawings_at(table.level) if one.by is By.MONTH]
    if not drawn:
        return []
    (code,) = drawn[0].metrics
    place = place_then(table.organisation, table.as_of)
    metric = METRICS[code]
    query = FigureQuery(table.organisation, place, (metric,), table.as_of, table.period)
    kinds, words = minutes_by_kind(query, metric), category_words(table.organisation)
    first, last = table.period.first, min(table.period.last, table.as_of.on)
    return [
        {"name": f"{month}月"}
        | {
            kind_words(words, kind): hours_figure(minutes[date(first.year, month, 1)])
            for kind, minutes in kinds.items()
        }
        for month in range(first.month, last.month + 1)
    ]


def note(table: StatTable) -> str:
    """The sentence below the table."""
    texts = {
        code: plain(METRICS[code], figure, table.as_of.on) for code, figure in table.total.items()
    }
    clauses = [clause for clause in NOTES[table.sheet] if table.level in clause.levels]
    return "；".join(clause.text.format_map(texts) for clause in clauses) + "。"


def columns(table: StatTable) -> tuple[PaperColumn, ...]:
    """The columns of the form for this level."""
    if table.with_reasons:
        return _PERSON_COLUMNS
    head = _HEADS.get(table.level, "组织名称")
    narrow = table.level in _HEADS
    drawn = [
        PaperColumn("index", "序号", 2.4),
        PaperColumn("name", head, 12 if narrow else 11, "left"),
    ]
    if table.level is Kind.COMMUNITY and table.sheet is StatSheet.REGISTRATION:
        drawn.append(PaperColumn("unit_accepted_on", "单位报到时间", 6))
    for metric in table.printed:
        drawn.append(PaperColumn(metric.code, metric.paper_heading, 4.2, total=True))
        if metric.share:
            drawn.append(PaperColumn(f"{metric.code}_rate", metric.share.paper_heading, 4.6))
    if narrow:
        drawn.append(PaperColumn("remark", "备注", 5, "left"))
    return tuple(drawn)


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
