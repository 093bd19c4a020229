"""The overview, the tables and the rows behind numbers, as each role meets them."""

import re
from datetime import timedelta
from html import unescape
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from baodao.figures.queries.sql import present
from baodao.figures.rules.definitions import Measure
from baodao.insight.models import IssuedTable
from baodao.kernel import clock
from baodao.kernel.authz import NOBODY
from baodao.kernel.models import JournalEntry
from baodao.kernel.moments import month_ends
from baodao.ledger.rules.durations import hours_figure
from baodao.needs.commands.requests import collect
from baodao.needs.rules.requests import NeedFacts
from baodao.orgs.rules.tree import Kind
from baodao.registration.commands.arrivals import accept
from baodao.registration.commands.letters import issue_letters
from baodao.registration.commands.presentations import present_group
from baodao.registration.models import Registration
from baodao.snapshots import queries as snapshots
from baodao.snapshots.commands import take_snapshot
from tests import factories
from tests.figures.histories import CLERK, History, begin, join
from tests.figures.services import DEEDS
from tests.world import World

pytestmark = pytest.mark.usefixtures("world")

NUMBER = re.compile(r'<a href="(/tables/[a-z]+/[^"]+/[a-z_]+/\?[^"]+)">([\d.]+)</a>')
MARK = re.compile(r'<a href="([^"]+)" aria-label="[^"]+" tabindex="-1"><rect')
HEADLINE = re.compile(r"<h1>[^<]*：([\d.]+)</h1>")
ROWS = re.compile(r"<tr>\s*<td.*?</tr>", re.DOTALL)
"""The rows of a chart's table."""
COUNT = re.compile(r'class="list-count"[^>]*>[^<\d]*(\d+)')


@pytest.fixture
def history(world: World) -> History:
    told = begin(world, 21)
    told.tell(50)
    return told


def _numbers(page: str) -> list[tuple[str, str]]:
    return [(unescape(url), number) for url, number in NUMBER.findall(page)]


def _opened(client: Client, url: str) -> str:
    """The number that a cell's page shows, its rows counted: hours are added up from records."""
    response = client.get(url)
    page = response.content.decode()
    opened, (headline,) = response.context["cell"], HEADLINE.findall(page)
    assert COUNT.findall(page) == [str(opened.count)]
    rows = opened.rows(0, 10_000)
    assert len(rows) == opened.count
    if opened.metric.measure is Measure.MINUTES:
        assert headline == hours_figure(sum(row.minutes for row in rows))
    else:
        assert headline == str(len(rows))
    return str(headline)


def _get(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    return response.content.decode()


TABLES = [
    ("insight:table", "fan", "990102000000"),
    ("insight:table", "deng", "U1001"),
    ("insight:service_table", "fan", "990102000000"),
    ("insight:service_table", "deng", "U1001"),
    ("insight:service_table", "deng", "U1001-01"),
    ("insight:service_table", "an", "990102001001"),
]
CHARTS = [("fan", "990102000000"), ("deng", "U1001"), ("deng", "U1001-01"), ("an", "990102001001")]


@pytest.mark.parametrize(("table", "name", "code"), TABLES)
def test_every_number_on_a_table_opens_to_as_many_rows(
    client: Client, history: History, table: str, name: str, code: str
) -> None:
    history.tell(60, DEEDS)
    client.force_login(history.world.accounts[name])
    found = _numbers(_get(client, reverse(table, args=[code])))
    assert len(found) > 8
    for url, number in found:
        assert _opened(client, url) == number


@pytest.mark.parametrize(("name", "code"), CHARTS)
def test_every_mark_of_a_chart_opens_to_as_many_rows(
    client: Client, history: History, name: str, code: str
) -> None:
    history.tell(80, DEEDS)
    client.force_login(history.world.accounts[name])
    page = _get(client, reverse("insight:charts", args=[code]))
    found = _numbers(page)
    assert len(found) > 2
    assert {url for url, _ in found} == {unescape(url) for url in MARK.findall(page)}
    for url, number in found:
        assert _opened(client, url) == number


def test_a_chart_of_many_rows_draws_those_after_the_first_together(
    client: Client, history: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(history.world.accounts["fan"])
    address = reverse("insight:charts", args=["990102000000"])
    whole = _get(client, address)
    monkeypatch.setattr("baodao.insight.tables.charts.PAGE", 0)
    page = _get(client, address)
    rows = ROWS.findall(whole.partition("</section>")[0])
    assert len(rows) > 1
    (together,) = ROWS.findall(page.partition("</section>")[0])
    assert f"其余 {len(rows)} 个合计" in together
    assert _figures(together) == [sum(column) for column in zip(*map(_figures, rows), strict=True)]


def _figures(row: str) -> list[int]:
    """The numbers of a row of a chart's table."""
    return [int(text) for text in re.findall(r">(\d+)<", row)]


def test_every_number_on_the_overview_opens_to_as_many_rows(
    client: Client, history: History
) -> None:
    client.force_login(history.world.accounts["fan"])
    found = _numbers(_get(client, reverse("insight:overview")))
    assert len(found) > 8
    for url, number in found:
        assert _opened(client, url) == number


def test_a_number_leads_down_to_a_person(client: Client, history: History) -> None:
    client.force_login(history.world.accounts["fan"])
    page = _get(client, f"{reverse('insight:cell', args=['990102000000', 'registered'])}")
    person = re.search(r'href="(/persons/[^"]+)"', page)
    assert person is not None
    assert client.get(person[1]).status_code == 200


def test_a_place_without_anybody_stands_first(client: Client, world: World) -> None:
    client.force_login(world.accounts["fan"])
    history = begin(world, 22)
    history.tell(40)
    page = _get(client, reverse("insight:overview_of", args=[world.willow_street.code]))
    hosted = {
        place: client.get(reverse("insight:cell", args=[place.code, "hosted"]))
        .context["cell"]
        .count
        for place in (world.willow, world.bridge)
    }
    places = sorted(hosted, key=lambda place: page.index(place.name))
    assert [hosted[place] for place in places] == sorted(hosted.values())


def test_a_place_with_needs_and_nobody_there_stands_first(
    client: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = clock.now()
    for place, days in ((world.bridge, 3), (world.willow, 40), (world.willow, 2)):
        with clock.at(now - timedelta(days=days)):
            facts = NeedFacts("老人需要修水管", "relief", asker="吴大爷")
            collect(CLERK, community_id=place.pk, facts=facts)
    chen = world.people["chen"]
    issue_letters(CLERK, person_ids=[chen.pk])
    letter = Registration.objects.get(person=chen)
    present_group(CLERK, registration_ids=[letter.pk])
    accept(CLERK, registration_ids=[letter.pk])
    assert letter.community == world.willow
    client.force_login(world.accounts["fan"])
    url = reverse("insight:overview_of", args=[world.willow_street.code])
    reds = re.findall(r'class="btn btn-primary" href="([^"]+)"', _get(client, url))
    assert ["needs_without_help" in red for red in reds] == [True], "of what the headline speaks"
    for taken in (False, True):
        monkeypatch.setattr(snapshots, "SMALL", 1 if taken else 20_000)
        page = client.get(url).context["page"]
        told = [(line.name, str(line.cells[1].text), line.first) for line in page.lines]
        assert told == [("石桥社区", "3 天", True), ("柳荫社区", "40 天", False)]
        assert page.overview.from_snapshot is taken
        assert "吴大爷" not in _get(client, page.figures[0].url)
        take_snapshot(NOBODY)


def test_units_are_ordered_by_rate_only_where_a_switch_allows_it(
    client: Client, history: History
) -> None:
    client.force_login(history.world.accounts["fan"])
    url = reverse("insight:overview")
    plain = client.get(url).context["page"].units
    asked = client.get(url, {"order": "rate"})
    assert [line.name for line in asked.context["page"].units] == [line.name for line in plain]
    assert "按报到率排序" not in asked.content.decode()
    factories.organisation(Kind.UNIT, "区新设单位", history.world.east, code="U0", sort=0)
    history.world.turned_on("unit-order", at="east")
    page = client.get(url)
    assert "按报到率排序" in page.content.decode()
    tree = [line.name for line in page.context["page"].units]
    assert tree[0] == "区新设单位"
    ordered = client.get(url, {"order": "rate"}).context["page"].units
    assert [line.name for line in ordered] == [*tree[1:], tree[0]]


def test_both_tables_are_a_tab_apart_and_keep_day_and_period(
    client: Client, history: History
) -> None:
    client.force_login(history.world.accounts["deng"])
    day = (history.now - timedelta(days=2)).date().isoformat()
    url = reverse("insight:service_table", args=["U1001"])
    page = client.get(url, {"as_of": day, "period": "2026-Q1"}).content.decode()
    asked = f"?as_of={day}&amp;period=2026-Q1"
    assert f"{reverse('insight:table', args=['U1001'])}{asked}" in page
    assert "2026年第1季度" in page
    response = client.get(url, {"period": "2026-Q5"})
    assert response.status_code == 409
    assert "2026-Q5" in response.content.decode()


def test_each_period_of_the_service_table_is_a_paper_of_its_own(
    client: Client, history: History
) -> None:
    client.force_login(history.world.accounts["deng"])
    day = (history.now - timedelta(days=2)).date().isoformat()
    url = reverse("insight:service_issue", args=["U1001"])
    for period in ("2026", "2026-Q1", "2026"):
        response = client.post(url, {"as_of": day, "period": period, "format": "xlsx"})
    assert [row.number for row in IssuedTable.objects.order_by("number")] == [1, 2]
    file = client.get(response["Location"])
    assert file["Content-Type"].endswith("sheet")
    issued = IssuedTable.objects.get(number=1)
    verified = client.get(reverse("documents:verify", args=[issued.token])).content.decode()
    assert "在职党员服务情况统计表" in verified


def test_units_stand_in_the_order_of_the_tree_not_of_their_figures(
    client: Client, history: History
) -> None:
    client.force_login(history.world.accounts["fan"])
    page = client.get(reverse("insight:overview")).context["page"]
    assert [line.name for line in page.units] == [row.name for row in page.overview.units]
    sorts = [row.code for row in page.overview.units]
    assert sorts == sorted(sorts)


def test_each_role_reads_its_own_figures_and_nobody_elses(client: Client, world: World) -> None:
    own = {
        "fan": (world.east, [world.west, world.city, world.commission]),
        "an": (world.willow, [world.bridge, world.willow_street, world.bureau]),
        "deng": (world.bureau, [world.commission, world.willow, world.east]),
    }
    for name, (place, others) in own.items():
        client.force_login(world.accounts[name])
        assert client.get(reverse("insight:table", args=[place.code])).status_code == 200
        assert client.get(reverse("insight:tables")).status_code == 302
        for other in others:
            for url in (
                reverse("insight:table", args=[other.code]),
                reverse("insight:overview_of", args=[other.code]),
                reverse("insight:cell", args=[other.code, "in_service"]),
                reverse("insight:cell", args=[other.code, "hosted"]),
            ):
                response = client.get(url)
                assert response.status_code == 404
                assert other.name not in response.content.decode()
            assert client.post(reverse("insight:issue", args=[other.code])).status_code == 404
            assert client.post(reverse("insight:refresh", args=[other.code])).status_code == 404
    for name in ("chen", "gu", "sun"):
        client.force_login(world.accounts[name])
        assert client.get(reverse("insight:overview")).status_code in (302, 404)
        assert client.get(reverse("insight:table", args=[world.bureau.code])).status_code != 200


def test_a_visitor_is_sent_to_sign_in(client: Client, world: World) -> None:
    response = client.get(reverse("insight:table", args=[world.city.code]))
    assert response.status_code == 302


def test_a_day_that_is_none_and_a_day_to_come_are_refused_in_words(
    client: Client, world: World
) -> None:
    client.force_login(world.accounts["fan"])
    url = reverse("insight:table", args=[world.east.code])
    for day in ("yesterday", "2026-02-31", "2999-01-01"):
        response = client.get(url, {"as_of": day})
        assert response.status_code == 409
        assert day in response.content.decode()


def test_an_earlier_day_shows_what_was_then(client: Client, history: History) -> None:
    client.force_login(history.world.accounts["deng"])
    day = (history.now - timedelta(days=15)).date()
    page = client.get(reverse("insight:table", args=["U1001"]), {"as_of": day.isoformat()})
    made = page.context["page"].table
    assert made.as_of.instant == clock.end_of(day)
    assert (
        made.total
        != client.get(reverse("insight:table", args=["U1001"])).context["page"].table.total
    )
    assert f"as_of={day}" in page.content.decode()


def test_a_cell_is_searched_and_exported(client: Client, history: History) -> None:
    client.force_login(history.world.accounts["fan"])
    url = reverse("insight:cell", args=["990102000000", "members"])
    page = _get(client, f"{url}?q=晓宇")
    assert "陈晓宇" in page
    assert COUNT.search(page)[1] == "1"  # type: ignore[index]
    exported = client.get(url, {"export": "xlsx"})
    assert exported["Content-Type"].endswith("sheet")
    assert len(exported.content) > 1_000
    printed = client.get(url, {"export": "pdf"})
    assert (printed.status_code, printed["Content-Type"]) == (200, "application/pdf")


def test_the_official_table_gets_one_number_however_often_it_is_sent(
    client: Client, history: History
) -> None:
    client.force_login(history.world.accounts["deng"])
    day = (history.now - timedelta(days=2)).date().isoformat()
    url = reverse("insight:issue", args=["U1001"])
    for _ in range(2):
        response = client.post(url, {"as_of": day, "format": "xlsx"})
        assert response.status_code == 302
    issued = IssuedTable.objects.get()
    assert issued.number == 1
    assert JournalEntry.objects.filter(verb="table.issued").count() == 1
    file = client.get(response["Location"])
    assert file["Content-Type"].endswith("sheet")
    verified = client.get(reverse("documents:verify", args=[issued.token]))
    assert "区城建局机关党委" in verified.content.decode()
    client.force_login(history.world.accounts["an"])
    assert client.get(response["Location"]).status_code == 404


def test_a_large_tree_shows_the_snapshot_and_its_numbers_still_open(
    client: Client, history: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_of = present()
    take_snapshot(NOBODY, as_of=as_of)
    monkeypatch.setattr(snapshots, "SMALL", 1)
    history.now = clock.now()
    history.tell(12)
    client.force_login(history.world.accounts["fan"])
    response = client.get(reverse("insight:overview"))
    page = response.content.decode()
    assert response.context["page"].overview.from_snapshot
    assert clock.local(as_of.instant).strftime("%H:%M") in page
    for url, number in _numbers(page):
        assert "as_of" in urlsplit(url).query
        assert _opened(client, url) == number
    charts = client.get(reverse("insight:charts", args=["990102000000"])).content.decode()
    assert "各月服务时长（按服务类型）" in charts, "however many records there are"


def test_counting_again_is_followed_on_the_page_to_its_end(
    client: Client, history: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_snapshot(NOBODY)
    monkeypatch.setattr(snapshots, "SMALL", 1)
    client.force_login(history.world.accounts["fan"])
    own = client.get(reverse("insight:overview")).context["place"]
    asked = client.post(reverse("insight:refresh", args=[own.code]))["Location"]
    page = client.get(asked).content.decode()
    assert "data-job" in page
    assert "正在重新统计" in page
    part = client.get(asked, headers={"HX-Request": "true"}).content.decode()
    assert part.strip().startswith('<div class="card" id="progress"')
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'succeeded' WHERE status = 'todo'")
    end = client.get(asked, headers={"HX-Request": "true"}).content.decode()
    assert "<!doctype html>" in end, "the whole page, which is opened in place of this one"
    assert "data-job" not in end
    assert "重新统计" in end


def test_the_page_asks_as_many_queries_for_many_rows_as_for_few(
    client: Client, world: World, django_assert_max_num_queries: object
) -> None:
    history = begin(world, 23, people=10)
    client.force_login(history.world.accounts["deng"])

    def queries() -> int:
        with django_assert_max_num_queries(60) as asked:  # type: ignore[operator]
            _get(client, reverse("insight:table", args=["U1001"]))
            _get(client, reverse("insight:cell", args=["U1001", "in_service"]))
        return len(asked.captured_queries)

    going_on = History(world, history.dice, history.now, history.people)
    going_on.tell(40)
    queries()
    few = queries()
    going_on.tell(40)
    assert queries() == few


def test_the_overview_says_how_figures_changed_since_the_end_of_last_month(
    client: Client, world: World
) -> None:
    history = begin(world, 24)
    history.tell(30, {join: 1})
    client.force_login(world.accounts["fan"])
    assert "上月末" not in _get(client, reverse("insight:overview"))
    (end,) = month_ends(present(), 1)
    take_snapshot(NOBODY, as_of=end)
    page = _get(client, reverse("insight:overview"))
    assert "与上月末持平" in page
    assert f"“上月末”指{end.on.year}年{end.on.month}月{end.on.day}日" in page
    history.now = clock.now() - timedelta(hours=1)
    with clock.at(history.now):
        for number in range(3):
            join(history, f"新{number}")
    page = client.get(reverse("insight:overview")).context["page"]
    more = page.total["missing"] - page.overview.before["missing"]
    assert more > 0
    trends = {figure.label: figure.trend for figure in page.figures}
    assert trends["未报到"] == f"比上月末 +{more}"


def test_a_mark_of_a_chart_is_told_of_what_it_can_be_alone(
    client: Client, history: History
) -> None:
    client.force_login(history.world.accounts["fan"])
    minutes = reverse("insight:service_cell", args=["990102000000", "minutes_here"])
    needs = reverse("insight:service_cell", args=["990102000000", "needs_without_help"])
    hosted = reverse("insight:cell", args=["990102000000", "hosted"])
    assert client.get(minutes, {"kind": "policy"}).status_code == 200
    assert client.get(needs, {"age": "0-7"}).status_code == 200
    for url, row in (
        (minutes, {"kind": "no-such-kind"}),
        (minutes, {"age": "0-7"}),
        (needs, {"age": "3-4"}),
        (needs, {"kind": "policy"}),
        (hosted, {"kind": "policy"}),
    ):
        assert client.get(url, row).status_code == 404


def test_charts_are_of_who_may_read_figures_there(client: Client, world: World) -> None:
    client.force_login(world.accounts["bao"])
    assert client.get(reverse("insight:charts", args=["990102001001"])).status_code == 404
    client.force_login(world.accounts["an"])
    assert client.get(reverse("insight:charts", args=["990102001001"])).status_code == 200
