"""Organisations named in words: found by name, initials and place, told apart, within reach."""

import pytest

from baodao.accounts.models import Account
from baodao.kernel import clock
from baodao.kernel.authz import Permission, Role
from baodao.kernel.errors import Refused
from baodao.orgs.models import Organisation
from baodao.orgs.queries.choices import Choices, community_finder, unit_finder
from baodao.orgs.queries.tree import organisations, place_name
from baodao.orgs.rules.tree import Kind, pinyin_of
from tests import factories
from tests.accounts.test_pages import as_
from tests.world import World

FIELD = {"HX-Request": "true", "HX-Trigger-Name": "organisation"}


def _read(world: World) -> None:
    """Give the drawn places their pinyin, as the commands do."""
    rows = list(Organisation.objects.all())
    for row in rows:
        row.pinyin = pinyin_of(row.name)
    Organisation.objects.bulk_update(rows, ["pinyin"])


def _names(choices: Choices, words: str, most: int = 12) -> list[str]:
    return [one.name for one in choices.candidates(words, most)]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("社区", ["柳荫社区", "石桥社区", "北门社区", "云水社区", "南湖社区"]),
        ("lysq", ["柳荫社区"]),
        ("liuyin", ["柳荫社区"]),
        ("hu she", ["南湖社区"]),
        ("sq", ["柳荫社区", "石桥社区", "北门社区", "云水社区", "南湖社区"]),
        ("云水街 南湖", ["南湖社区"]),
        ("东岸 社区", ["柳荫社区", "石桥社区", "北门社区"]),
        ("99010300100", ["云水社区", "南湖社区"]),
        ("柳荫社区（柳荫街道）", ["柳荫社区"]),
        ("没有的", []),
        ("  ", []),
        (".*", []),
    ],
)
def test_what_words_find(world: World, words: str, names: list[str]) -> None:
    _read(world)
    assert _names(community_finder(world.bridge), words) == names


def test_each_says_where_it_stands_and_no_more_are_offered_than_asked(world: World) -> None:
    finder = community_finder(world.willow)
    assert [one.above for one in finder.candidates("南湖", 5)] == ["西岸区 · 云水街道"]
    assert len(finder.candidates("社区", 2)) == 2


def test_what_is_offered_names_itself_alone(world: World) -> None:
    factories.organisation(Kind.COMMUNITY, "柳荫社区", world.north_street, code="990102002009")
    twin = factories.organisation(Kind.COMMUNITY, "柳荫社区", world.north_street)
    finder = community_finder(world.willow)
    offered = finder.candidates("柳荫", 9)
    assert len({one.words for one in offered}) == 3
    assert {finder(one.words).pk for one in offered} >= {world.willow.pk, twin.pk}
    with pytest.raises(Refused):
        finder("柳荫社区")


def test_a_name_is_taken_at_its_word_and_initials_only_offer(world: World) -> None:
    _read(world)
    finder = unit_finder(world.first)
    assert finder("市发展委") == world.commission
    assert finder("u1001") == world.bureau
    with pytest.raises(Refused) as refused:
        finder("sfzw")
    assert refused.value.code == "organisation.ambiguous"
    with pytest.raises(Refused) as refused:
        finder("没有这个单位")
    assert refused.value.code == "organisation.unknown"


def test_the_present_one_stays_though_it_was_closed(world: World) -> None:
    closed = factories.organisation(Kind.COMMUNITY, "旧社区", world.willow_street)
    closed.closed_at = clock.now()
    closed.save()
    finder = community_finder(world.willow, kept=closed)
    assert finder(place_name(closed)) == closed
    assert finder.candidates("旧社区", 5) == []


def test_nothing_beyond_ones_reach_is_found(world: World) -> None:
    keeper = factories.account(
        "东岸管理员", Role.SECURITY_ADMINISTRATOR, world.east, username="east"
    )
    rows = organisations(world.actor("shen"), Permission.ACCOUNT_GRANT)
    assert "云水社区" in _names(Choices(rows), "社区")
    page = as_(world, "shen").get("/accounts/new/", {"organisation": "云水"}, headers=FIELD)
    assert "西岸区 · 云水街道" in page.content.decode()
    world.accounts["east"] = keeper
    page = as_(world, "east").get("/accounts/new/", {"organisation": "云水"}, headers=FIELD)
    assert "西岸区" not in page.content.decode()


def test_without_scripts_the_answer_offers_what_was_meant(world: World) -> None:
    _read(world)
    client = as_(world, "shen")
    typed = {"name": "新专干", "username": "worker.one", "organisation": "lysq"}
    answer = client.post("/accounts/new/", typed)
    assert answer.status_code == 422
    words = "柳荫社区（柳荫街道）"
    assert f'name="organisation_row" value="{words}"' in answer.content.decode()
    again = typed | {"organisation": "sq", "organisation_row": words, "organisation_words": "lysq"}
    assert client.post("/accounts/new/", again).status_code == 422, "other words were typed since"
    chosen = typed | {"organisation_row": words, "organisation_words": "lysq"}
    assert "worker.one" in client.post("/accounts/new/", chosen).content.decode()


def test_the_tree_is_opened_down_to_what_can_be_chosen(world: World) -> None:
    units = unit_finder(world.bureau)
    top = units.tree("")
    assert [one.name for one in top.above] == ["滨河市"], "there is one way on from the top"
    assert [(one.name, bool(one.row), one.opens) for one in top.lines] == [
        ("东岸区", False, True),
        ("市发展委机关党委", True, False),
    ]
    below = units.tree(world.east.code)
    assert [one.name for one in below.above] == ["滨河市", "东岸区"]
    assert [units(one.row.words).name for one in below.lines if one.row] == ["区城建局机关党委"]
    assert units.tree("nothing").lines == top.lines


def test_the_tree_below_a_field_is_opened_and_chosen_from_without_scripts(world: World) -> None:
    client = as_(world, "shen")
    page = client.get("/accounts/new/").content.decode()
    assert 'name="organisation_open" value=""' in page
    typed = {
        "name": "新专干",
        "username": "worker.one",
        "organisation": "",
        "organisation_words": "",
    }
    for place, below in (
        (world.east.code, f'name="organisation_open" value="{world.willow_street.code}"'),
        (world.willow_street.code, 'name="organisation_row" value="柳荫社区（柳荫街道）"'),
    ):
        page = client.post("/accounts/new/", typed | {"organisation_open": place}).content.decode()
        assert below in page
        assert 'value="worker.one"' in page, "what was typed is kept"
        assert "请填写" not in page
    assert not Account.objects.filter(username="worker.one").exists()
    whole = typed | {"organisation_row": "柳荫社区（柳荫街道）", "organisation_open": "x"}
    client.post("/accounts/new/", whole)
    assert not Account.objects.filter(username="worker.one").exists(), "opening sends nothing"
    chosen = typed | {"organisation_row": "柳荫社区（柳荫街道）"}
    assert "worker.one" in client.post("/accounts/new/", chosen).content.decode()


def test_opening_the_tree_keeps_what_a_reorganisation_says_so_far(world: World) -> None:
    page = f"/organisations/{world.willow.pk}/reorganise/"
    asked = {"reform": "split", "preview": "1", "first": "桥头社区", "second_open": ""}
    shown = as_(world, "sun").get(page, asked).content.decode()
    assert 'value="桥头社区"' in shown
    assert "下方" in shown
