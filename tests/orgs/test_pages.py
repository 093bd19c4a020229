"""The administrator's pages of the tree and of the division table."""

import html
import re
import uuid
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from baodao.kernel import clock
from baodao.kernel.authz import Role
from baodao.orgs.models import Organisation, Reorganisation, TableUpload
from baodao.ui.sessions import WAY, SignInWay
from tests import factories
from tests.orgs.test_import import TABLE
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
        "/divisions/",
        "/divisions/compare/?city=610100",
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


def test_an_uploaded_table_is_compared_agreed_to_and_applied(sun: Client, world: World) -> None:
    text = TABLE.replace("石桥社区", "石桥里社区").replace("南湖社区", "南湖里社区")
    text += "990102001003,槐安社区,990102001000\n"
    file = SimpleUploadedFile("table.csv", text.encode())
    page = post(sun, "/divisions/", city="", file=file)
    assert "有 1 个新增区划" in page
    assert "石桥社区 → 石桥里社区" in page
    assert "将新增 1 个区划" in page
    assert "姓名</th>" not in page
    assert not Organisation.objects.filter(name="槐安社区").exists()
    upload = TableUpload.objects.get()
    post(sun, "/divisions/apply/", upload=str(upload.pk), accept="renamed:990102001002")
    assert Organisation.objects.filter(name="槐安社区").exists()
    assert Organisation.objects.get(pk=world.bridge.pk).name == "石桥里社区"
    assert Organisation.objects.get(pk=world.lake.pk).name == "南湖社区"


def test_a_column_that_was_not_used_is_used_by_one_tap_and_so_applied(
    sun: Client, world: World
) -> None:
    text = (
        "代码,名称,名称（原）,上级代码（旧）\n"
        "990102001003,槐安社区,槐树社区,990102002000\n990102002000,新街道,旧街道,990102000000\n"
    )
    page = post(sun, "/divisions/", city="", file=SimpleUploadedFile("t.csv", text.encode()))
    assert "名称(原)" in page
    assert ">槐安社区</td>" in page
    page = sun.get("/divisions/compare/" + tap(page, "用作“名称”")).content.decode()
    assert ">槐树社区</td>" in page
    address = "/divisions/compare/" + tap(page, "用作“上级代码”")
    page = sun.get(address).content.decode()
    assert ">槐树社区</td>" in page
    assert ">旧街道</td>" in page
    assert "用作“上级代码”" not in page
    hidden = dict(re.findall(r'type="hidden" name="(use-[^"]*|upload)" value="([^"]*)"', page))
    post(sun, "/divisions/apply/", **hidden)
    place = Organisation.objects.get(code="990102001003")
    assert place.name == "槐树社区"
    assert place.parent is not None
    assert place.parent.code == "990102002000"


@pytest.mark.parametrize("former", ["原名称", "旧名称", "名称（原）"])
def test_a_column_of_former_names_is_offered_however_it_says_so(sun: Client, former: str) -> None:
    text = f"代码,名称,{former}\n990102001003,槐安社区,槐树社区\n"
    page = post(sun, "/divisions/", city="", file=SimpleUploadedFile("t.csv", text.encode()))
    page = sun.get("/divisions/compare/" + tap(page, "用作“名称”")).content.decode()
    assert ">槐树社区</td>" in page


def test_another_column_can_be_used_again_and_a_strange_address_harms_nothing(
    sun: Client, world: World
) -> None:
    text = "代码,名称,名称（原）\n990102001003,槐安社区,槐树社区\n"
    page = post(sun, "/divisions/", city="", file=SimpleUploadedFile("t.csv", text.encode()))
    page = sun.get("/divisions/compare/" + tap(page, "用作“名称”")).content.decode()
    page = sun.get("/divisions/compare/" + tap(page, "用作“名称”")).content.decode()
    assert ">槐安社区</td>" in page
    upload = str(TableUpload.objects.get().pk)
    strange = {"upload": upload, "use-name": "代码", "use-nothing": "名称"}
    page = sun.get("/divisions/compare/", strange, follow=True).content.decode()
    assert "没有找到列名" in page


def tap(page: str, label: str) -> str:
    """Where the tap with this label leads to."""
    link = re.search(rf'href="([^"]*)">{label}</a>', page)
    assert link, label
    return html.unescape(link[1])


def test_a_new_place_names_the_one_above_though_the_table_has_only_its_code(
    sun: Client, world: World
) -> None:
    text = "code,name,parent\n990102001003,槐安社区,990102001000\n"
    page = post(sun, "/divisions/", city="", file=SimpleUploadedFile("t.csv", text.encode()))
    assert f">{world.willow_street.name}</td>" in page
    assert ">990102001000</td>" not in page


def test_a_table_with_faults_shows_them_all_and_changes_nothing(sun: Client, world: World) -> None:
    text = TABLE + "990102001003,,990102001000\n9.9E+11,槐安社区,990102001000\n,合计,\n"
    page = post(sun, "/divisions/", city="", file=SimpleUploadedFile("t.csv", text.encode()))
    assert "有 2 行需先修改" in page
    assert "第 14 行：代码 9.9E+11 的末几位已丢失" in page
    assert "合计、签字、备注" in page
    post(sun, "/divisions/apply/", upload=str(TableUpload.objects.get().pk), accept="closed")
    assert not Organisation.objects.filter(name="槐安社区").exists()
    assert not Organisation.objects.filter(kind="community").exclude(closed_at=None).exists()


def test_a_table_uploaded_by_somebody_else_is_not_there(
    sun: Client, client: Client, world: World
) -> None:
    other = TableUpload.objects.create(file_name="x.csv", content=TABLE.encode(), account_id=None)
    assert sun.get("/divisions/compare/", {"upload": str(other.pk)}).status_code == 404
    assert sun.get("/divisions/compare/", {"upload": "nonsense"}).status_code == 404


def test_a_bad_table_is_refused_beside_the_field(sun: Client, world: World) -> None:
    file = SimpleUploadedFile("table.csv", b"PK\x03\x04\0\0")
    assert "文件已损坏或不完整" in post(sun, "/divisions/", city="", file=file)
    assert "请填写代码或选择文件" in post(sun, "/divisions/", city="")
    other = SimpleUploadedFile("table.csv", "code,name\n9902,他市\n".encode())
    assert "不在您的管理范围内" in post(sun, "/divisions/", city="", file=other)
    assert not TableUpload.objects.exists()
