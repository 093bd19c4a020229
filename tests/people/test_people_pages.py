"""The roster as a list, and correcting one member by hand."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook

from baodao.kernel import clock, crypto
from baodao.kernel.models import JournalEntry
from baodao.people import documents
from baodao.people.models import Membership, Person
from tests import factories
from tests.world import World


def as_(world: World, name: str) -> Client:
    client = Client()
    client.force_login(world.accounts[name])
    return client


def typed(world: World, **changes: object) -> dict[str, object]:
    """The form of Chen as it is filled in, with these changes."""
    page = as_(world, "deng").get(f"/people/{world.people['chen'].pk}/edit/")
    known = {key: value for key, value in page.context["form"].initial.items() if value}
    return known | changes


@pytest.mark.parametrize(
    ("name", "seen"),
    [("deng", {"陈晓宇"}), ("dai", {"陈晓宇"}), ("fan", {"陈晓宇"}), ("bao", set()), ("an", set())],
)
def test_the_roster_shows_whom_one_may_read(world: World, name: str, seen: set[str]) -> None:
    page = as_(world, name).get("/people/").content.decode()
    assert {name for name in ("陈晓宇", "郝一鸣") if name in page} == seen


@pytest.mark.parametrize("name", ["chen", "gu", "sun", "shen", "su"])
def test_there_is_no_roster_for_others(world: World, name: str) -> None:
    assert as_(world, name).get("/people/").status_code == 404


def test_the_roster_shows_no_numbers_on_the_page_or_in_the_workbook(world: World) -> None:
    client = as_(world, "deng")
    for address in ("/people/", "/people/?export=xlsx"):
        body = client.get(address).content
        assert b"19900001234" not in body


def test_filters_and_search_narrow_the_roster(world: World) -> None:
    factories.member(
        "曾小雨", world.second, pinyin="zeng xiao yu", initials="zxy", standing="retired"
    )
    client = as_(world, "deng")
    for query, here, gone in (
        ("q=zxy", "曾小雨", "陈晓宇"),
        ("branch=U1001-01", "陈晓宇", "曾小雨"),
        ("standing=retired", "曾小雨", "陈晓宇"),
    ):
        page = client.get(f"/people/?{query}").content.decode()
        assert here in page
        assert gone not in page


def test_a_thousand_rows_ask_no_more_queries_than_one(
    world: World, django_assert_max_num_queries: object
) -> None:
    client = as_(world, "deng")
    client.get("/people/")
    with django_assert_max_num_queries(20) as few:  # type: ignore[operator]
        client.get("/people/")
    for number in range(40):
        factories.member(f"多{number}", world.first, pinyin=f"duo {number}")
    with django_assert_max_num_queries(len(few.captured_queries)):  # type: ignore[operator]
        client.get("/people/")


def test_the_form_is_filled_in_with_what_is_held(world: World) -> None:
    page = as_(world, "deng").get(f"/people/{world.people['chen'].pk}/edit/").content.decode()
    assert "陈晓宇" in page
    assert "19900001234" not in page


def test_a_correction_is_kept_and_named_in_the_journal(world: World) -> None:
    chen = world.people["chen"]
    path = f"/people/{chen.pk}/edit/"
    answer = as_(world, "deng").post(
        path, typed(world, position="科长", phone="13912345678", specialty="法律")
    )
    assert answer.status_code == 302
    chen.refresh_from_db()
    assert (chen.position, chen.specialty) == ("科长", "法律")
    assert crypto.ring().unseal(bytes(chen.phone_sealed or b""), "phone") == "13912345678"
    entry = JournalEntry.objects.get(verb="person.edited")
    assert entry.facts == {"fields": ["phone", "position", "specialty"]}
    assert Membership.objects.filter(person=chen).count() == 1


def test_the_unit_says_where_a_member_lives(world: World) -> None:
    chen = world.people["chen"]
    path = f"/people/{chen.pk}/edit/"
    clerk = as_(world, "dai")
    assert "柳荫社区（柳荫街道）" in clerk.get(path).content.decode()
    answer = clerk.post(path, typed(world, home_community="石桥社区"))
    assert answer.status_code == 302
    chen.refresh_from_db()
    assert chen.home_community == world.bridge


def test_nothing_changed_writes_nothing(world: World) -> None:
    path = f"/people/{world.people['chen'].pk}/edit/"
    assert as_(world, "deng").post(path, typed(world)).status_code == 302
    assert not JournalEntry.objects.filter(verb="person.edited").exists()


def test_another_branch_closes_one_period_and_opens_another(world: World) -> None:
    chen = world.people["chen"]
    path = f"/people/{chen.pk}/edit/"
    with clock.at(clock.now() + timedelta(days=3)):
        as_(world, "deng").post(path, typed(world, branch=world.second.pk, standing="retired"))
    held = Membership.objects.filter(person=chen).order_by("recorded_at")
    assert [(row.branch.name, row.closed_at is None) for row in held] == [
        ("第一党支部", False),
        ("第二党支部", True),
    ]
    assert held[0].closed_at == held[1].recorded_at
    assert held[1].standing == "retired"


def test_a_new_name_is_found_by_its_pinyin(world: World) -> None:
    chen = world.people["chen"]
    as_(world, "deng").post(f"/people/{chen.pk}/edit/", typed(world, name="曾晓宇"))
    chen.refresh_from_db()
    assert (chen.pinyin, chen.initials) == ("zeng xiao yu", "zxy")


@pytest.mark.parametrize(
    ("changes", "words"),
    [({"name": "<b>"}, "不像是姓名"), ({"phone": "12"}, "不是电话号码"), ({"branch": "1"}, "")],
)
def test_what_cannot_be_is_refused_beside_the_form(
    world: World, changes: dict[str, object], words: str
) -> None:
    path = f"/people/{world.people['chen'].pk}/edit/"
    answer = as_(world, "deng").post(path, typed(world, **changes))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert Person.objects.get(pk=world.people["chen"].pk).name == "陈晓宇"


@pytest.mark.parametrize("name", ["an", "fan", "chen", "gu", "sun"])
def test_only_the_unit_corrects_its_members(world: World, name: str) -> None:
    path = f"/people/{world.people['chen'].pk}/edit/"
    assert as_(world, name).get(path).status_code == 404
    assert as_(world, name).post(path, {"name": "改名"}).status_code == 404


EXPORTED = [
    "姓名",
    "志愿服务编号",
    "党支部",
    "人员状态",
    "职务",
    "专业特长",
    "性别",
    "党员类别",
    "住在本市",
    "学历",
]


@pytest.mark.parametrize(
    ("name", "columns"),
    [("deng", EXPORTED), ("fan", [*EXPORTED[:2], "单位", *EXPORTED[2:]])],
)
def test_the_workbook_holds_exactly_these_columns(
    world: World, name: str, columns: list[str]
) -> None:
    body = as_(world, name).get("/people/?export=xlsx").content
    rows = list(load_workbook(BytesIO(body)).active.values)  # type: ignore[union-attr]
    heads = next(list(row) for row in rows if row[:2] == tuple(EXPORTED[:2]))
    assert [head for head in heads if head] == columns
    assert any("陈晓宇" in row for row in rows)


def test_the_roster_lists_present_members_with_masked_telephones(world: World) -> None:
    factories.member("退休者", world.second, standing="retired", pinyin="z")
    item = documents.roster_item(world.bureau)
    assert (item["members"], item["in_service"]) == (2, 1)
    rows = item["rows"]
    assert [row["branch"] for row in rows] == ["第一党支部", "第二党支部"]  # type: ignore[attr-defined]
    assert rows[0]["phone"] == "199****1234"  # type: ignore[index]
    assert documents.roster(world.bureau, "xlsx").content.startswith(b"PK")
