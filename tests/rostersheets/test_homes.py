"""The community where somebody lives, as people write it: found, or asked about, never guessed."""

import pytest

from baodao.rostersheets.rules.homes import HomePlace, Homes
from baodao.rostersheets.rules.problems import HOME_CLOSED, HOME_SEVERAL, HOME_SIMILAR, MESSAGES

WILLOW, NORTH, OLD, EAST_NEW, WEST_NEW, VILLAGE, MARKET, GONE = range(1, 9)
EAST, WEST = ("东岸区", "滨河市"), ("西城区", "滨河市")
HOMES = Homes(
    [
        HomePlace(WILLOW, "柳荫社区", "990102001001", ("柳荫街道", *EAST)),
        HomePlace(NORTH, "北门社区", "990102002001", ("北门街道", *EAST)),
        HomePlace(OLD, "石桥社区", "990102001002", ("柳荫街道", *EAST), True, "柳荫社区"),
        HomePlace(EAST_NEW, "新华社区", "990102002002", ("北门街道", *EAST)),
        HomePlace(WEST_NEW, "新华社区", "990103001001", ("云水街道", *WEST)),
        HomePlace(VILLAGE, "柳荫村", "990103001201", ("云水街道", *WEST)),
        HomePlace(MARKET, "市区镇社区", "990103001003", ("云水街道", *WEST)),
        HomePlace(GONE, "渡口社区", "990103001004", ("云水街道", *WEST), True),
    ]
)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("柳荫社区", WILLOW),
        (" 柳荫 社区 ", WILLOW),
        ("柳荫社区居委会", WILLOW),
        ("柳荫社区居民委员会", WILLOW),
        ("柳荫社区党委", WILLOW),
        ("北门", NORTH),
        ("北门居委会", NORTH),
        ("柳荫街道柳荫社区", WILLOW),
        ("滨河市东岸区柳荫街道柳荫社区", WILLOW),
        ("东岸区／柳荫街道／柳荫社区", WILLOW),
        ("柳荫街道办事处柳荫社区", WILLOW),
        ("柳荫街柳荫社区", WILLOW),
        ("柳荫社区（柳荫街道）", WILLOW),
        ("柳荫社区(东岸区)", WILLOW),
        ("柳荫村", VILLAGE),
        ("柳荫村村委会", VILLAGE),
        ("西城区柳荫", VILLAGE),
        ("西城区新华社区", WEST_NEW),
        ("新华社区（北门街道）", EAST_NEW),
        ("北门街道新华", EAST_NEW),
        ("市区镇社区", MARKET),
        ("990102001001", WILLOW),
        ("", None),
        ("无", None),
        ("/", None),
        ("待定", None),
    ],
)
def test_it_is_found_however_it_is_written(text: str, place: int | None) -> None:
    home = HOMES.read(text)
    assert (home.id, home.message) == (place, "")


@pytest.mark.parametrize(
    ("text", "message", "told"),
    [
        ("柳阴社区", HOME_SIMILAR, "柳荫社区（柳荫街道）"),
        ("柳荫社区12号楼3单元", HOME_SIMILAR, "柳荫社区（柳荫街道）"),
        ("西城区柳荫社区", HOME_SIMILAR, "柳荫社区（柳荫街道）"),
        ("新华社区", HOME_SEVERAL, "新华社区（北门街道）、新华社区（云水街道）"),
        ("石桥社区", HOME_CLOSED, "柳荫社区"),
        ("990102001002", HOME_CLOSED, "柳荫社区"),
        ("渡口社区", MESSAGES["home-unknown"], ""),
        ("外地", MESSAGES["home-unknown"], ""),
        ("990199001001", MESSAGES["home-unknown"], ""),
    ],
)
def test_what_is_not_found_is_asked_about_with_the_nearest(
    text: str, message: str, told: str
) -> None:
    home = HOMES.read(text)
    assert (home.id, home.message) == (None, message)
    assert (home.facts.get("places") or home.facts["nearest"]) == told
