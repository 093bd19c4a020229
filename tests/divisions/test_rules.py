"""Codes of the national table, and how a table differs from the tree."""

import pytest

from baodao.divisions.rules.codes import city_of, level_of, padded, parent_of
from baodao.divisions.rules.differences import (
    Move,
    TablePlace,
    TreePlace,
    accepts,
    check_places,
    differ,
)
from baodao.kernel.errors import Refused
from baodao.orgs.rules.tree import Kind, path_of

TREE = (
    ("990100000000", "滨河市", None, Kind.CITY),
    ("990102000000", "东岸区", "990100000000", Kind.DISTRICT),
    ("990102001000", "柳荫街道", "990102000000", Kind.STREET),
    ("990102002000", "听松街道", "990102000000", Kind.STREET),
    ("990102001001", "柳荫社区", "990102001000", Kind.COMMUNITY),
    ("990102001002", "石桥社区", "990102001000", Kind.COMMUNITY),
)


def held() -> dict[str, TreePlace]:
    paths: dict[str | None, str] = {None: ""}
    rows: dict[str, TreePlace] = {}
    for number, (code, name, parent, kind) in enumerate(TREE, 1):
        paths[code] = path_of(paths[parent], code)
        rows[code] = TreePlace(number, code, name, parent, kind, paths[code], closed=False)
    return rows


def table() -> dict[str, TablePlace]:
    return {code: TablePlace(code, name, parent, kind, 2) for code, name, parent, kind in TREE}


@pytest.mark.parametrize(
    ("code", "kind", "parent"),
    [
        ("610000000000", None, None),
        ("610100000000", Kind.CITY, None),
        ("610102000000", Kind.DISTRICT, "610100000000"),
        ("610102001000", Kind.STREET, "610102000000"),
        ("610102001001", Kind.COMMUNITY, "610102001000"),
        ("110000000000", Kind.CITY, None),
        ("110101000000", Kind.DISTRICT, "110000000000"),
        ("500235000000", Kind.DISTRICT, "500000000000"),
    ],
)
def test_a_code_says_what_it_numbers_and_what_lies_above(
    code: str, kind: Kind | None, parent: str | None
) -> None:
    assert level_of(code) is kind
    assert parent_of(code) == parent


def test_both_halves_of_a_municipality_are_one_city() -> None:
    assert city_of("500101000000") == city_of("500235000000") == "500000000000"
    assert city_of("610102001001") == "610100000000"


@pytest.mark.parametrize("code", ["", "6101022", "61010x", "６１０１０２", "6101020010011", "-1"])
def test_it_refuses_what_is_no_code_with_its_row(code: str) -> None:
    with pytest.raises(Refused) as refused:
        padded(code, 17)
    assert refused.value.code == "division.code"
    assert refused.value.facts["row"] == 17


def test_the_same_table_differs_in_nothing() -> None:
    found = differ(held().values(), table().values())
    assert (found.read, found.unchanged, found.questions(), found.created) == (6, 6, 0, [])


def test_a_new_place_is_created_and_a_name_asked_about() -> None:
    wanted = table()
    wanted["990102001003"] = TablePlace(
        "990102001003", "槐安社区", "990102001000", Kind.COMMUNITY, 9
    )
    wanted["990102001002"] = wanted["990102001002"]._replace(name="石桥里社区")
    found = differ(held().values(), wanted.values())
    assert [place.name for place in found.created] == ["槐安社区"]
    assert found.renamed == [("990102001002", "石桥社区", "石桥里社区")]
    assert found.unchanged == 5


def test_a_place_under_another_parent_has_moved() -> None:
    wanted = table()
    wanted["990102001002"] = wanted["990102001002"]._replace(parent="990102002000")
    found = differ(held().values(), wanted.values())
    code, old, new = "990102001002", "990102001000", "990102002000"
    assert found.moved == [Move(code, code, "石桥社区", old, new)]
    assert found.vanished == []


def test_a_place_with_a_new_number_has_moved_and_not_vanished() -> None:
    wanted = table()
    del wanted["990102001002"]
    wanted["990102002001"] = TablePlace(
        "990102002001", "石桥社区", "990102002000", Kind.COMMUNITY, 9
    )
    found = differ(held().values(), wanted.values())
    assert [(move.code, move.new_code) for move in found.moved] == [
        ("990102001002", "990102002001")
    ]
    assert (found.vanished, found.created) == ([], [])


def test_of_two_places_with_one_name_none_is_taken_for_the_other() -> None:
    wanted = table()
    del wanted["990102001002"]
    for code, parent in (
        ("990102002001", "990102002000"),
        ("990102002002", "990102002000"),
    ):
        wanted[code] = TablePlace(code, "石桥社区", parent, Kind.COMMUNITY, 9)
    found = differ(held().values(), wanted.values())
    assert found.moved == []
    assert [gone.code for gone in found.vanished] == ["990102001002"]
    assert len(found.created) == 2


def test_the_same_name_in_another_city_is_another_place() -> None:
    wanted = table()
    del wanted["990102001002"]
    for code, name, parent, kind in (
        ("990200000000", "他市", None, Kind.CITY),
        ("990202000000", "他区", "990200000000", Kind.DISTRICT),
        ("990202001000", "他街道", "990202000000", Kind.STREET),
        ("990202001001", "石桥社区", "990202001000", Kind.COMMUNITY),
    ):
        wanted[code] = TablePlace(code, name, parent, kind, 9)
    found = differ(held().values(), wanted.values())
    assert [gone.code for gone in found.vanished] == ["990102001002"]


def test_only_what_lies_below_the_table_can_vanish() -> None:
    part = [place for place in table().values() if place.code.startswith("990102001")]
    del part[-1]
    found = differ(held().values(), part)
    assert [gone.code for gone in found.vanished] == ["990102001002"]
    single = [table()["990102001001"]]
    assert differ(held().values(), single).vanished == []


def test_a_place_closed_here_is_asked_about() -> None:
    rows = held()
    rows["990102001002"] = rows["990102001002"]._replace(closed=True)
    found = differ(rows.values(), table().values())
    assert [gone.code for gone in found.closed] == ["990102001002"]
    assert found.unchanged == 5
    assert differ(rows.values(), list(table().values())[:5]).vanished == []


def test_it_refuses_a_code_that_stands_twice_and_a_parent_that_is_nowhere() -> None:
    rows = list(table().values())
    with pytest.raises(Refused, match=r"division\.twice"):
        check_places([*rows, rows[-1]._replace(row=8)], lambda code: None)
    with pytest.raises(Refused, match=r"division\.parent"):
        check_places(rows[2:], lambda code: None)
    kinds = {place.code: place.kind for place in rows}
    assert len(check_places(rows[2:], kinds.get)) == 4


def test_parents_come_before_their_children() -> None:
    codes = [place.code for place in check_places(reversed(table().values()), lambda code: None)]
    assert codes == sorted(codes, key=lambda code: (-len(code) + len(code.rstrip("0")), code))


def test_one_may_agree_to_all_of_a_kind_or_to_one() -> None:
    assert accepts({"renamed"}, "renamed", "990102001001")
    assert accepts({"renamed:990102001001"}, "renamed", "990102001001")
    assert not accepts({"renamed:990102001001"}, "renamed", "990102001002")
    assert not accepts({"moved"}, "renamed", "990102001001")
