"""The administrator's pages of the tree."""

import re
import uuid
from urllib.parse import urlencode

import pytest
from django.test import Client

from baodao.kernel import clock
from baodao.kernel.authz import Role
from baodao.orgs.models import Organisation, Reorganisation
from baodao.ui.sessions import WAY, SignInWay
from tests import factories
from tests.world import World


@pytest.fixture
def sun(client: Client, world: World) -> Client:
    return signed_in(client, world, "sun")


def signed_in(client: Client, world: World, name: str) -> Client:
    """The second step of administrators has its own tests."""
    client.force_login(world.accounts[name])
    session = client.session
    session[WAY] = SignInWay.DEMO.value
    session.save()
    return client


def post(client: Client, url: str, **fields: object) -> str:
    """Send a form as a browser does; returns the page it leads to, or itself with its refusal."""
    answer = client.post(url, {"client_id": str(uuid.uuid4()), **fields}, follow=True)
    assert answer.status_code in (200, 422), answer.status_code
    return str(answer.content.decode())


@pytest.mark.parametrize("name", ["an", "chen", "deng", "fan", "shen", "su", "gu"])
def test_nobody_but_the_system_administrator_finds_them(
    client: Client, world: World, name: str
) -> None:
    signed_in(client, world, name)
    for url in (
        "/organisations/",
        f"/organisations/{world.bureau.pk}/",
        f"/organisations/{world.bureau.pk}/add/",
        f"/organisations/{world.bureau.pk}/reorganise/",
    ):
        assert client.get(url).status_code == 404, url


def test_the_list_is_searched_by_name_code_and_pinyin(sun: Client, world: World) -> None:
    whole = sun.get("/organisations/", {"sort": "name"}).content.decode()
    assert "柳荫社区" in whole
    assert "U1001-02" in whole
    for text, there, not_there in (
        ("柳荫", "柳荫街道", "石桥社区"),
        ("u1002", "市发展委机关党委", "区城建局机关党委"),
    ):
        page = sun.get("/organisations/", {"q": text}).content.decode()
        assert there in page
        assert not_there not in page
    units = sun.get("/organisations/", {"kind": "unit", "state": "open"}).content.decode()
    assert "区城建局机关党委" in units
    assert "柳荫社区" not in units


def test_the_tree_opens_level_by_level_with_kinds_and_counts(sun: Client, world: World) -> None:
    world.lake.closed_at = clock.now()
    world.lake.save()
    top = sun.get("/organisations/").content.decode()
    assert "东岸区" in top
    assert "街道 2 · 单位 1" in top
    assert "柳荫社区" not in top
    opened = sun.get("/organisations/", {"open": world.cloud_street.code}).content.decode()
    assert "南湖社区" in opened
    assert "停用" in opened.partition("南湖社区")[2][:200]
    assert "社区 1<" in opened, "closed ones are not counted"
    assert f'href="/organisations/{world.lake.pk}/"' in opened
    assert sun.get("/organisations/", {"open": "没有"}).status_code == 404


def test_the_tree_begins_at_what_is_kept(world: World) -> None:
    role = Role.SYSTEM_ADMINISTRATOR
    keeper = factories.account("西岸管理员", role, world.west)
    client = Client()
    client.force_login(keeper)
    page = client.get("/organisations/").content.decode()
    assert "云水街道" in page
    assert "东岸区" not in page
    assert client.get("/organisations/", {"open": world.bureau.code}).status_code == 404


def test_the_number_of_queries_does_not_grow_with_the_rows(
    sun: Client, world: World, django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(14):  # type: ignore[operator]
        assert sun.get("/organisations/").status_code == 200


def test_a_page_shows_what_stands_below_and_what_hangs_on_it(sun: Client, world: World) -> None:
    page = sun.get(f"/organisations/{world.bureau.pk}/").content.decode()
    assert "第一党支部" in page
    assert "党员组织关系" in page
    assert page.count("btn-primary") == 1


def test_a_unit_is_added_once_however_often_the_form_is_sent(sun: Client, world: World) -> None:
    url = f"/organisations/{world.east.pk}/add/"
    form = {"client_id": str(uuid.uuid4()), "kind": "unit", "name": "区水务局机关党委", "code": ""}
    for _ in range(2):
        assert sun.post(url, form, follow=True).status_code == 200
    assert Organisation.objects.filter(name="区水务局机关党委").count() == 1


def test_a_refusal_stands_beside_what_was_typed(sun: Client, world: World) -> None:
    page = post(
        sun, f"/organisations/{world.bureau.pk}/add/", kind="branch", name="第一党支部", code=""
    )
    assert "请换一个名称" in page
    assert 'value="第一党支部"' in page


def reform(client: Client, place: Organisation, kind: str, **typed: str) -> str:
    """Choose and preview, then confirm; returns the page it leads to."""
    query = urlencode({"reform": kind, "preview": 1, **typed})
    return post(client, f"/organisations/{place.pk}/reorganise/?{query}", reason="区划调整")


def preview(client: Client, place: Organisation, kind: str, **typed: str) -> str:
    url = f"/organisations/{place.pk}/reorganise/"
    return client.get(url, {"reform": kind, "preview": 1, **typed}).content.decode()


def test_it_is_renamed_moved_dissolved_and_taken_back(sun: Client, world: World) -> None:
    office, base = world.office, f"/organisations/{world.office.pk}/"
    assert "机关第一党支部" in reform(sun, office, "renamed", name="机关第一党支部")
    post(sun, f"{base}contact/", contact_name="郝一鸣", contact_phone="0990-5501111", address="")
    assert "0990-5501111" in sun.get(base).content.decode()
    assert "没有可选的组织" in preview(sun, office, "moved", parent="U9999")
    reform(sun, office, "moved", parent="u1001")
    assert Organisation.objects.get(pk=office.pk).parent_id == world.bureau.pk
    assert "撤回最近一次调整" in sun.get(base).content.decode()
    act = Reorganisation.objects.get(organisation=office, reform="moved")
    post(sun, f"{base}reorganise/{act.pk}/undo/")
    assert Organisation.objects.get(pk=office.pk).parent_id == world.commission.pk
    reform(sun, world.second, "dissolved")
    assert Organisation.objects.get(pk=world.second.pk).closed_at is not None
    post(sun, f"/organisations/{world.second.pk}/open/")
    assert Organisation.objects.get(pk=world.second.pk).closed_at is None


def test_the_preview_says_what_goes_and_what_ends(sun: Client, world: World) -> None:
    page = preview(sun, world.willow, "merged", first="石桥社区（柳荫街道）")
    assert "柳荫社区拟并入石桥社区" in page
    assert "1 人的居住社区改为承接的社区" in page
    assert "2 项授权随之终止" in page
    assert Organisation.objects.get(pk=world.willow.pk).closed_at is None
    assert "沿革" in reform(sun, world.willow, "merged", first="石桥社区")
    heir = sun.get(f"/organisations/{world.bridge.pk}/").content.decode()
    assert "承接自" in heir
    assert "柳荫社区" in heir


def test_a_split_names_its_successors_and_who_gets_what(sun: Client, world: World) -> None:
    typed = {"first": "石桥社区", "second": "北门社区", "third": ""}
    shares = {f"share-{world.grid.pk}": "second", f"share-{world.team.pk}": "third"}
    assert "请先在上面填写" in preview(sun, world.willow, "split", **typed, **shares)
    shares[f"share-{world.team.pk}"] = "first"
    reform(sun, world.willow, "split", **typed, **shares)
    assert Organisation.objects.get(pk=world.grid.pk).parent_id == world.north.pk
    assert Organisation.objects.get(pk=world.team.pk).parent_id == world.bridge.pk


def test_who_gets_what_is_asked_by_the_names_of_those_who_take_over(
    sun: Client, world: World
) -> None:
    first = preview(sun, world.willow, "split", first="石桥社区", second="北门社区", third="")
    assert "第一网格" in first
    options = re.findall(r"<option value=\"(first|second)\"[^>]*>([^<]+)<", first)
    assert set(options) == {("first", "石桥社区"), ("second", "北门社区")}
    assert "确认办理" not in first


@pytest.mark.parametrize(
    ("key", "kind", "typed", "words"),
    [
        ("willow", "renamed", {"name": "石桥社区"}, "已有“石桥社区”"),
        ("willow", "renamed", {"name": "柳荫社区"}, "现名即为柳荫社区"),
        ("willow", "renamed", {"name": "柳" * 101}, "最多可填 100 个字，现有 101 个字"),
        ("willow", "moved", {"parent": "柳荫街道"}, "现已隶属柳荫街道"),
        ("willow", "split", {"first": "石桥社区", "second": "石桥社区"}, "至少由两个组织承接"),
    ],
)
def test_the_preview_refuses_what_the_act_would(
    sun: Client, world: World, key: str, kind: str, typed: dict[str, str], words: str
) -> None:
    place = world.places[key]
    page = preview(sun, place, kind, **typed)
    assert words in page
    assert "确认办理" not in page


def test_what_stands_in_the_way_is_said_before_asking(sun: Client, world: World) -> None:
    page = preview(sun, world.first, "dissolved")
    assert "还有 1 名党员" in page
    assert "确认办理" not in page
    assert "还有 1 名党员" in reform(sun, world.first, "dissolved")
    assert Organisation.objects.get(pk=world.first.pk).closed_at is None


def test_a_reorganisation_asks_for_its_reason(sun: Client, world: World) -> None:
    query = urlencode({"reform": "renamed", "preview": 1, "name": "新名"})
    post(sun, f"/organisations/{world.first.pk}/reorganise/?{query}", reason="")
    assert Organisation.objects.get(pk=world.first.pk).name == "第一党支部"


def test_looking_changes_nothing(sun: Client, world: World) -> None:
    for page in ("reorganise", "contact", "open", "add"):
        assert sun.get(f"/organisations/{world.bureau.pk}/{page}/").status_code == 200
    assert "撤销" in preview(sun, world.second, "dissolved")
    assert Organisation.objects.get(pk=world.first.pk).closed_at is None
    assert Organisation.objects.get(pk=world.bureau.pk).closed_at is None
