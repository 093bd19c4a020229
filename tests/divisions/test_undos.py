"""A division table that was taken over by mistake, undone as a whole while nothing was built."""

from datetime import timedelta

import pytest
from django.test import Client

from baodao.accounts.queries import operator
from baodao.claims.tasks import end_claims_of_departed
from baodao.divisions.commands.imports import import_divisions
from baodao.divisions.commands.undos import undo_import
from baodao.divisions.models import DivisionImport
from baodao.divisions.queries.undos import division_imports, obstacles_of
from baodao.divisions.rules.differences import ANSWERS
from baodao.divisions.views import imports
from baodao.kernel import clock, journal
from baodao.kernel.authz import SYSTEM, Actor
from baodao.kernel.errors import Absent, Refused
from baodao.notices.models import Notice
from baodao.orgs.commands.organisations import close, create, rename
from baodao.orgs.commands.reorganisations import reorganise, undo
from baodao.orgs.models import Organisation
from baodao.orgs.rules.handovers import Aim, Reform
from baodao.orgs.rules.tree import Kind, about
from tests.divisions.test_import import TABLE, places
from tests.offers import steps as offered
from tests.orgs.test_pages import post, signed_in
from tests.world import World

NEW = "990102001003,槐安社区,990102001000\n"


def taken_over(world: World, text: str) -> DivisionImport:
    """Sun takes a table over, with everything that differs."""
    import_divisions(world.actor("sun"), places=places(text), accepted=ANSWERS, source="区划.xlsx")
    return DivisionImport.objects.latest("at")


def undone(world: World, row: DivisionImport) -> None:
    undo_import(world.actor("sun"), import_id=row.pk)


def tree() -> list[tuple[object, ...]]:
    """How every open organisation hangs, is numbered and called."""
    rows = Organisation.objects.filter(closed_at=None).order_by("pk")
    return list(rows.values_list("pk", "parent", "code", "name", "path"))


def in_the_way(row: DivisionImport) -> dict[str, list[str]]:
    return {one.name: one.sentences for one in obstacles_of(row)}


@pytest.mark.parametrize(
    "text",
    [
        TABLE + NEW,
        TABLE.replace("石桥社区", "石桥里社区"),
        TABLE.replace("北门街道,990102000000", "北门街道,990103000000"),
        TABLE.replace("990102001", "990102009"),
        TABLE.replace("990102001001,柳荫社区,990102001000\n", "") + NEW,
        TABLE.replace("990102001001,柳荫社区", "990102001001,杨荫社区").replace(
            "社区,990102001000", "社区,990102002000"
        ),
        TABLE + "990102003000,新街道,990102000000\n990102003001,新社区,990102003000\n",
    ],
)
def test_everything_is_as_it_was_whatever_the_table_changed(world: World, text: str) -> None:
    close(operator(), organisation_id=world.grid.pk)
    close(operator(), organisation_id=world.team.pk)
    before, home = tree(), world.people["chen"].home_community_id
    row = taken_over(world, text)
    assert tree() != before
    undone(world, row)
    assert tree() == before
    world.people["chen"].refresh_from_db()
    assert world.people["chen"].home_community_id == home
    row.refresh_from_db()
    assert (row.undone_at is not None, row.undone_by) == (True, world.actor("sun").name)
    with pytest.raises(Refused, match=r"division-import\.undone"):
        undone(world, row)


def test_tables_and_mergers_one_after_another_are_undone_from_the_last(
    world: World,
) -> None:
    before = tree()
    first = taken_over(world, TABLE + NEW)
    second = taken_over(world, TABLE + NEW.replace("槐安", "槐荫"))
    place = Organisation.objects.get(code="990102001003")
    aim = Aim(Reform.MERGED, successor_id=world.bridge.pk)
    merger = reorganise(world.actor("sun"), organisation_id=place.pk, aim=aim, reason="区划调整")
    for row in (first, second):
        with pytest.raises(Refused, match="built-upon"):
            undone(world, row)
    undo(world.actor("sun"), reorganisation_id=merger.pk, organisation_id=place.pk)
    undone(world, second)
    undone(world, first)
    assert tree() == before


def test_a_place_moved_below_a_new_one_and_one_opened_again_are_put_back(world: World) -> None:
    with clock.at(clock.now() - timedelta(days=2)):
        close(operator(), organisation_id=world.lake.pk)
    world.lake.refresh_from_db()
    before = tree()
    text = TABLE.replace("云水社区,990103001000", "云水社区,990103002000")
    row = taken_over(world, text + "990103002000,新街道,990103000000\n")
    assert "南湖社区" in {name for *_, name, _path in tree()}
    undone(world, row)
    assert tree() == before
    assert Organisation.objects.get(pk=world.lake.pk).closed_at == world.lake.closed_at
    assert Organisation.objects.get(code="990103002000").closed_at is not None


def test_it_is_one_act_in_the_journal_of_the_place_that_holds_it_all(world: World) -> None:
    row = taken_over(world, TABLE.replace("石桥社区", "石桥里社区") + NEW)
    assert (row.place, row.created, row.changed) == (world.city, 1, 1)
    earlier = journal.entries().count()
    undone(world, row)
    assert journal.entries().count() == earlier + 1
    last = journal.timeline(about(world.city.pk)).last()
    assert last is not None
    assert (last.verb, last.facts) == ("divisions.undone", {"created": 1, "changed": 1})


def test_the_same_table_may_be_taken_over_and_undone_again(world: World) -> None:
    before = tree()
    for _ in range(2):
        row = taken_over(world, TABLE + NEW)
        assert "槐安社区" in {name for *_, name, _path in tree()}
        undone(world, row)
        assert tree() == before


def test_who_was_told_of_a_closing_is_told_that_the_place_stands_again(world: World) -> None:
    close(operator(), organisation_id=world.grid.pk)
    close(operator(), organisation_id=world.team.pk)
    row = taken_over(world, TABLE.replace("990102001001,柳荫社区,990102001000\n", ""))
    told = set(Notice.objects.filter(kind="organisation-dissolved").values_list("organisation"))
    undone(world, row)
    again = set(Notice.objects.filter(kind="organisation-restored").values_list("organisation"))
    assert again == told | {(world.willow.pk,)}


def test_what_was_built_on_it_stands_in_the_way_place_by_place(world: World) -> None:
    row = taken_over(world, TABLE.replace("南湖社区", "南湖里社区") + NEW)
    assert in_the_way(row) == {}
    made = Organisation.objects.get(code="990102001003")
    create(operator(), kind=Kind.GRID, name="一网格", parent_id=made.pk)
    rename(world.actor("sun"), organisation_id=world.lake.pk, name="大南湖社区")
    assert in_the_way(row).keys() == {"槐安社区", "大南湖社区"}
    assert "此后已在此办理业务" in in_the_way(row)["大南湖社区"][0]
    assert in_the_way(row)["槐安社区"] == ["此处已有下级组织"]
    with pytest.raises(Refused, match=r"division-import\.built-upon"):
        undone(world, row)
    assert Organisation.objects.get(pk=made.pk).closed_at is None


def test_of_all_who_worked_at_a_place_the_first_is_named(world: World) -> None:
    row = taken_over(world, TABLE.replace("南湖社区", "南湖里社区"))
    lake = world.lake.pk
    for name in ("", "安静", "孙系统"):
        actor = Actor(None, None, name)
        journal.write(actor, "complaint.sent", about(lake), lake)
    journal.write(SYSTEM, "complaint.due", about(world.willow.pk), world.willow.pk)
    journal.write(operator(), "organisation.read", about(world.willow.pk), world.willow.pk)
    assert in_the_way(row) == {"南湖里社区": ["有人此后已在此办理业务"]}


def test_a_code_that_another_place_has_by_now_stands_in_the_way(world: World) -> None:
    row = taken_over(world, TABLE.replace("990103001002", "990103001009"))
    create(
        operator(),
        kind=Kind.COMMUNITY,
        name="他社区",
        parent_id=world.lake.parent_id or 0,
        code="990103001002",
    )
    assert any("990103001002" in words for words in in_the_way(row)["南湖社区"])


def test_work_elsewhere_and_a_table_that_changed_nothing_stand_in_nobodys_way(world: World) -> None:
    row = taken_over(world, TABLE + NEW)
    rename(world.actor("sun"), organisation_id=world.lake.pk, name="大南湖社区")
    assert in_the_way(row) == {}
    import_divisions(world.actor("sun"), places=places(TABLE + NEW))
    assert DivisionImport.objects.count() == 1


def test_only_who_imports_there_sees_and_undoes_it(world: World) -> None:
    row = taken_over(world, TABLE + NEW)
    assert list(division_imports(world.actor("sun"))) == [row]
    for name in ("an", "fan", "chen", "deng"):
        assert not division_imports(world.actor(name)).exists()
        with pytest.raises(Absent):
            undo_import(world.actor(name), import_id=row.pk)


def test_tables_taken_over_long_ago_are_on_the_next_page(
    client: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "PAGE_ROWS", 1)
    first, last = taken_over(world, TABLE + NEW), taken_over(world, TABLE)
    sun = signed_in(client, world, "sun")
    pages = [sun.get(f"/divisions/?page={page}").content.decode() for page in (1, 2)]
    assert [(str(first.pk) in page, str(last.pk) in page) for page in pages] == [
        (False, True),
        (True, False),
    ]


def test_it_is_undone_on_its_page_or_the_page_says_what_stands_in_the_way(
    client: Client, world: World
) -> None:
    row = taken_over(world, TABLE + NEW)
    sun = signed_in(client, world, "sun")
    listed = sun.get("/divisions/").content.decode()
    assert "区划.xlsx" in listed
    assert ">撤销</a>" in listed
    url = f"/divisions/{row.pk}/undo/"
    made = Organisation.objects.get(code="990102001003")
    grid = create(operator(), kind=Kind.GRID, name="一网格", parent_id=made.pk)
    listed = sun.get("/divisions/").content.decode()
    assert "已不能整体撤销：槐安社区（此处已有下级组织" in listed
    assert ">撤销</a>" not in listed, "it would be refused"
    page = sun.get(url).content.decode()
    assert "不能撤销的原因" in page
    assert "990102001003 槐安社区" in page
    assert ">整表撤销</button>" not in page
    assert "已不能整体撤销" in post(sun, url)
    close(operator(), organisation_id=grid.pk)
    assert ">整表撤销</button>" in sun.get(url).content.decode()
    assert "已撤回，一切如前" in post(sun, url)
    assert Organisation.objects.get(pk=made.pk).closed_at is not None
    assert "已撤销" in sun.get("/divisions/").content.decode()


def test_places_in_another_street_end_with_a_move_and_come_back_with_its_undo(
    world: World,
) -> None:
    """An activity of one community, open to its street; a member of the other is let go when the
    table moves that one to another street, and serves again when it is undone after a night."""
    chen = offered.chen(world)
    offer = offered.published(world, where=world.bridge)
    offered.claimed(offer, chen)
    row = taken_over(world, TABLE.replace("柳荫社区,990102001000", "柳荫社区,990102002000"))
    assert offered.states(offer) == ["left"]
    end_claims_of_departed()
    undone(world, row)
    end_claims_of_departed()
    assert offered.states(offer) == ["active"]
