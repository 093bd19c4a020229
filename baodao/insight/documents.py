"""The official tables as forms, and as plain facts for other programs."""

from collections.abc import Mapping
from datetime import date

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from baodao.documents.blocks import Column
from baodao.documents.filling import Item
from baodao.documents.rendering import Rendered, render
from baodao.documents.rules import number_text
from baodao.insight.commands import FORMS
from baodao.insight.models import IssuedTable
from baodao.insight.queries import ListedOrganisation, ListedPerson, Row, Table
from baodao.insight.rules import METRICS, OWN, Period, Sheet, applies, hours, rate
from baodao.kernel import clock
from baodao.orgs.rules import Kind

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
    "served": "参加服务党员数",
    "services": "服务人次",
    "minutes": "服务时长（小时）",
    "posts_held": "认领岗位数",
    "hosted_served": "其中参加服务",
    "services_here": "在此服务人次",
    "minutes_here": "在此服务时长（小时）",
    "needs_collected": "征集需求数",
    "needs_without_help": "待帮助需求数",
    "needs_met": "办实事次数",
    "needs_unmet": "未能满足数",
    "offers_published": "发布岗位和活动数",
    "claims_live": "有效认领数",
}
"""Headings on paper, short: it is always Chinese. The definitions are those of the catalogue."""

RATES = {"registered": "in_service", "registered_living": "living_in_city"}
"""Of which figure a rate is told, and of what it is a part."""

_HEADS = {Kind.BRANCH: "姓名", Kind.UNIT: "党支部", Kind.COMMUNITY: "党员所在单位"}

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
        "number": number_text(issued.year, issued.number),
        "verify_url": f"{settings.PUBLIC_URL}/v/{issued.token}/",
        "compiler": issued.issued_by,
        "compiled_on": clock.local(issued.issued_at).date(),
    }
    file = render(FORMS[made.sheet], [item(made) | numbered], format)
    name = f"{made.organisation.name}{file.filename.removesuffix(f'.{format}')}{made.as_of.on}"
    return Rendered(file.content, file.content_type, f"{name}.{format}")


def item(made: Table) -> dict[str, object]:
    """The table's facts under the names of the form; all words on paper are Chinese."""
    with translation.override("zh-hans"):
        return {
            "organisation": made.organisation.name,
            "as_of": made.as_of.on,
            "period": period_words(made.period),
            "service_note" if made.sheet is Sheet.SERVICE else "note": note(made),
            "columns": columns(made),
            "rows": [_item_row(made, row) for row in made.rows],
            "total": _total(made),
        }


def note(made: Table) -> str:
    """The sentence below the table."""
    return _service_note(made) if made.sheet is Sheet.SERVICE else _registration_note(made)


def _registration_note(made: Table) -> str:
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


def _service_note(made: Table) -> str:
    """Both sides where there are both: what the members did, and what was done here."""
    figures, told = made.total, []
    if "services" in figures:
        told.append(
            f"在职党员{figures['in_service']}名中{figures['served']}名参加服务，"
            f"共{figures['services']}人次{hours(figures['minutes'])}小时，"
            f"认领岗位{figures['posts_held']}个"
        )
    if "services_here" in figures:
        told.append(
            f"在此报到的党员{figures['hosted']}名中{figures['hosted_served']}名参加服务；"
            f"在此开展服务{figures['services_here']}人次{hours(figures['minutes_here'])}小时；"
            f"征集需求{figures['needs_collected']}件，办实事{figures['needs_met']}件，"
            f"未能满足{figures['needs_unmet']}件，待帮助{figures['needs_without_help']}件"
        )
    return "；".join(told) + "。"


def period_words(period: Period) -> str:
    """A period in the reader's words."""
    year, _, part = str(period).partition("-")
    if not part:
        return gettext("the year %(year)s") % {"year": year}
    if part[0] == "H":
        told = (
            gettext("first half of %(year)s")
            if part == "H1"
            else gettext("second half of %(year)s")
        )
        return told % {"year": year}
    if part[0] == "Q":
        return gettext("quarter %(quarter)s of %(year)s") % {"quarter": part[1], "year": year}
    return gettext("month %(month)s of %(year)s") % {"month": int(part), "year": year}


def shows(made: Table, row: Row, metric: str) -> bool:
    """Whether a row says anything of a metric; else a dash stands there."""
    if row.person is not None:
        return True
    if made.level is Kind.COMMUNITY:
        return row.direct == (metric in OWN)
    return row.kind is not None and applies(metric, row.kind)


def columns(made: Table) -> tuple[Column, ...]:
    """The columns of the form for this level."""
    if made.level is Kind.BRANCH and made.sheet is Sheet.REGISTRATION:
        return _PERSON_COLUMNS
    head = _HEADS.get(made.level, "组织名称")
    wide = made.level in _HEADS
    found = [Column("index", "序号", 2.4), Column("name", head, 12 if wide else 11, "left")]
    if made.level is Kind.COMMUNITY and made.sheet is Sheet.REGISTRATION:
        found.append(Column("unit_accepted_on", "单位报到时间", 6))
    for metric in made.metrics:
        found.append(Column(metric, LABELS[metric], 4.2, total=True))
        if metric in RATES:
            found.append(Column(f"{metric}_rate", "报到率", 4.6))
    if wide:
        found.append(Column("remark", "备注", 5, "left"))
    return tuple(found)


def _item_row(made: Table, row: Row) -> Item:
    if row.person is not None and made.sheet is Sheet.REGISTRATION:
        return _person_row(row.person)
    figures = {metric: row.figures[metric] for metric in made.metrics if shows(made, row, metric)}
    accepted = clock.local(row.accepted_at).date() if row.accepted_at else None
    shown = _in_hours(figures) | _rates(figures)
    return {"name": _name(row), "unit_accepted_on": accepted, **shown}


def _name(row: Row) -> str:
    if not row.direct:
        return row.name
    return f"{row.name}（本社区）" if row.kind is Kind.COMMUNITY else f"{row.name}（不设支部）"


def _in_hours(figures: Mapping[str, int]) -> dict[str, object]:
    return {
        metric: hours(count) if METRICS[metric].minutes else count
        for metric, count in figures.items()
    }


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
    if made.level is Kind.BRANCH and made.sheet is Sheet.REGISTRATION:
        return {}
    return _in_hours(made.total) | _rates(made.total)


def _rates(figures: Mapping[str, int]) -> dict[str, str]:
    told = {}
    for part, whole in RATES.items():
        percent = rate(figures.get(part, 0), figures.get(whole, 0))
        told[f"{part}_rate"] = "" if percent is None else f"{percent:.1f}%"
    return told


def accepted_on(listed: ListedPerson | ListedOrganisation) -> date | None:
    """The day of acceptance in China."""
    return clock.local(listed.accepted_at).date() if listed.accepted_at else None


def reason(person: ListedPerson) -> str:
    """Why somebody in service is not registered, in the reader's words; empty when registered."""
    if person.why is None:
        return ""
    said = gettext(person.why.words)
    if person.note:
        said = gettext("%(why)s (%(note)s)") % {"why": said, "note": gettext(person.note)}
    if person.until:
        said = gettext("%(why)s until %(day)s") % {"why": said, "day": person.until}
    return said


def facts(made: Table) -> dict[str, object]:
    """The table for other programs: see docs/mechanisms/figures.md."""
    told: dict[str, object] = {
        "organisation": {"code": made.organisation.code, "name": made.organisation.name},
        "level": made.level.value,
        "as_of": str(made.as_of),
    }
    if made.sheet is Sheet.SERVICE:
        told["period"] = str(made.period)
    return told | {
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
        who: dict[str, object] = {"code": row.person.number, "name": row.name, "kind": "person"}
        if made.sheet is Sheet.SERVICE:
            return who | figures
        day = accepted_on(row.person)
        return {
            **who,
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
