"""The files of 柳荫社区: an assessment is on file, the switch is on, a few invented households."""

from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from baodao.accounts.commands.switches import confirm_switch, file_assessment, propose_switch
from baodao.accounts.rules import HOUSEHOLD_FILES, AssessmentFacts
from baodao.demo.cast import CITY
from baodao.demo.seasons import Season
from baodao.kernel import clock
from baodao.kernel.authz import Role
from baodao.orgs.commands.policies import set_policy
from baodao.orgs.rules.tree import Kind
from baodao.residents.commands.files import add_household, show_household, unmask_household
from baodao.residents.commands.measures import note_measure, plan_measure
from baodao.residents.commands.people import add_resident
from baodao.residents.models import HouseholdFile, SupportMeasure
from baodao.residents.rules.entries import HouseholdEntry
from baodao.residents.rules.households import (
    FileBasisFacts,
    MeasureFacts,
    ResidentFacts,
    SupportFacts,
    SupportGrade,
)
from baodao.residents.rules.policies import MEASURES

STREET = "柳荫街道"
ASSESSMENT = (
    "目的：为困难家庭建立民情档案，落实帮扶措施。必要性：只收集帮扶所需信息，不收集身份证号。"
    "影响和风险：泄露会伤害家庭尊严。措施：加密保存，写明事由才能打开，查阅留痕并向本户公开，"
    "儿童信息另行授权，到期销毁。"
)


DICTIONARY = {
    "close": ("每月上门看望：帮扶小组", "每季度陪同体检：社区", "每半年核对救助政策：社区"),
    "regular": ("每季度上门看望：帮扶小组", "每半年检查水电气：物业"),
    "light": ("每半年电话问候：社区",),
}
"""By the grade of support what the city proposes for a household."""


@dataclass(frozen=True)
class FilePlan:
    """A household, its difficulties and grade, who lives there, and what is done for it, with days
    until it is due and, where it was done, what came of it."""

    entry: HouseholdEntry
    categories: tuple[str, ...]
    grade: str
    people: tuple[ResidentFacts, ...] = ()
    measures: tuple[tuple[str, str, str, int, str], ...] = ()


def _born(age: int) -> int:
    return clock.today().year - age


def _plans() -> tuple[FilePlan, ...]:
    return (
        FilePlan(
            HouseholdEntry("鲁桂香", "儿子重病，医药费负担重", "19900000151", "3号楼1单元402"),
            ("illness", "margin"),
            "close",
            (
                ResidentFacts("鲁志强", _born(46), "child"),
                ResidentFacts("鲁小禾", _born(9), "grandchild"),
            ),
            (
                ("aid", "陪同申请大病救助", "网格员 小周", 20, "街道已受理，补助按月发放"),
                ("school", "联系学校落实课后服务", "安静", 45, ""),
            ),
        ),
        FilePlan(
            HouseholdEntry("季福来", "独居，视力下降", "19900000152", "6号楼2单元101"),
            ("alone",),
            "regular",
            measures=(("home", "卫生间装扶手，门口装感应灯", "物业", 35, ""),),
        ),
        FilePlan(
            HouseholdEntry("安慧", "夫妻二人失业", "19900000153", "9号楼3单元301"),
            ("jobless",),
            "regular",
            (ResidentFacts("蒋立", _born(41), "spouse"),),
            (("work", "推荐到街道招聘会", "安静", 15, "已到物业公司上岗"),),
        ),
        FilePlan(
            HouseholdEntry("邢玉兰", "残疾，出行不便", "", "2号楼1单元102"),
            ("disability", "minimum"),
            "light",
        ),
    )


class HouseholdFiles:
    """What is kept of households in difficulty, and that one of them saw its file."""

    def __init__(self, season: Season) -> None:
        self.season, self.diary, self.at = season, season.diary, season.at
        self.home = season.home
        self.worker = season.stage.worker("柳荫社区")
        self.secretary = season.stage.actors["柳荫社区", Role.COMMUNITY_SECRETARY]

    def enter(self) -> None:
        self.diary.enter(self.at(64, 10), self._turn_on)
        for number, plan in enumerate(_plans()):
            self.diary.enter(self.at(60 - number, 15), partial(self._file, plan, number))

    def _turn_on(self) -> None:
        stage, today = self.season.stage, clock.today()
        street = stage.places[STREET]
        administrator = stage.actors[CITY, Role.SYSTEM_ADMINISTRATOR]
        facts = AssessmentFacts(
            HOUSEHOLD_FILES,
            "民情档案个人信息保护影响评估报告（2026年第1号）",
            "街道党工委",
            today,
            ASSESSMENT,
        )
        file_assessment(administrator, organisation_id=street.pk, facts=facts)
        switch = propose_switch(
            administrator,
            key=HOUSEHOLD_FILES,
            organisation_id=street.pk,
            basis="街道党工委会议纪要",
            approver="街道党工委",
            ends_on=today + timedelta(days=360),
        )
        confirm_switch(stage.actors[CITY, Role.SECURITY_ADMINISTRATOR], switch_id=switch.pk)
        for grade, lines in DICTIONARY.items():
            policy = MEASURES[SupportGrade(grade)]
            set_policy(
                administrator, organisation_id=stage.places[CITY].pk, policy=policy, value=lines
            )

    def _file(self, plan: FilePlan, number: int) -> None:
        today = clock.today()
        grids = self.season.stage.below(self.home, Kind.GRID)
        grid_id = grids[number % len(grids)] if grids else None
        basis = FileBasisFacts(
            "consent", "本人书面同意（告知书第1版）", today, today + timedelta(730)
        )
        file = add_household(
            self.worker,
            community_id=self.home.pk,
            entry=plan.entry,
            support=SupportFacts(plan.categories, plan.grade, grid_id),
            basis=basis,
        )
        for person in plan.people:
            add_resident(self.secretary, file_id=file.pk, resident=person)
        for kind, text, doer, days, outcome in plan.measures:
            facts = MeasureFacts(kind, text, today + timedelta(days=60 + days), doer)
            measure = plan_measure(self.worker, file_id=file.pk, measure=facts)
            if outcome:
                self.diary.enter(self.at(30 - number, 16), partial(self._done, measure, outcome))
        if not number:
            self.diary.enter(self.at(28, 10), partial(self._read, file))

    def _done(self, measure: SupportMeasure, outcome: str) -> None:
        note_measure(self.worker, measure_id=measure.pk, done_on=clock.today(), outcome=outcome)

    def _read(self, file: HouseholdFile) -> None:
        unmask_household(self.worker, file_id=file.pk, reason="上门走访前核对情况")
        show_household(self.worker, file_id=file.pk, reason="本户到窗口要求查阅")
