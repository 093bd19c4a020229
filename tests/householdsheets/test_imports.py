"""A register becomes files: seen first, asked about once, filed once, taken back as a whole."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.urls import reverse
from django.utils.html import escape

from baodao.householdsheets import tasks
from baodao.householdsheets.commands import imports as commands
from baodao.householdsheets.models import HouseholdImport
from baodao.householdsheets.rules.households import RegisterDefaults
from baodao.kernel import clock
from baodao.kernel.errors import Absent, Refused
from baodao.kernel.models import JournalEntry
from baodao.residents.commands.files import forget_household, unmask_household
from baodao.residents.models import HouseholdFile, Resident, SealedHousehold
from baodao.spreadsheets.cells import Cell
from tests.days import NEXT_YEAR
from tests.householdsheets.sheets import HEADER
from tests.registration.browsing import browser, text
from tests.residents import steps
from tests.rosters.sheets import Tab, id_number, xlsx
from tests.world import World

GAO = (1, "高凤英", "高凤英", "户主", 1948, "19900008881", "8号楼402", "大病")
SON = ("", "", "高建国", "子", 1970, "", "", "")
CHILD = ("", "", "高小满", "孙女", NEXT_YEAR - 9, "", "", "")
LI = (2, "李善良", "李善良", "户主", 1960, "", "9号楼101", "")
WRONG = (3, "王大有", "王大有", "户主", 1950, "", "7号楼", f"低保 {id_number(3)}")
ROWS = (GAO, SON, LI, WRONG)
SECRETS = ("高凤英", "高建国", "8号楼402", "19900008881", id_number(3), "李善良")


@pytest.fixture
def here(world: World) -> World:
    """Files of households are switched on."""
    return steps.on(world)


def uploaded(world: World, *rows: Sequence[Cell], who: str = "an") -> HouseholdImport:
    content = xlsx(Tab("台账", [HEADER, *rows], merges=()))
    return commands.upload(
        world.actor(who), community_id=world.willow.pk, file_name="台账.xlsx", content=content
    )


def answer(*others: str) -> commands.RegisterAnswer:
    return commands.RegisterAnswer(steps.basis(), RegisterDefaults("alone", "regular"), others)


def values_of(world: World, name: str) -> dict[str, UUID]:
    """What addresses of registers point at: one that names a canary."""
    row = uploaded(world, (1, name, name, "户主", 1948, "", "8号楼402", "大病"))
    return {"household_import_id": row.pk}


def filed(world: World, *rows: Sequence[Cell], who: str = "an") -> HouseholdImport:
    row = uploaded(world, *rows, who=who)
    return commands.apply(world.actor(who), import_id=row.pk, answer=answer())


def seen(world: World, who: str, name: str, *args: object) -> HttpResponse:
    return browser(world, who).get(reverse(f"householdsheets:{name}", args=args))


def sent(world: World, name: str, *args: object, **body: object) -> HttpResponse:
    body = {"client_id": str(uuid4()), **body}
    url = reverse(f"householdsheets:{name}", args=args)
    return browser(world, "an").post(url, body, follow=True)


def test_a_register_is_seen_with_its_sums_and_filed_once_on_one_basis(here: World) -> None:
    below = (*LI[:6], "101", "")
    content = xlsx(Tab("台账", [HEADER, GAO, SON, WRONG, ("", "9号楼"), below]))
    page = text(sent(here, "all", file=SimpleUploadedFile("台账.xlsx", content)))
    assert "可建档 2 户" in page
    assert "补入地址（户数）： 9号楼 1" in page
    assert "读到 4 行 = 可建档的户 3 行 + 不建档的户 1 行" in page
    assert "请写导入表上列出的类别" in page
    assert not [secret for secret in SECRETS if secret in page]
    assert HouseholdFile.objects.count() == 0
    row = HouseholdImport.objects.get()
    typed = {
        "basis": "duty", "wording": "民政困难群众台账", "given_on": f"{steps.day(0):%Y-%m-%d}",
        "kept_until": f"{steps.day(300):%Y-%m-%d}", "grade": "regular", "category": "alone",
    }  # fmt: skip
    assert "请" in text(sent(here, "register", row.pk, **typed | {"grade": ""}))
    assert HouseholdFile.objects.count() == 0
    page = text(sent(here, "register", row.pk, **typed))
    assert "已建档 2 户" in page
    gao, li = HouseholdFile.objects.order_by("number")
    assert (gao.entry.name, gao.entry.hardship) == ("高凤英", "大病家庭")
    assert [one.name for one in gao.residents.order_by("pk")] == ["高凤英", "高建国"]
    assert (li.categories, li.grade, li.entry.address) == (["alone"], "regular", "9号楼101")
    assert li.bases.get().text == typed["wording"]
    assert gao.stays.get().community == here.willow
    row.refresh_from_db()
    assert (row.file_sealed, row.left_out, row.filed) == (None, 1, 2)
    assert HouseholdFile.objects.count() == 2
    with pytest.raises(Refused, match=r"register\.applied"):
        commands.apply(here.actor("an"), import_id=row.pk, answer=answer())


def test_households_of_one_name_are_asked_about_and_left_out_unless_said(here: World) -> None:
    steps.file(here, steps.GAO)
    twin = ("", "李善良", "李善良", "户主", 1975, "", "3号楼201", "残疾")
    other = (1, "高凤英", "高凤英", "户主", 1948, "", steps.GAO.address, "大病")
    row = uploaded(here, other, LI, twin)
    page = text(seen(here, "an", "register", row.pk))
    number = HouseholdFile.objects.get().number
    assert f"第 2 行，高**：与 {number} 姓名、住址相同" in page
    assert "第 4 行，李**：与 台账 第 3 行 姓名相同" in page
    said = answer("4@台账")
    commands.apply(here.actor("an"), import_id=row.pk, answer=said)
    names = sorted(one.entry.name for one in HouseholdFile.objects.all() if one.entry)
    assert names == ["李善良", "李善良", "高凤英"]
    again = uploaded(here, LI)
    with pytest.raises(Refused, match=r"register\.nothing"):
        commands.apply(here.actor("an"), import_id=again.pk, answer=answer())


def test_children_are_written_by_the_secretary_alone_and_the_others_are_told(here: World) -> None:
    row = filed(here, GAO, SON, CHILD)
    assert Resident.objects.count() == 2
    commands.undo(here.actor("an"), import_id=row.pk, reason="儿童没有录入，重来")
    held = uploaded(here, GAO, SON, CHILD)
    assert "1 名未满十四周岁的儿童不录入" in text(seen(here, "an", "register", held.pk))
    commands.apply(here.actor("ji"), import_id=held.pk, answer=answer())
    assert Resident.objects.count() == 3


def test_a_register_is_undone_as_a_whole_unless_something_was_made_of_a_file(here: World) -> None:
    row = filed(here, GAO, SON, LI)
    gao, li = HouseholdFile.objects.order_by("number")
    unmask_household(here.actor("an"), file_id=gao.pk, reason="走访前核对地址")
    measure = steps.measure(here, gao)
    assert gao.number in text(seen(here, "an", "undo", row.pk))
    with pytest.raises(Refused, match=r"household\.built-upon"):
        commands.undo(here.actor("an"), import_id=row.pk, reason="传错了")
    assert measure.pk
    forget_household(here.actor("an"), file_id=gao.pk, ending="wish", reason="本户要求")
    page = text(sent(here, "undo", row.pk, reason="传错了"))
    assert "已撤销，这份台账建的档案已销档" in page
    li.refresh_from_db()
    assert (li.ending, li.entry, li.residents.count()) == ("undone", None, 0)
    assert SealedHousehold.objects.count() == 0
    with pytest.raises(Refused, match=r"register\.undone"):
        commands.undo(here.actor("an"), import_id=row.pk, reason="再撤一次")


def test_nothing_of_a_register_lies_in_clear_and_nobody_else_sees_it(here: World) -> None:
    row = uploaded(here, *ROWS)
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(r)::text FROM householdsheets_householdimport r")
        kept = cursor.fetchall()
    facts = str([*JournalEntry.objects.values_list("facts", flat=True), *kept])
    assert not [secret for secret in SECRETS if secret in facts]
    for who in ("bao", "deng", "chen"):
        for name in ("register", "columns", "undo"):
            assert seen(here, who, name, row.pk).status_code == 404
    with pytest.raises(Absent):
        commands.apply(here.actor("deng"), import_id=row.pk, answer=answer())


def test_what_nobody_files_is_forgotten(here: World) -> None:
    row, other = uploaded(here, GAO), uploaded(here, LI)
    assert "没有可撤销的内容" in text(seen(here, "an", "undo", other.pk))
    assert "已取消" in text(sent(here, "cancel", other.pk))
    with clock.at(clock.now() + timedelta(days=8)):
        tasks.forget_uploads()
    for one in (row, other):
        one.refresh_from_db()
        assert one.file_sealed is None
        assert "没有建档。" in text(seen(here, "an", "register", one.pk))


def test_columns_are_said_for_a_file_and_templates_are_read_again(here: World) -> None:
    content = xlsx(Tab("表", [["甲", "乙"], ["高凤英", "8号楼402"]]))
    page = sent(here, "all", file=SimpleUploadedFile("表.xlsx", content))
    assert "没有找到民情台账的表头" in text(
        seen(here, "an", "columns", HouseholdImport.objects.get().pk)
    )
    row = HouseholdImport.objects.get()
    body = {"column-0": "name", "column-1": "address", "form": "1"}
    assert "可建档 1 户" in text(sent(here, "columns", row.pk, **body)), page
    for name in ("template", "example"):
        table = seen(here, "an", name)
        file = SimpleUploadedFile("民情.xlsx", table.content)
        assert escape("可建档 0 户") in text(sent(here, "all", file=file))


def test_where_files_are_off_nothing_is_read(world: World) -> None:
    with pytest.raises(Refused, match=r"household\.off"):
        uploaded(world, GAO)
    assert 'type="file"' not in text(seen(world, "an", "all"))
