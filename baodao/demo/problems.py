"""The problems of 柳荫社区: one lies with its street, one with a unit, one is solved."""

from datetime import timedelta
from functools import partial

from baodao.demo.cast import COMMISSION
from baodao.demo.seasons import Season
from baodao.kernel import clock
from baodao.orgs.models import Organisation
from baodao.problems.commands.escalations import escalate
from baodao.problems.commands.outcomes import note_word
from baodao.problems.commands.problem_tasks import add_task, end_task
from baodao.problems.commands.problems import raise_problem, solve_problem
from baodao.problems.models import PlaceProblem, ProblemTask
from baodao.problems.rules.problems import Duty, ProblemFacts


class ProblemList:
    """What was put on the list, and what became of it."""

    def __init__(self, season: Season) -> None:
        self.season, self.diary, self.at = season, season.diary, season.at
        self.worker, self.home = season.worker, season.home
        self.unit: Organisation = season.stage.units[COMMISSION]

    def enter(self) -> None:
        self.diary.enter(self.at(24, 9), self._lift)
        self.diary.enter(self.at(18, 9), self._bicycles)
        self.diary.enter(self.at(40, 9), self._lamps)

    def _raise(self, facts: ProblemFacts, duty: Duty) -> PlaceProblem:
        return raise_problem(self.worker, place_id=self.home.pk, facts=facts, duty=duty)

    def _in(self, days: int, owner: Organisation, name: str = "") -> Duty:
        return Duty(owner.pk, clock.today() + timedelta(days=days), name)

    def _lift(self) -> None:
        """The community cannot solve it and whistles; nobody has answered yet."""
        duty = self._in(20, self.home, "安静")
        words = ("6号楼电梯三天两头停运，老人下不了楼", "6号楼", "韩秀英", "19900000131")
        row = self._raise(ProblemFacts("window", *words), duty)
        ask = partial(escalate, self.worker, problem_id=row.pk, question="大修资金请街道协调")
        self.diary.enter(self.at(8, 10), ask)

    def _bicycles(self) -> None:
        """A unit has taken it on; one task of two is done."""
        duty = self._in(40, self.unit, "邓敏")
        row = self._raise(ProblemFacts("visit", "电动车进楼充电，没有充电棚", "2号院"), duty)
        first = self._task(row, "选定充电棚的位置", 10)
        self._task(row, "联系供电部门接线", 30)
        self.diary.enter(self.at(9, 15), partial(self._done, first))

    def _task(self, row: PlaceProblem, text: str, days: int) -> ProblemTask:
        duty = self._in(days, self.unit, "邓敏")
        return add_task(self.worker, problem_id=row.pk, text=text, duty=duty)

    def _done(self, task: ProblemTask) -> None:
        end_task(self.worker, task_id=task.pk, result="选在东门北侧，居民代表同意")

    def _lamps(self) -> None:
        """Solved in time, with the word of who asked."""
        duty = self._in(14, self.unit, "邓敏")
        words = ("9号楼前路灯不亮，晚上看不清台阶", "9号楼", "郭大爷", "19900000132")
        row = self._raise(ProblemFacts("opinion", *words), duty)
        evidence = "换灯四盏，晚上现场查看都亮"
        solve = partial(solve_problem, self.worker, problem_id=row.pk, evidence=evidence)
        word = partial(note_word, self.worker, problem_id=row.pk, word="yes", way="phone")
        self.diary.enter(self.at(31, 16), solve)
        self.diary.enter(self.at(25, 10), partial(word, remark="亮堂了"))
