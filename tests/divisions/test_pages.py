"""The administrator's pages of the division table."""

import html
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from baodao.divisions import tasks
from baodao.divisions.models import TableUpload
from baodao.kernel import clock
from baodao.orgs.models import Organisation
from tests.divisions.test_import import TABLE
from tests.orgs.test_pages import post, signed_in
from tests.world import World


@pytest.fixture
def sun(client: Client, world: World) -> Client:
    return signed_in(client, world, "sun")


@pytest.mark.parametrize("name", ["an", "chen", "deng", "fan", "shen", "su", "gu"])
def test_nobody_but_the_system_administrator_finds_them(
    client: Client, world: World, name: str
) -> None:
    signed_in(client, world, name)
    for url in ("/divisions/", "/divisions/compare/?city=610100"):
        assert client.get(url).status_code == 404, url


def test_the_list_of_organisations_leads_there(sun: Client) -> None:
    assert 'href="/divisions/">导入区划表</a>' in sun.get("/organisations/").content.decode()


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


def test_a_table_that_was_only_looked_at_is_forgotten_in_the_night(
    sun: Client, world: World
) -> None:
    file = SimpleUploadedFile("table.csv", TABLE.encode())
    post(sun, "/divisions/", city="", file=file)
    tasks.forget_uploads()
    assert TableUpload.objects.exists()
    with clock.at(clock.now() + timedelta(days=1, hours=1)):
        tasks.forget_uploads()
    assert not TableUpload.objects.exists()
