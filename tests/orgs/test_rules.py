"""Rules of the tree: codes, parents, names."""

import pytest

from baodao.kernel.errors import Refused
from baodao.orgs.rules.tree import (
    Kind,
    check_code,
    check_name,
    check_parent,
    next_code,
    path_of,
    pinyin_of,
)


@pytest.mark.parametrize(
    ("kind", "parent"),
    [
        (Kind.CITY, None),
        (Kind.DISTRICT, Kind.CITY),
        (Kind.STREET, Kind.CITY),
        (Kind.UNIT, Kind.STREET),
        (Kind.BRANCH, Kind.UNIT),
        (Kind.GRID, Kind.COMMUNITY),
    ],
)
def test_it_allows_what_the_tree_knows(kind: Kind, parent: Kind | None) -> None:
    check_parent(kind, parent)


@pytest.mark.parametrize(
    ("kind", "parent"),
    [
        (Kind.CITY, Kind.CITY),
        (Kind.DISTRICT, None),
        (Kind.BRANCH, Kind.CITY),
        (Kind.UNIT, Kind.COMMUNITY),
        (Kind.TEAM, Kind.UNIT),
    ],
)
def test_it_refuses_a_parent_that_cannot_hold_this_kind(kind: Kind, parent: Kind | None) -> None:
    with pytest.raises(Refused, match=r"organisation\.wrong-parent"):
        check_parent(kind, parent)


@pytest.mark.parametrize(
    ("kind", "parent", "taken", "code"),
    [
        (Kind.UNIT, "990100000000", [], "U1001"),
        (Kind.UNIT, "990100000000", ["U1001", "U2040", "X9"], "U2041"),
        (Kind.BRANCH, "U1001", [], "U1001-01"),
        (Kind.BRANCH, "U1001", ["U1001-01", "U1001-12"], "U1001-13"),
        (Kind.BRANCH, "U1001", ["U1001-99"], "U1001-100"),
        (Kind.TEAM, "990102001001", ["990102001001-01"], "990102001001-T01"),
        (Kind.GRID, "990102001001", ["990102001001-T07"], "990102001001-01"),
    ],
)
def test_the_next_code_follows_the_highest(
    kind: Kind, parent: str, taken: list[str], code: str
) -> None:
    assert next_code(kind, parent, taken) == code


def test_a_code_is_capitals_digits_and_hyphens() -> None:
    assert check_code(" u1001-a ") == "U1001-A"
    for bad in ("", "U.1", "单位", "U1001.", "A" * 33, "U 1"):
        with pytest.raises(Refused, match=r"organisation\.code-characters"):
            check_code(bad)


def test_a_name_is_neither_empty_nor_endless() -> None:
    assert check_name("  第一  党支部 ") == "第一 党支部"
    with pytest.raises(Refused, match=r"organisation\.name-missing"):
        check_name(" \t")
    with pytest.raises(Refused, match=r"organisation\.name-too-long"):
        check_name("长" * 101)


def test_a_path_is_closed_so_that_no_code_is_the_beginning_of_another() -> None:
    assert path_of(path_of("", "U1"), "U1-01") == "U1.U1-01."
    assert not path_of("", "U10").startswith(path_of("", "U1"))


def test_names_are_read_syllable_by_syllable() -> None:
    assert pinyin_of("人民路社区") == "ren min lu she qu"
    assert len(pinyin_of("社区" * 100)) <= 300
