"""Reading division tables: the package's folder and files as offices have them."""

from pathlib import Path

import pytest

from baodao.divisions.queries.packages import prefix_of, read_package
from baodao.divisions.queries.tables import read_file
from baodao.kernel.errors import Refused
from baodao.orgs.rules.tree import Kind

PACKAGE = {
    "provinces.csv": "code,name\n11,甲京市\n44,甲东省\n41,甲南省\n",
    "cities.csv": (
        "code,name,provinceCode\n1101,市辖区,11\n4419,甲莞市,44\n4403,甲圳市,44\n"
        "4190,省直辖县级行政区划,41\n"
    ),
    "areas.csv": (
        'code,name,cityCode,provinceCode\n110101,"甲城区",1101,11\n441900,"甲莞市",4419,44\n'
        '440303,"甲湖区",4403,44\n419001,"甲源市",4190,41\n'
    ),
    "streets.csv": (
        "code,name,areaCode,provinceCode,cityCode\n110101001,甲门街道,110101,11,1101\n"
        "441900003,甲城街道,441900,44,4419\n440303001,甲湖街道,440303,44,4403\n"
    ),
    "villages.csv": (
        "code,name,streetCode,provinceCode,cityCode,areaCode\n"
        "110101001001,甲巷社区居委会,110101001,11,1101,110101\n"
        "441900003001,甲岗社区居委会,441900003,44,4419,441900\n"
        "440303001001,甲里社区居委会,440303001,44,4403,440303\n"
    ),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, content in PACKAGE.items():
        (tmp_path / name).write_text(content)
    return tmp_path


def test_one_city_comes_with_all_its_levels(folder: Path) -> None:
    places = read_package(folder, "440300")
    assert [(place.kind, place.name, place.parent) for place in places] == [
        (Kind.CITY, "甲圳市", None),
        (Kind.DISTRICT, "甲湖区", "440300000000"),
        (Kind.STREET, "甲湖街道", "440303000000"),
        (Kind.COMMUNITY, "甲里社区居委会", "440303001000"),
    ]


@pytest.mark.parametrize("code", ["11", "110000", "110100", "110000000000"])
def test_a_municipality_is_its_province(folder: Path, code: str) -> None:
    places = read_package(folder, code)
    assert (places[0].code, places[0].name) == ("110000000000", "甲京市")
    assert places[1].parent == "110000000000"
    assert len(places) == 4


def test_a_city_without_districts_has_its_streets_below_itself(folder: Path) -> None:
    places = read_package(folder, "441900")
    assert [place.kind for place in places] == [Kind.CITY, Kind.STREET, Kind.COMMUNITY]
    assert places[1].parent == places[0].code == "441900000000"


def test_counties_directly_under_a_province_are_named_after_it(folder: Path) -> None:
    assert read_package(folder, "419000")[0].name == "甲南省直辖县级行政区划"


def test_the_whole_table_holds_every_place_once(folder: Path) -> None:
    codes = [place.code for place in read_package(folder)]
    assert len(codes) == len(set(codes)) == 13


def test_a_district_alone_can_be_read(folder: Path) -> None:
    assert [place.code for place in read_package(folder, "440303")][:2] == [
        "440300000000",
        "440303000000",
    ]
    assert prefix_of("440303") == "440303"


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("999900", "division.unknown-city"),
        ("440303001", "division.not-a-city"),
        ("44", "division.not-a-city"),
        ("44x", "division.code"),
    ],
)
def test_it_refuses_what_is_no_city(folder: Path, code: str, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        read_package(folder, code)
    assert refused.value.code == reason


def test_a_missing_package_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"division\.no-table"):
        read_package(tmp_path, "440300")


@pytest.mark.parametrize(
    "content",
    [
        "code,name,parent\n990100000000,滨河市,\n990102,东岸区,9901\n".encode(),
        "\ufeff代码;名称;上级代码\n9901;滨河市;\n990102000000;东岸区;990100000000\n".encode(),
        "区划代码\t区划名称\n990100\t滨河市\n990102\t东岸区\n\n".encode("gb18030"),
        "name,code,provinceCode,cityCode\r\n滨河市,9901,99,\r\n东岸区,990102,99,9901\r\n".encode(),
    ],
)
def test_files_of_many_forms_say_the_same(content: bytes) -> None:
    places = read_file(content)
    assert [(place.code, place.name, place.parent) for place in places] == [
        ("990100000000", "滨河市", None),
        ("990102000000", "东岸区", "990100000000"),
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "division.no-header"),
        ("城市,区县\n滨河市,东岸区\n".encode(), "division.no-header"),
        (b"code,name\n", "division.empty"),
        (b"PK\x03\x04\0\0", "spreadsheet.truncated"),
        ("code,name\n9901,滨河市\n99010,东岸区\n".encode(), "division.code"),
        ("code,name\n9901,滨河市\n990102,\n".encode(), "division.name"),
        (("code,name\n9901," + "长" * 101).encode(), "division.name"),
    ],
)
def test_a_bad_file_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        read_file(content)
    assert refused.value.code == reason


def test_a_refusal_names_the_row() -> None:
    with pytest.raises(Refused) as refused:
        read_file("code,name\n9901,滨河市\n\n99010A,东岸区\n".encode())
    assert refused.value.facts["row"] == 4
