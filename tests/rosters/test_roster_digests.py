"""Whom a unit holds is compared by digests: only of whom a roster says something else is loaded."""

from baodao.people.models import Membership, Person
from baodao.rosters.queries.digests import HeldMembers
from baodao.rosters.queries.roster import Examination, branches_of, examine
from tests import factories
from tests.rosters import sheets
from tests.rosters.test_roster_commands import take_over
from tests.world import World

FULL = {
    "姓名": "闻澄",
    "身份证号": sheets.id_number(40),
    "手机": "19900000040",
    "所在党支部": "第二党支部",
    "居住社区": "北门社区",
    "人员状态": "退休",
    "党员类别": "预备党员",
    "是否居住本市": "否",
    "入党时间": "2001年7月",
    "职务": "科长",
    "特长": "法律",
    "爱好": "书法",
    "住址": "柳荫路1号",
    "民族": "回族",
    "学历": "本科",
}
SPARSE = dict.fromkeys(FULL, "") | {
    "姓名": "吾布力·喀斯木",
    "身份证号": sheets.id_number(41),
    "所在党支部": "第一党支部",
}


def table(*people: dict[str, str]) -> bytes:
    return sheets.roster(*(list(one.values()) for one in people), header=list(FULL))


def read(world: World, content: bytes) -> tuple[Examination, list[str]]:
    """What a file changes, and who of it would have to be loaded."""
    found = examine(world.bureau, content)
    held = HeldMembers(world.bureau, branches_of(world.bureau))
    others = held.told_otherwise(found.judgement.rows, found.index)
    return found, [row.name for row in others]


def test_whoever_is_told_of_as_held_is_not_loaded_and_whoever_otherwise_is(world: World) -> None:
    content = table(FULL, SPARSE)
    assert read(world, content)[1] == ["闻澄", "吾布力·喀斯木"]
    take_over(world, content)
    found, loaded = read(world, content)
    assert (loaded, found.differences.unchanged) == ([], 2)
    assert (
        len(found.differences.gone)
        == Membership.objects.filter(closed_at=None, branch__path__startswith=world.bureau.path)
        .exclude(person__name__in=["闻澄", "吾布力·喀斯木"])
        .count()
    )
    for header in list(FULL)[2:]:
        if header != "所在党支部":
            found, loaded = read(world, table(FULL | {header: ""}, SPARSE))
            assert (loaded, found.differences.unchanged) == (["闻澄"], 2), header
    found, loaded = read(world, table(FULL, SPARSE | {"职务": "科员", "手机": "19900000041"}))
    assert loaded == ["吾布力·喀斯木"]
    [change] = found.differences.changed
    assert set(change.facts) == {"position", "phone"}


def test_two_of_one_unit_under_one_number_are_told_apart_by_name(world: World) -> None:
    holder = factories.member("郝二鸣", world.office, id_number=sheets.id_number(5))
    take_over(world, sheets.roster(sheets.person(5)))
    Membership.objects.filter(person=holder).update(branch=world.first)
    for name in (sheets.name(5), "郝二鸣"):
        found, _ = read(
            world,
            sheets.roster(
                sheets.person(5, 姓名=name, 职务="科长"), header=(*sheets.HEADER, "职务")
            ),
        )
        [change] = found.differences.changed
        assert change.member.person_id == Person.objects.get(name=name).pk
        assert "name" not in change.facts
