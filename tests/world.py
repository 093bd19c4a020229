"""The small drawn world of all tests: one city, its people by name.

    City 滨河市
    ├─ District 东岸区
    │   ├─ Street 柳荫街道 ── Community 柳荫社区 (An, Ji), Community 石桥社区 (Bao)
    │   ├─ Street 北门街道 ── Community 北门社区
    │   └─ Unit 区城建局机关党委 ── Branch 第一党支部 (Chen, Qin), Branch 第二党支部
    ├─ District 西岸区
    │   └─ Street 云水街道 ── Community 云水社区, Community 南湖社区
    └─ Unit 市发展委机关党委 ── Branch 机关党支部 (Hao, member of another unit)

An is a worker of 柳荫社区 and Ji its secretary, Bao the worker next door who must see nothing of
An's, Chen a member, Qin the secretary of Chen's branch, Deng the secretary and Dai the clerk of
Chen's unit, Fan supervises 东岸区 (reads, cannot write), Gu is nobody: an account that the security
administrator Shen made and that holds nothing.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from baodao.accounts.commands.switches import (
    confirm_switch,
    file_assessment,
    propose_switch,
)
from baodao.accounts.models import Account
from baodao.accounts.queries import actor_of
from baodao.accounts.rules import SWITCHES, AssessmentFacts
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Role
from baodao.orgs.models import Organisation
from baodao.orgs.rules.tree import Kind
from baodao.people.models import Person
from tests import factories


@dataclass
class World:
    """Everything by name; `actor("an")` is built from the database, as a request does."""

    places: dict[str, Organisation] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Organisation:
        try:
            return self.places[name]
        except KeyError:
            raise AttributeError(name) from None

    def actor(self, name: str) -> Actor:
        return actor_of(self.accounts[name])

    def turned_on(self, key: str, at: str = "city", days: int = 30) -> None:
        """Sun proposes a switch, with its impact assessment where it needs one, and Shen confirms
        it."""
        if SWITCHES[key].assessed:
            facts = AssessmentFacts(key, "影响评估", "王书记", clock.today(), "目的、影响和措施")
            file_assessment(self.actor("sun"), organisation_id=self.places[at].pk, facts=facts)
        proposed = propose_switch(
            self.actor("sun"),
            key=key,
            organisation_id=self.places[at].pk,
            basis="区委文件",
            approver="王书记",
            ends_on=clock.today() + timedelta(days=days),
        )
        confirm_switch(self.actor("shen"), switch_id=proposed.pk)


def draw() -> World:
    """Make the world in the database."""
    world = World()
    _places(world)
    _people(world)
    return world


def _places(world: World) -> None:
    tree: list[tuple[str, Kind, str, str | None, str]] = [
        ("city", Kind.CITY, "滨河市", None, "990100000000"),
        ("east", Kind.DISTRICT, "东岸区", "city", "990102000000"),
        ("west", Kind.DISTRICT, "西岸区", "city", "990103000000"),
        ("willow_street", Kind.STREET, "柳荫街道", "east", "990102001000"),
        ("north_street", Kind.STREET, "北门街道", "east", "990102002000"),
        ("cloud_street", Kind.STREET, "云水街道", "west", "990103001000"),
        ("willow", Kind.COMMUNITY, "柳荫社区", "willow_street", "990102001001"),
        ("bridge", Kind.COMMUNITY, "石桥社区", "willow_street", "990102001002"),
        ("north", Kind.COMMUNITY, "北门社区", "north_street", "990102002001"),
        ("cloud", Kind.COMMUNITY, "云水社区", "cloud_street", "990103001001"),
        ("lake", Kind.COMMUNITY, "南湖社区", "cloud_street", "990103001002"),
        ("grid", Kind.GRID, "第一网格", "willow", "990102001001-01"),
        ("team", Kind.TEAM, "法律服务队", "willow", "990102001001-T1"),
        ("bureau", Kind.UNIT, "区城建局机关党委", "east", "U1001"),
        ("first", Kind.BRANCH, "第一党支部", "bureau", "U1001-01"),
        ("second", Kind.BRANCH, "第二党支部", "bureau", "U1001-02"),
        ("commission", Kind.UNIT, "市发展委机关党委", "city", "U1002"),
        ("office", Kind.BRANCH, "机关党支部", "commission", "U1002-01"),
    ]
    for sort, (key, kind, name, parent, code) in enumerate(tree):
        under = world.places[parent] if parent else None
        world.places[key] = factories.organisation(kind, name, under, code=code, sort=sort)


def _people(world: World) -> None:
    chen = factories.member(
        "陈晓宇",
        world.first,
        pinyin="chen xiao yu",
        initials="cxy",
        phone="19900001234",
        home_community=world.willow,
    )
    hao = factories.member("郝一鸣", world.office, pinyin="hao yi ming", initials="hym")
    world.people |= {"chen": chen, "hao": hao}
    staff: list[tuple[str, str, Role, Organisation]] = [
        ("an", "安静", Role.COMMUNITY_WORKER, world.willow),
        ("ji", "季书", Role.COMMUNITY_SECRETARY, world.willow),
        ("bao", "包平", Role.COMMUNITY_WORKER, world.bridge),
        ("deng", "邓敏", Role.UNIT_SECRETARY, world.bureau),
        ("dai", "戴文", Role.UNIT_CLERK, world.bureau),
        ("qin", "秦川", Role.BRANCH_SECRETARY, world.first),
        ("fan", "范立", Role.SUPERVISOR, world.east),
        ("sun", "孙系统", Role.SYSTEM_ADMINISTRATOR, world.city),
        ("shen", "沈安全", Role.SECURITY_ADMINISTRATOR, world.city),
        ("su", "苏审计", Role.AUDIT_ADMINISTRATOR, world.city),
    ]
    for key, name, role, place in staff:
        world.accounts[key] = factories.account(name, role, place, username=key)
    world.accounts["chen"] = factories.account("陈晓宇", username="chen", person=chen)
    world.accounts["gu"] = factories.account("顾某", username="gu", made_by=world.accounts["shen"])
