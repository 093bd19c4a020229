"""The registration table as an official form, and as plain facts for other programs."""

from collections.abc import Mapping
from datetime import date

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from baodao.documents.blocks import Column
from baodao.documents.filling import Item
from baodao.documents.rendering import Rendered, render
from baodao.insight.models import IssuedTable
from baodao.insight.queries import Listed, ListedPerson, Row, Table
from baodao.insight.rules import METRICS, applies, rate
from baodao.kernel import clock
from baodao.orgs.rules import Kind
from baodao.registration.rules import WHY, letter_number

FORM = "registration-table"
SEXES = {"m": "男", "f": "女"}
LABELS = {
    "members": "所属党员总数",
    "in_service": "在职党员数",
    "living_in_city": "其中住在本市",
    "registered": "已报到党员数",
    "registered_living": "其中住在本市",
    "waiting": "待社区接收数",
    "exempt": "免予或暂缓报到数",
    "missing": "未报到数",
    "units": "单位数",
    "units_registered": "单位报到数",
    "hosted": "在此报到党员数",
    "hosted_waiting": "待接收党员数",
    "hosted_ended": "已结束报到数",
    "hosted_units": "在此报到单位数",
    "communities": "社区数",
    "communities_empty": "无人报到社区数",
}
"""Headings on paper, short: it is always Chinese. The definitions are those of the catalogue."""

RATES = {"registered": "in_service", "registered_living": "living_in_city"}
"""Of which figure a rate is told, and of what it is a part."""

_PERSON_COLUMNS = (
    Column("index", "序号", 2.4),
    Column("name", "姓名", 4.5),
    Column("sex", "性别", 2.2),
    Column("position", "职务", 7, "left"),
    Column("community", "报到社区", 10, "left"),
    Column("accepted_on", "报到时间", 6),
    Column("reason", "未报到原因", 10, "left"),
    Column("remark", "备注", 4.5, "left"),
)


def rendered(issued: IssuedTable, made: Table, format: str) -> Rendered:  # noqa: A002
    """An issued table as pdf, xlsx, docx or html, with its number and its verifying code."""
    numbered = {
        "number": letter_number(issued.year, issued.number),
        "verify_url": f"{settings.PUBLIC_URL}/v/{issued.token}/",
        "compiler": issued.issued_by,
        "compiled_on": clock.local(issued.issued_at).date(),
    }
    file = render(FORM, [item(made) | numbered], format)
    name = f"{made.organisation.name}{file.filename.removesuffix(f'.{format}')}{made.as_of.on}"
    return Rendered(file.content, file.content_type, f"{name}.{format}")


def item(made: Table) -> dict[str, object]:
    """The table's facts under the names of the form; all words on paper are Chinese."""
    with translation.override("zh-hans"):
        return {
            "organisation": made.organisation.name,
            "as_of": made.as_of.on,
            "note": note(made),
            "columns": columns(made),
            "rows": [_item_row(made, row) for row in made.rows],
            "total": _total(made),
        }


def note(made: Table) -> str:
    """The sentence below the table."""
    figures = made.total
    if made.level is Kind.COMMUNITY:
        return (
            f"在本社区报到的党员{figures['hosted']}名，待接收{figures['hosted_waiting']}名，"
            f"在本社区报到的单位{figures['hosted_units']}个。"
        )
    return (
        f"本单位共有在职党员{figures['in_service']}名，到社区报到党员{figures['registered']}名；"
        f"其中住在本市的在职党员{figures['living_in_city']}名。"
    )


def columns(made: Table) -> tuple[Column, ...]:
    """The columns of the form for this level."""
    if made.level is Kind.BRANCH:
        return _PERSON_COLUMNS
    head = {Kind.UNIT: "党支部", Kind.COMMUNITY: "党员所在单位"}.get(made.level, "组织名称")
    wide = made.level in (Kind.UNIT, Kind.COMMUNITY)
    found = [Column("index", "序号", 2.4), Column("name", head, 12 if wide else 11, "left")]
    if made.level is Kind.COMMUNITY:
        found.append(Column("unit_accepted_on", "单位报到时间", 6))
    for metric in made.metrics:
        found.append(Column(metric, LABELS[metric], 4.2, total=True))
        if metric in RATES:
            found.append(Column(f"{metric}_rate", "报到率", 4.6))
    if wide:
        found.append(Column("remark", "备注", 5, "left"))
    return tuple(found)


def _item_row(made: Table, row: Row) -> Item:
    if row.person is not None:
        return _person_row(row.person)
    shown = {
        metric: count
        for metric, count in row.figures.items()
        if made.level is Kind.COMMUNITY or (row.kind and applies(metric, row.kind))
    }
    name = f"{row.name}（不设支部）" if row.direct else row.name
    accepted = clock.local(row.accepted_at).date() if row.accepted_at else None
    return {"name": name, "unit_accepted_on": accepted, **shown, **_rates(shown)}


def _person_row(person: ListedPerson) -> Item:
    return {
        "name": person.name,
        "sex": SEXES[person.sex],
        "position": person.position,
        "community": person.community,
        "accepted_on": accepted_on(person),
        "reason": reason(person),
    }


def _total(made: Table) -> Item:
    if made.level is Kind.BRANCH:
        return {}
    return {**made.total, **_rates(made.total)}


def _rates(figures: Mapping[str, int]) -> dict[str, str]:
    told = {}
    for part, whole in RATES.items():
        percent = rate(figures.get(part, 0), figures.get(whole, 0))
        told[f"{part}_rate"] = "" if percent is None else f"{percent:.1f}%"
    return told


def accepted_on(listed: Listed) -> date | None:
    """The day of acceptance in China."""
    return clock.local(listed.accepted_at).date() if listed.accepted_at else None


def reason(person: ListedPerson) -> str:
    """Why somebody in service is not registered, in the reader's words; empty when registered."""
    if person.why is None:
        return ""
    said = gettext(WHY[person.why])
    if person.note:
        said = gettext("%(why)s (%(note)s)") % {"why": said, "note": gettext(person.note)}
    if person.until:
        said = gettext("%(why)s until %(day)s") % {"why": said, "day": person.until}
    return said


def facts(made: Table) -> dict[str, object]:
    """The table for other programs: see docs/mechanisms/figures.md."""
    return {
        "organisation": {"code": made.organisation.code, "name": made.organisation.name},
        "level": made.level.value,
        "as_of": str(made.as_of),
        "columns": {metric: gettext(METRICS[metric].label) for metric in made.metrics},
        "definitions": {metric: gettext(METRICS[metric].meaning) for metric in made.metrics},
        "rows": [_facts_row(made, row) for row in made.rows],
        "total": made.total,
        "rates": _rates_told(made.total),
        "note": note(made),
    }


def _facts_row(made: Table, row: Row) -> dict[str, object]:
    figures = {metric: row.figures[metric] for metric in made.metrics}
    if row.person is not None:
        day = accepted_on(row.person)
        return {
            "code": row.person.number,
            "name": row.name,
            "kind": "person",
            "community": row.person.community,
            "accepted_on": day.isoformat() if day else None,
            "reason": reason(row.person),
            **figures,
        }
    kind = row.kind.value if row.kind else None
    return {"code": row.code, "name": row.name, "kind": kind, "direct": row.direct, **figures}


def _rates_told(figures: Mapping[str, int]) -> dict[str, float | None]:
    return {
        part: rate(figures.get(part, 0), figures.get(whole, 0))
        for part, whole in RATES.items()
        if whole in figures
    }
