"""The invented places: no city, district or street of this name exists."""

from collections.abc import Iterator

CITY = ("990100000000", "滨河市")
DISTRICTS = (("990102000000", "东岸区"), ("990103000000", "西岸区"))
COMMUNITIES = {
    ("990102001000", "柳荫街道"): ("柳荫社区", "石桥社区", "槐安社区", "井亭社区"),
    ("990102002000", "听松街道"): ("北门社区", "松风社区", "旧埠社区"),
    ("990102003000", "望江里街道"): ("望江社区", "码头社区", "新渡社区"),
    ("990103001000", "云水街道"): ("和顺路社区", "云水社区", "春晓社区"),
    ("990103002000", "镜湖湾街道"): ("镜湖社区", "荷塘社区", "澄湖社区"),
}
"""Streets by code, each with its communities in the order of their codes."""

BIG_STREETS = "柳荫 听松 望江里 云水 镜湖湾 槐安里 双榆里 桑园里 晴川里 竹溪里 梅坞里 枕河里"
BIG_COMMUNITIES = (
    "柳荫 石桥 槐安 井亭 北门 松风 旧埠 望江 码头 新渡 "
    "和顺路 云水 春晓 镜湖 荷塘 澄湖 书院 钟楼 磨坊 梧桐"
)
SIDES = ("南岸", "北岸", "中洲", "上湾", "下湾", "新城", "古渡", "柳堤", "槐荫", "沙汀")
FIRST_SIDE = 4
"""Their codes follow those of the told districts."""


def table() -> str:
    """The invented city as a file of the national table's columns."""
    rows = [("code", "name", "parent"), (*CITY, ""), *((*row, CITY[0]) for row in DISTRICTS)]
    for (code, name), communities in COMMUNITIES.items():
        rows.append((code, name, code[:6] + "000000"))
        for number, community in enumerate(communities, 1):
            rows.append((f"{code[:9]}{number:03d}", community, code))
    return "\n".join(",".join(row) for row in rows)


def codes() -> dict[str, str]:
    """Name → code of every invented place."""
    rows = (line.split(",") for line in table().splitlines()[1:])
    return {name: code for code, name, _ in rows}


def big_table(streets: int, communities: int) -> str:
    """More districts of the same city, 12 streets each, for sizes beyond the told one."""
    return "\n".join(["code,name,parent", *_big_rows(streets, communities)])


def _big_rows(streets: int, communities: int) -> Iterator[str]:
    names, words = BIG_STREETS.split(), BIG_COMMUNITIES.split()
    for number in range(streets):
        side, turn = divmod(number, len(names))
        district = f"9901{FIRST_SIDE + side:02d}000000"
        if turn == 0:
            yield f"{district},{SIDES[side]}区,{CITY[0]}"
        street = f"{district[:6]}{turn + 1:03d}000"
        yield f"{street},{names[turn]}街道,{district}"
        for one in range(communities):
            again, word = divmod(one, len(words))
            mark = f"第{again + 1}" if again else ""
            yield f"{street[:9]}{one + 1:03d},{words[word]}{mark}社区,{street}"
