"""The official tables as forms, and as plain facts for other programs."""

from collections.abc import Iterable, Mapping

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from baodao.documents.blocks import PaperColumn
from baodao.documents.files import Rendered, render
from baodao.documents.rules import number_text
from baodao.documents.sheets import Item
from baodao.insight.models import IssuedTable
from baodao.insight.queries.sources.people import ListedPerson
from baodao.insight.queries.tables import StatRow, StatTable
from baodao.insight.rules.catalogue import METRICS
from baodao.insight.rules.definitions import Measure, Metric
from baodao.insight.rules.figures import instant_of, plain, share_of
from baodao.insight.rules.sheets import FORMS, NOTES, StatSheet
from baodao.insight.tables.words import accepted_on, period_words, reason, row_name
from baodao.kernel import clock
from baodao.orgs.rules import Kind
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


def rendered(issued: IssuedTable, table: StatTable, format: str) -> Rendered:  # noqa: A002
    """An issued table as pdf, xlsx, docx or html, with its number and its verifying code."""
    numbered = {
        "number": number_text(issued.year, issued.number),
        "verify_url": f"{settings.PUBLIC_URL}/v/{issued.token}/",
        "compiler": issued.issued_by,
        "compiled_on": clock.local(issued.issued_at).date(),
    }
    file = render(FORMS[table.sheet], [item(table) | numbered], format)
    name = f"{table.organisation.name}{file.filename.removesuffix(f'.{format}')}{table.as_of.on}"
    return Rendered(file.content, file.content_type, f"{name}.{format}")


def item(table: StatTable) -> dict[str, object]:
    """The table's facts under the names of the form; all words on paper are Chinese."""
    with translation.override("zh-hans"):
        return {
            "organisation": table.organisation.name,
            "as_of": table.as_of.on,
            "period": period_words(table.period),
            "service_note" if table.sheet is StatSheet.SERVICE else "note": note(table),
            "columns": columns(table),
            "rows": [_item_row(table, row) for row in table.rows],
            "total": {} if _with_reasons(table) else _texts(table, table.total),
        }


def note(table: StatTable) -> str:
    """The sentence below the table."""
    texts = {
        code: plain(METRICS[code], figure, table.as_of.instant)
        for code, figure in table.total.items()
    }
    clauses = [clause for clause in NOTES[table.sheet] if table.level in clause.levels]
    return "；".join(clause.text.format_map(texts) for clause in clauses) + "。"


def columns(table: StatTable) -> tuple[PaperColumn, ...]:
    """The columns of the form for this level."""
    if _with_reasons(table):
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


def _with_reasons(table: StatTable) -> bool:
    """Whether its rows are people with the reason why they are not registered."""
    return table.of_persons and table.sheet is StatSheet.REGISTRATION


def _item_row(table: StatTable, row: StatRow) -> Item:
    if row.person is not None and _with_reasons(table):
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
            texts[metric.code] = plain(metric, figures[metric.code], table.as_of.instant)
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


def facts(table: StatTable) -> dict[str, object]:
    """The table for other programs: see docs/mechanisms/figures.md."""
    head: dict[str, object] = {
        "organisation": {"code": table.organisation.code, "name": table.organisation.name},
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
    if not _with_reasons(table):
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
