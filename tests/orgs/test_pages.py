"""The administrator's pages of the tree and of the division table."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from baodao.orgs.models import Organisation, TableUpload
from baodao.ui.sessions import WAY, SignInWay
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
    """Send a form as a browser does; returns the page it leads to."""
    answer = client.post(url, {"client_id": str(uuid.uuid4()), **fields}, follow=True)
    assert answer.status_code == 200, answer.status_code
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
        f"/organisations/{world.bureau.pk}/close/",
        "/divisions/",
        "/divisions/compare/?city=610100",
    ):
        assert client.get(url).status_code == 404, url


def test_the_list_is_searched_by_name_code_and_pinyin(sun: Client, world: World) -> None:
    whole = sun.get("/organisations/").content.decode()
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


def test_it_is_renamed_moved_closed_and_opened_again(sun: Client, world: World) -> None:
    base = f"/organisations/{world.office.pk}/"
    assert "机关第一党支部" in post(sun, f"{base}name/", name="机关第一党支部")
    post(sun, f"{base}contact/", contact_name="郝一鸣", contact_phone="0990-5501111", address="")
    assert "0990-5501111" in sun.get(base).content.decode()
    assert "没有编码为" in post(sun, f"{base}move/", code="U9999")
    post(sun, f"{base}move/", code="u1001")
    assert Organisation.objects.get(pk=world.office.pk).parent_id == world.bureau.pk
    assert "停用不会删除任何记录" in sun.get(f"{base}close/").content.decode()
    post(sun, f"{base}close/")
    assert Organisation.objects.get(pk=world.office.pk).closed_at is not None
    post(sun, f"{base}open/")
    assert Organisation.objects.get(pk=world.office.pk).closed_at is None


def test_what_cannot_be_closed_yet_says_so_before_asking(sun: Client, world: World) -> None:
    answer = sun.get(f"/organisations/{world.bureau.pk}/close/", follow=True)
    assert "区城建局机关党委下面还有 2 个组织" in answer.content.decode()
    assert answer.redirect_chain[-1][0] == f"/organisations/{world.bureau.pk}/"


def test_looking_changes_nothing(sun: Client, world: World) -> None:
    for page in ("name", "contact", "move", "open", "add"):
        assert sun.get(f"/organisations/{world.bureau.pk}/{page}/").status_code == 200
    assert sun.get(f"/organisations/{world.first.pk}/close/").status_code == 200
    assert Organisation.objects.get(pk=world.first.pk).closed_at is None
    assert Organisation.objects.get(pk=world.bureau.pk).closed_at is None


def test_an_uploaded_table_is_compared_agreed_to_and_applied(sun: Client, world: World) -> None:
    text = TABLE.replace("石桥社区", "石桥里社区").replace("南湖社区", "南湖里社区")
    text += "990102001003,槐安社区,990102001000\n"
    file = SimpleUploadedFile("table.csv", text.encode())
    page = post(sun, "/divisions/", city="", file=file)
    assert "有 1 个新增区划" in page
    assert "石桥社区 → 石桥里社区" in page
    assert not Organisation.objects.filter(name="槐安社区").exists()
    upload = TableUpload.objects.get()
    post(sun, "/divisions/apply/", upload=str(upload.pk), accept="renamed:990102001002")
    assert Organisation.objects.filter(name="槐安社区").exists()
    assert Organisation.objects.get(pk=world.bridge.pk).name == "石桥里社区"
    assert Organisation.objects.get(pk=world.lake.pk).name == "南湖社区"


def test_a_table_uploaded_by_somebody_else_is_not_there(
    sun: Client, client: Client, world: World
) -> None:
    other = TableUpload.objects.create(file_name="x.csv", content=TABLE.encode(), account_id=None)
    assert sun.get("/divisions/compare/", {"upload": str(other.pk)}).status_code == 404
    assert sun.get("/divisions/compare/", {"upload": "nonsense"}).status_code == 404


def test_a_bad_table_is_refused_beside_the_field(sun: Client, world: World) -> None:
    file = SimpleUploadedFile("table.csv", b"PK\x03\x04\0\0")
    assert "这不是 CSV 文件" in post(sun, "/divisions/", city="", file=file)
    assert "请填写代码或选择文件" in post(sun, "/divisions/", city="")
    other = SimpleUploadedFile("table.csv", "code,name\n9902,他市\n".encode())
    assert "不在您的管理范围内" in post(sun, "/divisions/", city="", file=other)
    assert not TableUpload.objects.exists()
