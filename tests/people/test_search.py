"""People are found by what people know of them, and only in scope."""

import pytest

from baodao.kernel.authz import Permission
from baodao.people.models import Person
from baodao.people.queries.members import memberships
from baodao.people.queries.search import matching, search
from baodao.rosters.commands.roster import import_file
from tests import factories
from tests.people import steps
from tests.rosters import sheets
from tests.world import World

NUMBER = factories.id_number(area=990109)


@pytest.fixture
def crowd(world: World) -> World:
    """Names that are read in their own way, beside the world's."""
    for name, pinyin, initials in (
        ("曾小雨", "zeng xiao yu", "zxy"),
        ("单立群", "shan li qun", "slq"),
        ("解海波", "xie hai bo", "xhb"),
        ("曾伟", "zeng wei", "zw"),
        ("买买提·艾力", "mai mai ti ai li", "mmtal"),
    ):
        factories.member(name, world.first, pinyin=pinyin, initials=initials)
    factories.member(
        "喆堃", world.first, pinyin="zhe kun", initials="zk", id_number=NUMBER, phone="13900005678"
    )
    return world


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("曾小雨", {"曾小雨"}),
        ("小雨", {"曾小雨"}),
        ("曾小", {"曾小雨"}),
        ("曾", {"曾小雨", "曾伟"}),
        ("曾雨", set()),
        ("提·艾", {"买买提·艾力"}),
        ("zeng", {"曾小雨", "曾伟"}),
        ("ZENG xiao", {"曾小雨"}),
        ("zengxiaoyu", {"曾小雨"}),
        ("zxy", {"曾小雨"}),
        ("shan", {"单立群"}),
        ("dan", set()),
        ("'", set()),
        ("xie", {"解海波"}),
        ("slq", {"单立群"}),
        ("5678", {"喆堃"}),
        ("13900005678", {"喆堃"}),
        (NUMBER, {"喆堃"}),
        (NUMBER[-4:], {"喆堃"}),
        ("9000056", set()),
        ("喆 堃", {"喆堃"}),
        ("%", set()),
        ("_", set()),
        ("' OR 1=1 --", set()),
        ("zeng%", set()),
    ],
)
def test_a_person_is_found(crowd: World, text: str, names: set[str]) -> None:
    rows = Person.objects.filter(matching(text))
    assert {person.name for person in rows if person.name not in ("陈晓宇", "郝一鸣")} == names


def test_the_volunteer_number_finds_its_person(world: World) -> None:
    chen = world.people["chen"]
    assert list(Person.objects.filter(matching(chen.number.lower()))) == [chen]


@pytest.mark.parametrize("name", ["deng", "fan", "an", "bao", "chen", "gu", "sun"])
def test_search_finds_nobody_out_of_scope(crowd: World, name: str) -> None:
    rows = memberships(crowd.actor(name), Permission.PERSON_READ)
    seen = {row.person.name for row in search(rows, "hym", "person__")}
    assert seen == set()
    inside = {row.person.name for row in search(rows, "陈晓宇", "person__")}
    assert inside == ({"陈晓宇"} if name in ("deng", "fan") else set())


def test_empty_words_find_everybody_in_scope(world: World) -> None:
    rows = memberships(world.actor("deng"), Permission.PERSON_READ)
    assert list(search(rows, "  ", "person__")) == list(rows)


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        ("盖长河", ["gch", "gzh", "gechanghe", "gai zhang he", "gaichang"]),
        ("李重阳", ["lcy", "lzy", "li chong yang", "lizhongyang", "lic"]),
        ("吕梁", ["lü", "lu", "lv", "lü liang", "luliang", "ll"]),
        ("单立群", ["slq", "shan"]),
    ],
)
def test_a_name_with_two_readings_is_found_by_each(
    world: World, name: str, texts: list[str]
) -> None:
    person = steps.added(world, name=name)
    for text in texts:
        assert person in set(Person.objects.filter(matching(text))), text
    roster_import = sheets.roster(sheets.person(1, 姓名=name))
    import_file(
        world.actor("deng"), unit_id=world.bureau.pk, file_name="a.xlsx", content=roster_import
    )
    other = Person.objects.exclude(pk=person.pk).get(name=name)
    assert other.other_readings == person.other_readings
    assert other.other_readings != []
    assert "dan" not in (other.other_readings or ())


@pytest.mark.parametrize(
    "typed", ["+86 139-0000-1111", "１３９ ００００ １１１１", "١٣٩٠٠٠٠١١١١", "139.0000.1111"]
)
def test_a_telephone_is_read_alike_by_the_form_and_the_search(world: World, typed: str) -> None:
    person = steps.added(world, phone=typed, name="买买提•艾力")
    assert (person.phone, person.name) == ("13900001111", "买买提·艾力")
    assert person in set(Person.objects.filter(matching(typed)))
    assert person in set(Person.objects.filter(matching("买买提．艾力")))
