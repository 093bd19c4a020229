"""The community where members live comes with a roster, keeps its past, and goes back with it."""

from datetime import timedelta

from baodao.kernel import clock
from baodao.orgs.models import Organisation
from baodao.orgs.rules.handovers import Aim, Reform
from baodao.people.models import FormerHome, Person
from baodao.rosters.commands import roster as commands
from baodao.rosters.commands.effects import undo_roster
from baodao.rosters.models import RosterImport
from baodao.rosters.queries.roster import Examination, examine
from tests.orgs.test_reorganisations import done
from tests.rosters import sheets
from tests.world import World

HEADER = (*sheets.HEADER, "居住社区")
DAY = timedelta(days=1)


def told(order: int, home: str, **changes: sheets.Value) -> list[sheets.Value]:
    return [*sheets.person(order, **changes), home]


def read(
    world: World, *people: list[sheets.Value], header: tuple[str, ...] = HEADER
) -> Examination:
    return examine(world.bureau, sheets.roster(*people, header=header))


def applied(world: World, *people: list[sheets.Value]) -> RosterImport:
    deng, content = world.actor("deng"), sheets.roster(*people, header=HEADER)
    roster = commands.upload(deng, unit_id=world.bureau.pk, file_name="名册.xlsx", content=content)
    roster = commands.read(deng, roster.pk)
    assert roster.report["problems"] == []
    return commands.apply(deng, roster_id=roster.pk, rows=None)


def home(order: int) -> Organisation | None:
    return Person.objects.get(name=sheets.name(order)).home_community


def test_a_home_comes_changes_and_goes_back_with_its_roster(world: World) -> None:
    applied(world, told(0, "柳荫社区"), told(1, "北门街道北门社区居委会"), told(2, ""))
    assert [home(0), home(1), home(2)] == [world.willow, world.north, None]
    assert not FormerHome.objects.exists()
    entered = Person.objects.get(name=sheets.name(0)).home_since
    with clock.at(clock.now() + DAY):
        roster = applied(world, told(0, "石桥社区"), told(1, ""), told(2, "云水"))
        assert roster.report["changed"] == 2
        assert [home(0), home(1), home(2)] == [world.bridge, world.north, world.cloud]
        assert FormerHome.objects.get().community == world.willow
        again = read(world, told(0, "石桥社区"), told(1, ""), told(2, "云水社区"))
        assert again.differences.changed == []
        undo_roster(world.actor("deng"), roster_id=roster.pk)
    assert [home(0), home(1), home(2)] == [world.willow, world.north, None]
    assert Person.objects.get(name=sheets.name(0)).home_since == entered
    assert not FormerHome.objects.exists()


def test_a_home_of_before_that_was_merged_since_is_the_one_that_took_over(world: World) -> None:
    applied(world, told(0, "柳荫社区"))
    with clock.at(clock.now() + DAY):
        roster = applied(world, told(0, "云水社区"))
    with clock.at(clock.now() + 2 * DAY):
        done(world, world.willow, Aim(Reform.MERGED, successor_id=world.bridge.pk))
    with clock.at(clock.now() + 3 * DAY):
        undo_roster(world.actor("deng"), roster_id=roster.pk)
        person = Person.objects.get(name=sheets.name(0))
        past = FormerHome.objects.get(person=person)
        gone = Organisation.objects.get(pk=world.willow.pk).closed_at
        assert (person.home_community, person.home_since) == (world.bridge, gone)
        assert (past.community, past.until) == (world.willow, gone)
        renamed = read(world, told(0, "柳荫社区"))
        assert [one.kind for one in renamed.judgement.problems] == ["home-unknown"]
        assert "石桥社区" in renamed.judgement.problems[0].facts["nearest"]


def test_an_unknown_community_is_a_problem_of_who_lives_in_the_city(world: World) -> None:
    header = (*HEADER, "是否居住本市")
    people = [[*told(3, "柳荫社区"), ""], [*told(2, "〃"), ""], [*told(0, "柳阴社区"), "是"]]
    found = read(world, *people, [*told(1, "望江社区"), "否"], header=header)
    (problem,) = found.judgement.problems
    assert (problem.row, problem.column, problem.kind) == (4, "居住社区", "home-unknown")
    assert problem.facts["nearest"] == "柳荫社区（柳荫街道）"
    willow = world.willow.pk
    assert [one.home_community for one in found.judgement.rows] == [willow, willow, None]
    remarks = {one.kind: one.row for one in found.judgement.remarks}
    assert remarks["home-elsewhere"] == 5


def test_an_address_that_names_a_community_tells_where_somebody_lives(world: World) -> None:
    header = (*sheets.HEADER, "现居住地")
    people = [told(0, "东岸区柳荫街道柳荫社区"), told(1, "柳荫路1号"), told(2, "")]
    found = read(world, *people, header=header)
    assert found.judgement.problems == []
    assert [one.home_community for one in found.judgement.rows] == [world.willow.pk, None, None]
    (remark,) = found.judgement.remarks
    assert (remark.kind, remark.column, remark.facts["rows"]) == (
        "home-of-address",
        "现居住地",
        "2",
    )
    for other in ("报到社区", "联系社区", "住址"):
        rows = read(world, *people, header=(*sheets.HEADER, other)).judgement.rows
        assert {one.home_community for one in rows} == {None}
