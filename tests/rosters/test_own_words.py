"""Words that a tenant taught: used for rosters there and below, seen and taken away on a page."""

import pytest

from baodao.kernel.errors import Absent, Refused
from baodao.orgs.models import Organisation
from baodao.rosters.models import RosterImport
from baodao.rosters.queries.roster import examine
from baodao.timesheets.queries.files import sheets_in
from baodao.timesheets.rules.questions import PLAIN
from baodao.vocabulary.commands import remove_word, teach
from baodao.vocabulary.models import TableWord
from baodao.vocabulary.queries import own_words
from baodao.vocabulary.rules.words import WordRole
from tests.registration.browsing import browser, client_id, text
from tests.rosters import sheets
from tests.rosters.sheets import HEADER, person
from tests.rosters.test_roster_pages import upload
from tests.world import World

HEADERS = ["所在小组" if title == "所在党支部" else title for title in HEADER]


def odd() -> bytes:
    people = [person(order, 人员状态="编外" if order % 2 else "在职") for order in range(4)]
    return sheets.roster(*people, header=HEADERS)


def taught(world: World, place: Organisation, word: str, meaning: str, role: WordRole) -> TableWord:
    return teach(
        world.actor("deng"),
        organisation_id=place.pk,
        table="roster",
        role=role,
        word=word,
        meaning=meaning,
    )


def test_a_taught_header_and_status_are_read_and_forgotten(world: World) -> None:
    before = examine(world.bureau, odd()).judgement
    assert "branch" not in before.columns
    taught(world, world.bureau, "所在小组", "branch", WordRole.HEADER)
    row = taught(world, world.bureau, "编外", "seconded", WordRole.STATUS)
    judgement = examine(world.bureau, odd()).judgement
    assert judgement.columns["branch"] == "所在小组"
    assert [one.standing for one in judgement.rows] == [
        *("in-service", "seconded", "in-service", "seconded"),
    ]
    remove_word(world.actor("deng"), word_id=row.pk)
    standings = {one.standing for one in examine(world.bureau, odd()).judgement.rows}
    assert "seconded" not in standings


def test_the_nearest_teaching_holds_and_others_see_none(world: World) -> None:
    parent = world.bureau.parent
    assert parent is not None
    for place, meaning in ((parent, "retired"), (world.bureau, "seconded")):
        TableWord.objects.create(
            organisation=place,
            table="roster",
            role=WordRole.STATUS,
            key="编外",
            word="编外",
            meaning=meaning,
            taught_by="某人",
        )
    assert own_words(world.bureau, "roster").statuses == {"编外": "seconded"}
    assert own_words(parent, "roster").statuses == {"编外": "retired"}
    assert own_words(world.bureau, "services").statuses == {}


@pytest.mark.parametrize(
    ("table", "role", "meaning"),
    [("roster", "header", "nothing"), ("nothing", "header", "name"), ("roster", "status", "")],
)
def test_only_what_is_declared_is_taught(world: World, table: str, role: str, meaning: str) -> None:
    with pytest.raises(Absent):
        teach(
            world.actor("deng"),
            organisation_id=world.bureau.pk,
            table=table,
            role=role,
            word="编外",
            meaning=meaning,
        )
    with pytest.raises(Refused):
        taught(world, world.bureau, "：", "name", WordRole.HEADER)


def test_the_name_without_which_no_roster_is_read_keeps_its_meaning(world: World) -> None:
    with pytest.raises(Refused, match=r"word\.own-name"):
        taught(world, world.bureau, " 姓名：", "phone", WordRole.HEADER)
    taught(world, world.bureau, "姓名", "name", WordRole.HEADER)
    taught(world, world.bureau, "人头", "name", WordRole.HEADER)


def test_nobody_teaches_or_forgets_for_others(world: World) -> None:
    row = taught(world, world.bureau, "编外", "retired", WordRole.STATUS)
    for stranger in ("an", "gu"):
        with pytest.raises(Absent):
            remove_word(world.actor(stranger), word_id=row.pk)
    with pytest.raises(Absent):
        taught(world, world.commission, "编外", "retired", WordRole.STATUS)
    assert TableWord.objects.count() == 1


def test_a_clerk_teaches_from_the_file_or_keeps_it_to_the_file(world: World) -> None:
    clerk = browser(world, "dai")
    upload(clerk, odd())
    address = f"/people/rosters/{RosterImport.objects.latest('created_at').pk}/columns/"
    form = clerk.get(address)
    assert "未能识别的人员状态" not in text(form)
    place = HEADERS.index("所在小组")
    body = {"client_id": client_id(form), "form": "1", f"column-{place}": "branch"}
    assert "读到 4 人" in text(clerk.post(address, body, follow=True))
    assert not TableWord.objects.exists()
    body = {"client_id": client_id(clerk.get(address)), "form": "1", "remember": "1"}
    clerk.post(address, body | {f"column-{place + 1}": ""}, follow=True)
    assert list(TableWord.objects.values_list("key", "meaning")) == [("人员状态", "")]


def test_an_unknown_status_is_taught_on_the_page_and_taken_away(world: World) -> None:
    clerk = browser(world, "dai")
    people = [person(order, 人员状态="甲类编制" if order else "在职") for order in range(3)]
    page = text(upload(clerk, sheets.roster(*people)))
    address = f"/people/rosters/{RosterImport.objects.latest('created_at').pk}/columns/"
    assert f'href="{address}#statuses">说明这些人员状态的含义</a>' in page
    assert ">指明各列内容</a>" not in page
    form = clerk.get(address)
    assert "甲类编制" in text(form)
    assert 'id="statuses"' in text(form)
    body = {"client_id": client_id(form), "form": "1", "remember": "1"}
    body[form.context["statuses"][0].name] = "in-service"
    assert "其中 3 人没有问题" in text(clerk.post(address, body, follow=True))
    page = clerk.get("/settings/words/")
    assert "甲类编制" in text(page)
    assert '<option value="" selected>请选择</option>' in text(page), "nobody said what it means"
    assert 'href="/settings/words/"' in text(clerk.get("/settings/"))
    row = TableWord.objects.get()
    removal = {"client_id": client_id(page)}
    assert "已删除。" in text(clerk.post(f"/settings/words/{row.pk}/remove/", removal, follow=True))
    assert not TableWord.objects.exists()


def test_a_table_of_services_is_read_with_taught_headings() -> None:
    rows = [["人头", "日期", "时长"], ["陈晓", "2026-03-05", "2小时"]]
    content = sheets.xlsx(sheets.Tab("甲", rows))
    with pytest.raises(Refused):
        sheets_in(content, PLAIN, {})
    every, _ = sheets_in(content, PLAIN, {"人头": "name"})
    assert [len(table.rows) for table in every[0].tables] == [1]
