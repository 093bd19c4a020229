"""Lists: search, filters, sort, pages, count and export, from the address alone."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from html import unescape
from io import BytesIO

import pytest
from django.http import HttpRequest, QueryDict
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils.safestring import mark_safe
from pypdf import PdfReader

from baodao.documents.formats import LIST_MEDIA
from baodao.kernel.errors import Refused
from baodao.orgs.models import Organisation
from baodao.ui import listing as listings
from baodao.ui.listing import Column, Filter, Listing, Spec
from tests import factories
from tests.world import World

SPEC = Spec(
    title="Organisations",
    columns=(
        Column("Name", lambda row: row.name, "name", ("name",)),
        Column("Code", lambda row: row.code, "code", ("code",), url=lambda row: f"/{row.pk}/"),
        Column("Secret", lambda row: row.path, export_only=True),
    ),
    order=("code",),
    search=lambda rows, text: rows.filter(name__contains=text),
    filters=(
        Filter(
            "kind",
            "Kind",
            [("community", "Community"), ("unit", "Unit")],
            lambda rows, value: rows.filter(kind=value),
        ),
    ),
)


def listing(query: str = "") -> Listing:
    request: HttpRequest = RequestFactory().get("/", QueryDict(query).dict())
    return Listing(Organisation.objects.all(), request, SPEC)  # type: ignore[arg-type]


def names(query: str) -> list[str]:
    return [row.name for row in listing(query).rows]


def test_what_is_typed_narrows_the_list(world: World) -> None:
    assert names("q=柳荫") == ["柳荫街道", "柳荫社区"]
    assert names("q=柳荫&kind=community") == ["柳荫社区"]
    assert listing("q=没有").count == 0
    assert listing("q=没有").narrowed


@pytest.mark.parametrize("value", ["team", "' OR 1=1", " ", "x" * 3_000])
def test_a_filter_says_what_it_does_not_know_and_lists_nothing(world: World, value: str) -> None:
    shown = listing(f"kind={value}&q=柳荫")
    assert shown.unknown == [f"“类别”没有“{value[:60]}”这一项：请另选，或显示全部。"]
    assert (shown.count, shown.rows, list(shown.lines), shown.pages) == (0, [], [], 1)
    assert shown.kept == [], "a search would carry it along"
    assert shown.narrowed
    assert shown.cleared == "?"
    with pytest.raises(Refused, match="has no choice"):
        assert shown.narrowed_rows
    page = render_to_string("ui/components/list.html", {"listing": shown})
    assert value[:60] in unescape(page)
    assert "没有符合条件的记录" not in page


def test_nothing_chosen_is_no_filter(world: World) -> None:
    assert listing("kind=").count == listing().count
    assert not listing("kind=").narrowed
    assert listing("kind=unit").unknown == []


@pytest.mark.parametrize("ending", ["xlsx", "pdf"])
def test_no_paper_of_a_filter_that_is_not_known(world: World, ending: str) -> None:
    client = Client()
    client.force_login(world.accounts["shen"])
    answer = client.get(f"/accounts/?role=emperor&export={ending}")
    assert answer.status_code == 409
    assert "没有“emperor”这一项" in answer.content.decode()


def test_a_head_sorts_and_sorts_back(world: World) -> None:
    up, down = names("sort=code"), names("sort=-code")
    assert up == down[::-1]
    heads = {str(head.label): head for head in listing("sort=code").heads}
    assert heads["Code"].url == "?sort=-code"
    assert heads["Code"].sorted == "ascending"
    assert heads["Name"].sorted == ""


@pytest.mark.parametrize("order", ["path", "-path", "--code", "-"])
def test_an_order_that_is_not_known_is_said_and_not_taken_for_the_usual(
    world: World, order: str
) -> None:
    shown = listing(f"sort={order}&q=柳荫")
    assert shown.unknown == [f"“排序”没有“{order}”这一项：请另选，或显示全部。"]
    assert (shown.rows, shown.cleared, shown.kept) == ([], "?", [])
    assert not listing("sort=").unknown


@pytest.mark.parametrize("page", ["0", "-1", "999", "two", "٣", ""])
def test_a_page_that_is_not_there_is_the_nearest(world: World, page: str) -> None:
    assert listing(f"page={page}").rows


def test_pages_hold_every_row_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listings, "PAGE_SIZE", 5)
    whole = listing()
    seen = [row.pk for page in range(1, whole.pages + 1) for row in listing(f"page={page}").rows]
    assert len(seen) == len(set(seen)) == Organisation.objects.count()


def test_a_page_of_a_longer_list_says_on_paper_which_part_it_is(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listings, "PAGE_SIZE", 5)
    count = listing().count

    def page(query: str) -> str:
        return render_to_string("ui/components/list_table.html", {"listing": listing(query)})

    assert f"第 6–10 条，共 {count} 条" in page("page=2")
    assert f"–{count} 条，共 {count} 条" in page("page=999")
    assert "d-print-block" not in page("q=柳荫")


def test_counting_stops_at_the_cap(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listings, "COUNT_CAP", 10)
    assert listing().capped
    assert listing().count == 10
    assert not listing("kind=unit").capped


def test_a_file_of_more_rows_than_it_may_have_is_refused_and_not_cut(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Client()
    client.force_login(world.accounts["shen"])
    monkeypatch.setattr(listings, "COUNT_CAP", 1)
    assert client.get("/accounts/?export=xlsx").status_code == 200
    monkeypatch.setattr(listings, "EXPORT_CAP", 2)
    answer = client.get("/accounts/?export=xlsx")
    assert answer.status_code == 409
    assert "超过 2 行：请先搜索或筛选" in answer.content.decode()


def test_a_form_carries_what_it_does_not_ask(world: World) -> None:
    assert listing("q=x&kind=unit&sort=-code&as_of=2026-07-01&page=3").kept == [
        ("sort", "-code"),
        ("as_of", "2026-07-01"),
    ]


def test_two_queries_however_many_rows(world: World, django_assert_num_queries: object) -> None:
    for number in range(60):
        factories.organisation("branch", f"支部{number}", world.bureau, code=f"U1001-X{number}")
    with django_assert_num_queries(2):  # type: ignore[operator]
        shown = listing()
        assert shown.count > 60
        assert len(list(shown.lines)) == 50


def test_an_empty_list_says_what_to_do(world: World) -> None:
    client = Client()
    client.force_login(world.accounts["shen"])
    page = client.get("/accounts/?q=没有这个人").content.decode()
    assert "没有符合条件的记录" in page
    assert "显示全部" in page


def test_a_list_is_exported_as_it_is_filtered(world: World) -> None:
    client = Client()
    client.force_login(world.accounts["shen"])
    answer = client.get("/accounts/?q=an&export=xlsx")
    assert answer.content.startswith(b"PK")
    assert "attachment" in answer["Content-Disposition"]
    assert answer["Cache-Control"] == "no-store"


def test_a_list_is_printed_as_it_is_filtered_with_the_columns_of_its_page(world: World) -> None:
    client = Client()
    client.force_login(world.accounts["shen"])
    page = client.get("/accounts/?q=an").content.decode()
    assert 'href="?q=an&amp;export=pdf"' in page
    answer = client.get("/accounts/?q=an&export=pdf")
    assert answer["Content-Type"] == "application/pdf"
    (sheet,) = PdfReader(BytesIO(answer.content)).pages
    assert sheet.mediabox.width > sheet.mediabox.height
    assert "安静" in sheet.extract_text()
    assert "第 1 页，共 1 页" in sheet.extract_text()


def test_a_list_is_had_in_no_other_medium(world: World) -> None:
    client = Client()
    client.force_login(world.accounts["shen"])
    for other in ("docx", "csv", "html"):
        assert client.get(f"/accounts/?export={other}").status_code == 404


def test_the_media_of_lists_stand_where_those_of_papers_do(world: World) -> None:
    client = Client()
    client.force_login(world.accounts["shen"])
    page = client.get("/accounts/").content.decode()
    for medium in LIST_MEDIA:
        assert f"export={medium.code}" in page
        assert client.get(f"/accounts/?export={medium.code}")["Content-Type"] == (
            medium.code.content_type
        )


def test_a_list_too_long_for_paper_is_not_cut_but_refused(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("baodao.ui.listing.MOST_PRINTED", 2)
    client = Client()
    client.force_login(world.accounts["shen"])
    answer = client.get("/accounts/?export=pdf")
    assert answer.status_code == 409
    assert "一次最多打印 2 条，请先搜索或筛选。" in answer.content.decode()


@pytest.mark.parametrize(("count", "said"), [(3, False), (4, True)])
def test_a_list_that_is_cut_says_so(count: int, said: bool) -> None:
    words = render_to_string("ui/components/cut.html", {"rows": [1, 2, 3], "count": count})
    assert ("此处只列出前 3 条，共 4 条。" in words) is said


def test_markup_in_a_name_is_text(world: World) -> None:
    factories.account("<b>bold</b>", username="bold", made_by=world.accounts["shen"])
    client = Client()
    client.force_login(world.accounts["shen"])
    page = client.get("/accounts/?q=bold").content.decode()
    assert "&lt;b&gt;bold&lt;/b&gt;" in page
    assert "<b>bold" not in page


def test_a_cell_says_by_itself_what_a_phone_shows_without_a_label(world: World) -> None:
    words = ("", "在职", "是", "No", "一句较长的评价，可以分成几行", 3, date(2026, 7, 1))
    columns = [Column("", lambda _, word=word: word) for word in words]
    rows = Listing(
        Organisation.objects.all(), RequestFactory().get("/"), replace(SPEC, columns=columns)
    )
    looks = re.findall(r'<td data-label=""(?: class="([^"]*)")?>', next(rows.lines).cells)
    assert looks == [
        *("whole", "whole", "labelled whole", "labelled whole", ""),
        *("labelled whole", "labelled whole"),
    ]


def test_cells_are_written_as_a_template_writes_them_and_nothing_as_nothing(world: World) -> None:
    at = datetime(2026, 6, 30, 17, 5, tzinfo=UTC)
    columns = (
        Column('"Name"', lambda row: row.name, url=lambda row: f'/?a="{row.pk}"&b=1'),
        Column("Day", lambda _: date(2026, 7, 1), numeric=True),
        Column("At", lambda _: at),
        Column("Count", lambda _: 1234),
        Column("Drawn", lambda _: mark_safe("<i>x</i>")),
        Column("Nothing", lambda _: None, url=lambda _: None),
    )
    looks = ("whole", "numeric", "labelled", "labelled whole", "whole", "labelled whole")
    row = Organisation(pk=7, name="<甲>")
    template = Template(
        '{% for c in cells %}<td data-label="{{ c.label }}" class="{{ c.look }}">{% if c.url %}'
        '<a href="{{ c.url }}">{{ c.text }}</a>{% else %}{{ c.text }}{% endif %}</td>{% endfor %}'
    )
    cells = [
        {
            "label": column.label,
            "look": look,
            "url": column.url(row) if column.url else None,
            "text": "" if column.value(row) is None else column.value(row),
        }
        for column, look in zip(columns, looks, strict=True)
    ]
    written = Listing(
        Organisation.objects.none(), RequestFactory().get("/"), replace(SPEC, columns=columns)
    )
    written.rows = [row]
    assert [line.cells for line in written.lines] == [template.render(Context({"cells": cells}))]
