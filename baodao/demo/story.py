"""The units of the demo city and what has become of each of their members, as plain plans.

One unit is told by the first real case (12 branches, 120 members, 70 in service, all reported);
around it a city that is not perfect.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from baodao.demo.cast import BUILDING, COMMISSION, CREDIT, INVITED, MEMBER
from baodao.demo.names import Invented, Inventor
from baodao.people.rules.standing import Grade, Standing


class Lot(StrEnum):
    """Where a member in service stands today."""

    ACCEPTED = "accepted"
    WAITING = "waiting"
    RETURNED = "returned"
    ISSUED = "issued"
    NOTHING = "nothing"
    DELAYED = "delayed"
    ILL = "ill"
    ASKING = "asking"
    ENDED = "ended"
    MOVED = "moved"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Branch:
    """A branch by name: how many in service, retired, living elsewhere."""

    name: str
    in_service: int
    retired: int = 0
    elsewhere: int = 0


@dataclass(frozen=True)
class UnitPlan:
    """A unit: where it hangs, who keeps its papers, how its story began and where it stands.

    `homes` are communities by weight; `fates` how many of those in service did not simply
    arrive; `waits` are the days ago on which the waiting ones presented their letter.
    """

    code: str
    name: str
    under: str
    clerk: str
    secretary: str
    partner: str
    branches: tuple[Branch, ...]
    homes: dict[str, int]
    began: int
    """Days ago on which its roster came in; 0 when there is none yet."""
    fates: dict[Lot, int] = field(default_factory=dict)
    waits: tuple[int, ...] = ()
    partnered: str = "accepted"
    by_group: bool = True


@dataclass(frozen=True)
class Member:
    """One invented person of a branch, with home and fate."""

    facts: Invented
    branch: str
    standing: Standing
    grade: Grade
    lives_in_city: bool
    home: str
    fate: Lot
    waited: int = 0
    """Days since the letter was presented, for those who wait."""


def _numbered(first: int, *counts: int) -> tuple[Branch, ...]:
    """第一党支部 … with these many in service, one in three with a retired member."""
    names = "一二三四五六七八九"
    return tuple(
        Branch(f"第{names[first + at - 1]}党支部", count, 1 if at % 3 == 0 else 0)
        for at, count in enumerate(counts)
    )


UNITS = (
    UnitPlan(
        "U1001", COMMISSION, "滨河市", "邓敏", "戴文", "柳荫社区",
        (
            *_numbered(1, 9, 9, 9, 9, 9, 10),
            Branch("执法大队党支部", 13, 2),
            Branch("老干部党支部", 2, 46),
        ),
        {"柳荫社区": 24, "石桥社区": 9, "北门社区": 7, "望江社区": 8, "和顺路社区": 10,
         "云水社区": 6, "镜湖社区": 6},
        began=262,
    ),
    UnitPlan(
        "U1002", CREDIT, "滨河市", "曾宁", "武景行", "和顺路社区",
        (
            Branch("办公室党支部", 6), Branch("组织人事党支部", 6),
            Branch("政策法规党支部", 6), Branch("规划发展党支部", 6, 1),
            Branch("信用建设党支部", 6), Branch("信息中心党支部", 6),
            Branch("公共服务党支部", 6, 1), Branch("财务审计党支部", 6),
            Branch("宣传教育党支部", 6, 1), Branch("服务大厅党支部", 7, 1),
            Branch("执法支队党支部", 7, 2), Branch("老干部党支部", 2, 44),
        ),
        {"和顺路社区": 46, "云水社区": 8, "柳荫社区": 8, "春晓社区": 4, "镜湖社区": 4},
        began=276, by_group=False,
    ),
    UnitPlan(
        "U1003", BUILDING, "东岸区", "袁书恒", "龚志国", "柳荫社区",
        (Branch("机关党支部", 13, 2), Branch("质监站党支部", 11, 3), Branch("园林所党支部", 9),
         Branch("房管所党支部", 9, 4)),
        {"柳荫社区": 22, "石桥社区": 8, "槐安社区": 6, "望江社区": 6},
        began=214, fates={Lot.WAITING: 5, Lot.RETURNED: 1, Lot.ENDED: 2, Lot.MOVED: 1},
        waits=(0, 0, 0, 0, 0),
    ),
    UnitPlan(
        "U1004", "东岸区教育局机关党委", "东岸区", "肖雅琴", "龙振华", "北门社区",
        (Branch("机关党支部", 14, 3), Branch("教研室党支部", 12, 2), Branch("招考中心党支部", 12)),
        {"北门社区": 16, "柳荫社区": 9, "松风社区": 6, "石桥社区": 7},
        began=171,
        fates={Lot.WAITING: 6, Lot.ISSUED: 6, Lot.NOTHING: 7, Lot.ILL: 1, Lot.ASKING: 1},
        waits=(2, 9, 9, 9, 6, 6),
    ),
    UnitPlan(
        "U1005", "滨河市第二中学党总支", "东岸区", "彭秀英", "陶守正", "柳荫社区",
        (Branch("语文教研党支部", 12), Branch("数理教研党支部", 14), Branch("综合教研党支部", 11),
         Branch("后勤党支部", 8, 5)),
        {"柳荫社区": 32, "石桥社区": 5, "槐安社区": 4, "井亭社区": 2},
        began=235,
        fates={Lot.WAITING: 1, Lot.NOTHING: 2, Lot.MOVED: 2, Lot.DELAYED: 1},
        waits=(1,),
    ),
    UnitPlan(
        "U1006", "滨河市第三医院党委", "西岸区", "侯惠敏", "万德明", "镜湖社区",
        (Branch("门诊党支部", 16), Branch("住院党支部", 18), Branch("医技党支部", 14),
         Branch("行政后勤党支部", 12, 8)),
        {"镜湖社区": 26, "荷塘社区": 12, "云水社区": 10, "和顺路社区": 12},
        began=158,
        fates={Lot.WAITING: 9, Lot.ISSUED: 4, Lot.NOTHING: 5, Lot.ILL: 2, Lot.DELAYED: 2,
               Lot.ASKING: 2, Lot.WITHDRAWN: 1},
        waits=(11, 11, 11, 11, 11, 4, 4, 4, 4),
    ),
    UnitPlan(
        "U1007", "西岸区交通局机关党委", "西岸区", "薛志强", "毛长河", "荷塘社区",
        (Branch("机关党支部", 12, 2), Branch("运输所党支部", 10), Branch("养护站党支部", 8, 1)),
        {"荷塘社区": 12, "镜湖社区": 8, "春晓社区": 5, "云水社区": 5},
        began=127, fates={Lot.RETURNED: 3, Lot.ISSUED: 2, Lot.NOTHING: 1, Lot.ENDED: 1},
    ),
    UnitPlan(
        "U1008", "西岸区文化馆党总支", "西岸区", "严若曦", "范文博", "春晓社区",
        (Branch("演艺党支部", 7), Branch("群文党支部", 6, 2)),
        {"春晓社区": 8, "云水社区": 5},
        began=96, fates={Lot.MOVED: 1},
    ),
    UnitPlan(
        "U1009", "云水街道机关党总支", "云水街道", "田佳怡", "秦广平", "云水社区",
        (Branch("街道机关党支部", 9, 1), Branch("综合服务党支部", 8)),
        {"云水社区": 7, "和顺路社区": 6, "春晓社区": 4},
        began=48, fates={Lot.ISSUED: 3, Lot.NOTHING: 2}, partnered="submitted",
    ),
    UnitPlan(
        "U1010", "东岸区市场监管所党总支", "东岸区", "程令仪", "孟承志", "石桥社区",
        (Branch("第一党支部", 13), Branch("第二党支部", 12, 2)),
        {"石桥社区": 9, "柳荫社区": 8, "望江社区": 4, "码头社区": 4},
        began=3, fates={Lot.NOTHING: 25}, partnered="submitted",
    ),
    UnitPlan(
        "U1011", "西岸区水务站党总支", "西岸区", "钱明月", "雷向阳", "荷塘社区",
        (), {}, began=0, partnered="returned",
    ),
)  # fmt: skip

CHEN, LE = "陈晓宇", "乐志国"
WILLOW_DAYS = 3
"""Who has waited for less than this waits in 柳荫社区."""
PROBATIONARY = 0.03

NAMED: dict[str, tuple[tuple[str, str, Lot], ...]] = {
    COMMISSION: (
        ("第二党支部", CHEN, Lot.ISSUED),
        ("执法大队党支部", INVITED, Lot.NOTHING),
        ("执法大队党支部", "解海波", Lot.NOTHING),
        ("老干部党支部", LE, Lot.DELAYED),
        ("第一党支部", MEMBER, Lot.ACCEPTED),
    ),
    CREDIT: (
        ("信用建设党支部", "曾喆", Lot.ACCEPTED),
        ("政策法规党支部", "解堃", Lot.ACCEPTED),
        ("服务大厅党支部", "单犇", Lot.ACCEPTED),
        ("信息中心党支部", "仇昇", Lot.ACCEPTED),
        ("宣传教育党支部", "刘䶮", Lot.ACCEPTED),
    ),
}
"""Persons with a name of their own: branch, name, fate."""


def members_of(unit: UnitPlan, inventor: Inventor) -> list[Member]:
    """Everybody of a unit, branch by branch, the same for the same inventor."""
    rng = inventor.random
    named = list(NAMED.get(unit.name, ()))
    free = _fates(unit, len(named))
    rng.shuffle(free)
    waits = iter(unit.waits)
    members: list[Member] = []
    for branch in unit.branches:
        own = [row for row in named if row[0] == branch.name]
        for at in range(branch.in_service):
            name, fate = (own[at][1], own[at][2]) if at < len(own) else ("", free.pop())
            waited = next(waits) if fate is Lot.WAITING else 0
            members.append(_in_service(unit, branch, inventor, (name, fate, waited)))
        members += [_retired(branch, inventor) for _ in range(branch.retired)]
    return members


def _fates(unit: UnitPlan, named: int) -> list[Lot]:
    in_service = sum(branch.in_service for branch in unit.branches)
    story = [fate for fate, count in unit.fates.items() for _ in range(count)]
    return story + [Lot.ACCEPTED] * (in_service - named - len(story))


def _in_service(
    unit: UnitPlan, branch: Branch, inventor: Inventor, story: tuple[str, Lot, int]
) -> Member:
    name, fate, waited = story
    rng = inventor.random
    home = rng.choices(list(unit.homes), list(unit.homes.values()))[0]
    if name in (CHEN, MEMBER) or (fate is Lot.WAITING and waited < WILLOW_DAYS):
        home = "柳荫社区"
    return Member(
        inventor.person(name=name),
        branch.name,
        Standing.IN_SERVICE,
        Grade.PROBATIONARY if rng.random() < PROBATIONARY else Grade.FULL,
        lives_in_city=name != LE,
        home=home,
        fate=fate,
        waited=waited,
    )


def _retired(branch: Branch, inventor: Inventor) -> Member:
    facts = inventor.person(retired=True)
    return Member(facts, branch.name, Standing.RETIRED, Grade.FULL, True, "", Lot.NOTHING)


def roster_of(unit: UnitPlan, members: list[Member]) -> bytes:
    """The unit's roster as its clerk keeps it, a CSV file with the usual headers."""
    lines = ["".join((unit.name, "党员花名册")), ",".join(_HEADERS)]
    lines += [",".join(_row(number, member)) for number, member in enumerate(members, 1)]
    return "\n".join(lines).encode("utf-8-sig")


_HEADERS = (
    "序号", "姓名", "性别", "公民身份号码", "民族", "学历", "所在党支部", "入党时间", "人员类别",
    "人员状态", "职务", "特长", "兴趣爱好", "联系电话", "家庭住址", "是否居住本市",
)  # fmt: skip


def _row(number: int, member: Member) -> Iterator[str]:
    facts = member.facts
    yield str(number)
    yield facts.name
    yield "男" if facts.sex == "m" else "女"
    yield facts.id_number
    yield facts.ethnicity
    yield facts.education
    yield member.branch
    yield f"{facts.joined_on:%Y.%m}"
    yield "正式党员" if member.grade is Grade.FULL else "预备党员"
    yield "在职" if member.standing is Standing.IN_SERVICE else "退休"
    yield facts.position
    yield facts.specialty
    yield facts.interests
    yield facts.phone
    yield facts.address
    yield "是" if member.lives_in_city else "否"
