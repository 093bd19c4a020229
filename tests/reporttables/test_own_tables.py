"""Tables of one's own: declared on a page, in versions, drawn and printed as all others."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any
from urllib.parse import quote

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from docx import Document

from baodao.documents.files import render
from baodao.documents.queries import issued_items
from baodao.figures.rules.catalogue import METRICS
from baodao.figures.rules.definitions import Metric
from baodao.insight.models import IssuedTable
from baodao.insight.queries.numbers import Narrowing, open_number
from baodao.kernel import clock
from baodao.kernel.authz import NOBODY, Actor
from baodao.kernel.errors import Absent
from baodao.kernel.moments import AsOf, Period, read_period
from baodao.orgs.rules.tree import Kind
from baodao.reporttables.commands.own import (
    add_own_table,
    discontinue_own_table,
    edit_own_table,
)
from baodao.reporttables.commands.tables import issue_report_table
from baodao.reporttables.models import OwnReportTable, OwnTableVersion
from baodao.reporttables.queries.own import metric_words
from baodao.reporttables.queries.tables import declared_for, report_table
from baodao.reporttables.rules.formulas import read_formula
from baodao.reporttables.rules.own import MOST_COLUMNS, OwnColumn, OwnDefinition, OwnRows
from baodao.reporttables.rules.papers import OWN
from baodao.snapshots.commands import take_snapshot
from baodao.venues.models import Venue
from tests.figures.deeds import MORE_DEEDS
from tests.figures.histories import CLERK, begin
from tests.registration import steps as registration
from tests.registration.browsing import browser, text
from tests.world import World

COLUMNS = (
    ("报到情况", "应报到", "=在职党员数-免予或暂缓报到数"),
    ("报到情况", "报到党员", "已报到党员数"),
    ("报到情况", "报到率", "=报到党员/应报到%"),
    ("", "服务人次", "服务人次"),
    ("服务", "时长", "服务时长（小时）"),
    ("服务", "人均次数", "=服务人次/报到党员"),
)
NEW = "reporttables:new_own_table"


def _definition(*columns: tuple[str, str, str], title: str = "区级双报到月报") -> OwnDefinition:
    earlier: dict[str, Any] = {}
    for _group, heading, formula in columns:
        earlier[heading] = read_formula(formula, metric_words(), earlier)
    built = tuple(OwnColumn(group, heading, earlier[heading]) for group, heading, _ in columns)
    return OwnDefinition(title, OwnRows.ALL, built, "报到率{=registered/in_service%}。")


def _typed(**more: str) -> dict[str, str]:
    fields = {"title": "区级双报到月报", "rows": "all", "note": "共报到{已报到党员数}名。"}
    for at, (group, heading, formula) in enumerate(COLUMNS, start=1):
        fields |= {f"group_{at}": group, f"heading_{at}": heading, f"formula_{at}": formula}
    return fields | more


def _moment() -> tuple[AsOf, Period]:
    as_of = AsOf(clock.now())
    return as_of, read_period("", as_of)


def _issue(
    actor: Actor, code: str, table: OwnReportTable, moment: tuple[AsOf, Period]
) -> IssuedTable:
    as_of, period = moment
    return issue_report_table(actor, code=code, table_code=table.pk.hex, as_of=as_of, period=period)


def test_it_is_counted_at_every_level_below_and_printed_as_it_was(
    world: World, client: Client
) -> None:
    """Formulas are of the row and of the total, heads have two rows in every medium, and a paper
    keeps the version of its day."""
    history = begin(world, 7, people=20)
    history.tell(120, MORE_DEEDS)
    with clock.at(history.now + timedelta(hours=1)):
        made = add_own_table(CLERK, organisation_id=world.east.pk, definition=_definition(*COLUMNS))
        moment = _moment()
        drawn = report_table(CLERK, world.willow_street.code, made.table_id.hex, *moment)
        total, share = drawn.total, drawn.declaration.columns[3].formula
        due = total["in_service"] - total["exempt"]
        assert share is not None
        assert due > 0
        assert share.value(total, moment[0].on) == f"{100 * total['registered'] / due:.1f}%"
        client.force_login(world.accounts["fan"])
        url = reverse("reporttables:table", args=[world.willow_street.code, made.table_id.hex])
        page = client.get(url).content.decode()
        assert 'colspan="3"' in page
        assert 'rowspan="2"' in page
        _check_community(world, client, moment)
        first = _issue(CLERK, world.east.code, made.table, moment)
        edited = _definition(("", "服务人次", "服务人次"), title="区级双报到简表")
        edit_own_table(CLERK, table_id=made.table_id, definition=edited)
        second = _issue(CLERK, world.east.code, made.table, moment)
        assert second.number == first.number + 1
        assert _issue(CLERK, world.east.code, made.table, moment) == second
        for issued, title in ((first, "区级双报到月报"), (second, "区级双报到简表")):
            for ending in ("pdf", "docx", "xlsx"):
                url = reverse("reporttables:issued", args=[issued.pk, ending])
                answer = client.get(url)
                assert answer.status_code == 200
                assert quote(title) in answer["Content-Disposition"]
            sheet = openpyxl.load_workbook(BytesIO(client.get(url).content)).active
            assert sheet["A1"].value == title
        _check_media(first)


def _check_community(world: World, client: Client, moment: tuple[AsOf, Period]) -> None:
    """In a community the rows are the units of its members, and its own for what is no unit's."""
    columns = (("", "报到", "在此报到党员数"), ("", "需求", "征集需求"))
    made = add_own_table(
        world.actor("ji"), organisation_id=world.willow.pk, definition=_definition(*columns)
    )
    drawn = report_table(CLERK, world.willow.code, made.table_id.hex, *moment)
    for code in ("hosted", "needs_collected"):
        whole = open_number(CLERK, world.willow.code, code, moment[0], Narrowing(), moment[1])
        assert drawn.total[code] == whole.figure > 0
    client.force_login(world.accounts["ji"])
    url = reverse("reporttables:table", args=[world.willow.code, made.table_id.hex])
    own, unit, *_ = client.get(url).context["page"].rows
    assert [cell.text for cell in own.cells][1] == "—"
    assert [cell.text for cell in unit.cells][2] == "—"
    client.force_login(world.accounts["fan"])


def _check_media(issued: IssuedTable) -> None:
    [item] = issued_items([issued.pk], issued.form)
    book = openpyxl.load_workbook(BytesIO(render(issued.form, [item], "xlsx").content)).active
    heads = [[cell.value for cell in row] for row in book.iter_rows(min_row=4, max_row=5)]
    assert heads[0][2] == "报到情况"
    assert heads[1][:6] == ["序号", "组织名称", "应报到", "报到党员", "报到率", "服务人次"]
    assert book.freeze_panes == "A6"
    texts = [str(row[0].value) for row in book.iter_rows() if row[0].value]
    assert any(text.startswith("注：报到率") for text in texts)
    word = Document(BytesIO(render(issued.form, [item], "docx").content)).tables[0]
    assert [cell.text for cell in word.rows[0].cells][1:6] == [
        "组织名称",
        *["报到情况"] * 3,
        "服务人次",
    ]
    assert [cell.text for cell in word.rows[1].cells][1:4] == ["组织名称", "应报到", "报到党员"]
    page = render(issued.form, [item], "html").content.decode()
    assert 'colspan="3">报到情况</th>' in page


def test_a_version_never_changes_and_what_says_the_same_is_none(world: World) -> None:
    """What ended is offered no more, while its papers stay; only above it stands where it does."""
    deng, code = world.actor("deng"), world.bureau.code
    made = add_own_table(deng, organisation_id=world.bureau.pk, definition=_definition(*COLUMNS))
    table_id = made.table_id
    edit_own_table(deng, table_id=table_id, definition=_definition(*COLUMNS))
    edit_own_table(deng, table_id=table_id, definition=_definition(*COLUMNS[:2]))
    assert list(OwnTableVersion.objects.values_list("number", flat=True)) == [1, 2]
    assert OwnTableVersion.objects.get(number=1).columns == made.columns
    issued = _issue(deng, code, made.table, _moment())
    offered = [one.title for one in declared_for(deng, world.bureau)]
    assert offered.count("区级双报到月报") == 1
    with pytest.raises(Absent):
        report_table(CLERK, world.east.code, table_id.hex, *_moment())
    discontinue_own_table(deng, table_id=table_id)
    assert "区级双报到月报" not in [one.title for one in declared_for(deng, world.bureau)]
    with pytest.raises(Absent):
        edit_own_table(deng, table_id=table_id, definition=_definition(*COLUMNS))
    assert issued_items([issued.pk], issued.form)[0]["table_title"] == "区级双报到月报"


def test_only_who_may_set_values_of_an_organisation_declares_its_tables(
    world: World, client: Client
) -> None:
    deng, definition = world.actor("deng"), _definition(*COLUMNS)
    made = add_own_table(deng, organisation_id=world.bureau.pk, definition=definition)
    for name, place in (("dai", world.bureau), ("fan", world.east), ("deng", world.east)):
        with pytest.raises(Absent):
            add_own_table(world.actor(name), organisation_id=place.pk, definition=definition)
    with pytest.raises(Absent):
        edit_own_table(world.actor("dai"), table_id=made.table_id, definition=definition)
    client.force_login(world.accounts["dai"])
    listed = client.get(reverse("reporttables:own_tables"))
    assert made.title in listed.content.decode()
    for url in (reverse(NEW), reverse("reporttables:own_table", args=[made.table_id])):
        assert client.get(url).status_code == 404
        assert client.post(url, _typed()).status_code == 404


def test_a_page_looks_at_a_table_keeps_it_and_shows_it_as_it_was_typed(
    world: World, client: Client
) -> None:
    client.force_login(world.accounts["deng"])
    preview = client.post(reverse(NEW), _typed(preview="1"))
    assert preview.status_code == 200
    assert "报到情况" in preview.content.decode()
    assert "合计" in preview.content.decode()
    assert not OwnReportTable.objects.exists()
    assert client.post(reverse(NEW), _typed()).status_code == 302
    version = OwnTableVersion.objects.get()
    assert version.note == "共报到{registered}名。"
    page = client.get(reverse("reporttables:own_table", args=[version.table_id]))
    form = page.context["form"]
    assert form["note"].value() == "共报到{已报到党员数}名。"
    assert form["formula_3"].value() == "=已报到党员数/(在职党员数-免予或暂缓报到数)%"
    url = reverse("reporttables:own_table", args=[version.table_id])
    changed = _typed(title="单位月报", before=page.context["edit"]._present())
    assert client.post(url, changed).status_code == 302
    assert OwnTableVersion.objects.get(number=2).title == "单位月报"
    end = reverse("reporttables:end_own_table", args=[version.table_id])
    assert client.post(end).status_code == 302
    assert client.get(url).status_code == 404


def test_what_is_wrong_stands_at_its_line_with_the_nearest_name(
    world: World, client: Client
) -> None:
    client.force_login(world.accounts["deng"])
    wrong = _typed(formula_2="已报到党员", formula_4="=人均次数+服务人次", note="共{报到}名。")
    page = client.post(reverse(NEW), wrong)
    assert page.status_code == 422
    errors = page.context["form"].errors
    assert list(errors) == ["formula_2", "formula_3", "formula_4", "formula_6"]
    assert "第 2 列" in errors["formula_2"][0]
    assert "“已报到党员数”" in errors["formula_2"][0]
    assert "前面的列" in errors["formula_4"][0]
    empty = client.post(reverse(NEW), {"title": "空表", "rows": "all"})
    assert list(empty.context["form"].errors) == ["formula_1"]
    lines = {f"heading_{at}": f"列{at}" for at in range(1, MOST_COLUMNS + 2)}
    lines |= {f"formula_{at}": "服务人次" for at in range(1, MOST_COLUMNS + 2)}
    wide = client.post(reverse(NEW), {"title": "宽表", "rows": "all", **lines})
    assert "最多 16 列" in wide.context["form"].errors["formula_16"][0]
    assert not OwnTableVersion.objects.exists(), "a column beyond the last is refused, not dropped"


def test_a_table_says_why_nothing_stands_here_and_lists_only_rows_with_a_figure(
    world: World, client: Client
) -> None:
    client.force_login(world.accounts["deng"])
    elsewhere = client.post(reverse(NEW), _typed(rows="places", preview="1")).content.decode()
    assert "这样的表在街道、区县、市才有行" in elsewhere
    assert (
        "街道、区县、市才有" not in client.post(reverse(NEW), _typed(preview="1")).content.decode()
    )
    wrong = client.post(reverse(NEW), _typed(only="在职人数"))
    assert "“在职党员数”" in wrong.context["form"].errors["only"][0]
    assert client.post(reverse(NEW), _typed(only="在职党员数")).status_code == 302
    table = OwnReportTable.objects.get()
    page = client.get(reverse("reporttables:own_table", args=[table.pk]))
    assert page.context["form"]["only"].value() == "在职党员数"
    facts = report_table(world.actor("deng"), world.bureau.code, table.pk.hex, *_moment())
    assert [row.name for row, _ in facts.rows] == ["第一党支部"], "the second branch has nobody"
    assert not facts.opens_total, "a total of some rows is not the number of the organisation"
    columns = (("", "在职", "在职党员数"), ("", "服务", "发布服务数"))
    made = add_own_table(CLERK, organisation_id=world.bureau.pk, definition=_definition(*columns))
    drawn = client.get(reverse("reporttables:table", args=[world.bureau.code, made.table_id.hex]))
    told = [cell.text for cell in drawn.context["page"].total]
    assert told[-1] == "—" != told[-2], "what no row of a unit counts has no total either"
    [item] = issued_items([_issue(CLERK, world.bureau.code, made.table, _moment()).pk], OWN.code)
    assert list(item["total"].values())[-1] == "—"


def test_members_of_a_community_are_rows_of_an_own_table_for_who_may_see_them(
    world: World,
) -> None:
    """Every figure of people may be its column; programs read nobody out of it."""
    registration.accepted(world)
    names = [one.paper_heading for one in METRICS.values() if _of_members(one)]
    figures = [("", name, name) for name in names[:MOST_COLUMNS]]
    definition = replace(_definition(*figures), rows=OwnRows.MEMBERS, note="")
    made = add_own_table(world.actor("sun"), organisation_id=world.city.pk, definition=definition)
    keys, moment, an = (world.willow.code, made.table_id.hex), _moment(), world.actor("an")
    table = report_table(an, *keys, *moment)
    assert [facts["name"] for _, facts in table.rows] == ["陈晓宇"]
    assert table.total["hosted"] == table.rows[0][0].figures["hosted"] == 1
    for who, code in (("bao", world.willow.code), ("deng", world.willow.code), ("fan", "U1001")):
        with pytest.raises(Absent):
            report_table(world.actor(who), code, made.table_id.hex, *moment)
    issued = _issue(an, world.willow.code, made.table, moment)
    [item] = issued_items([issued.pk], issued.form)
    heads = [one["label"] for one in item["columns"]]
    assert heads[1:4] == ["姓名", "志愿服务编号", "工作单位"]
    address = reverse("reporttables:table", args=keys)
    page = browser(world, "an")
    assert "陈晓宇" in text(page.get(address))
    assert page.get(reverse("reporttables:open", args=[*keys, "csv"])).status_code == 404


def _of_members(metric: Metric) -> bool:
    return metric.source.of_people and Kind.COMMUNITY in metric.source.leaves


def test_what_an_authority_has_of_its_own_is_a_row_beside_those_below(world: World) -> None:
    """From the facts as from a snapshot; the row opens to its own, the total to all."""
    for name in ("east", "willow_street", "willow", "grid"):
        Venue.objects.create(
            organisation=world.places[name],
            kind="station",
            name=f"{name}的阵地",
            address="一楼",
            weekly=[""] * 7,
        )
    definition = replace(_definition(("", "阵地", "阵地数")), rows=OwnRows.PLACES, note="")
    made = add_own_table(world.actor("sun"), organisation_id=world.city.pk, definition=definition)
    page, moment = browser(world, "fan"), AsOf(clock.now() + timedelta(seconds=1))
    for _ in range(2):
        counts = {}
        for place in (world.city, world.east, world.willow_street):
            period = read_period("", moment)
            drawn = report_table(CLERK, place.code, made.table_id.hex, moment, period)
            counts[place.name] = {
                (row.name, row.direct): row.figures["venues"]
                for row, _ in drawn.rows
                if row.figures["venues"]
            }
            number = open_number(CLERK, place.code, "venues", moment, Narrowing(), period)
            assert number.figure == len(number.rows(0, 10)) == drawn.total["venues"]
            own = open_number(CLERK, place.code, "venues", moment, Narrowing(direct=True), period)
            assert own.figure == (place != world.city)
        assert counts == {
            world.city.name: {(world.east.name, False): 4},
            world.east.name: {(world.east.name, True): 1, (world.willow_street.name, False): 3},
            world.willow_street.name: {
                (world.willow_street.name, True): 1,
                (world.willow.name, False): 2,
            },
        }
        take_snapshot(NOBODY, as_of=moment)
    shown = page.get(reverse("reporttables:table", args=[world.east.code, made.table_id.hex]))
    assert f"{world.east.name}（本级）" in text(shown)
    assert f"{world.east.code}/venues/" in shown.content.decode()
    assert "direct=1" in shown.content.decode()
    for who, place, metric, words in (
        ("fan", world.east, "venues", "本级"),
        ("deng", world.bureau, "members", "不设支部的党员"),
    ):
        url = reverse("insight:service_cell", args=[place.code, metric])
        opened = text(browser(world, who).get(url, {"direct": "1"}))
        assert f"{place.name} · {words}" in opened
