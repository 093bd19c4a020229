"""The 大党委 of 柳荫社区: a meeting that decided, with tasks and minutes, and one ahead."""

from datetime import datetime, time, timedelta
from functools import partial

from baodao.committees.commands.committees import add_member, form_committee
from baodao.committees.commands.meetings import (
    add_decision_task,
    call_meeting,
    note_attendance,
    resolve_item,
)
from baodao.committees.commands.minutes import draft_minutes, issue_minutes
from baodao.committees.models import Committee, Meeting
from baodao.committees.queries.minutes import digest_in
from baodao.committees.rules.committees import MeetingFacts, MemberFacts
from baodao.demo.cast import COMMISSION
from baodao.demo.seasons import Season
from baodao.kernel import clock
from baodao.orgs.models import Organisation
from baodao.problems.commands.problem_tasks import end_task
from baodao.problems.rules.problems import Duty

SPOT = "社区二楼会议室"
ITEMS = ("东门早晚高峰拥堵，接送孩子不安全", "闲置车棚改造成邻里议事角")
DECISIONS = (
    "东门早晚高峰限时通行，由成员单位派人引导，社区做好解释",
    "车棚由社区腾空，单位出志愿者粉刷布置，年底前开放",
)


class GreatCommittee:
    """Founded, met once, and called together again."""

    def __init__(self, season: Season) -> None:
        self.diary, self.at = season.diary, season.at
        self.today = season.stage.calendar.today
        self.worker, self.home = season.worker, season.home
        self.unit: Organisation = season.stage.units[COMMISSION]

    def enter(self) -> None:
        self.diary.enter(self.at(60, 9), self._foundation)

    def _foundation(self) -> None:
        row = form_committee(
            self.worker, place_id=self.home.pk, kind="great", name=f"{self.home.name}大党委"
        )
        for facts in (
            {"organisation_id": self.unit.pk, "person": "邓敏", "office": "兼职委员"},
            {"name": "阳光志愿者协会", "office": "成员"},
            {"person": "何教授", "office": "居民代表"},
        ):
            add_member(
                self.worker,
                committee_id=row.pk,
                facts=MemberFacts(clock.today(), **facts),
            )
        began = self.at(30, 15)
        self.diary.enter(self.at(36, 10), partial(self._call, row, began, ITEMS))
        self.diary.enter(self.at(25, 9), partial(self._minute, row))
        ahead = datetime.combine(self.today + timedelta(days=9), time(15), clock.ZONE)
        later = ("6号楼电梯大修资金怎么筹措", "冬季走访困难老人分工")
        self.diary.enter(self.at(2, 10), partial(self._call, row, ahead, later))

    def _call(self, row: Committee, at: datetime, words: tuple[str, ...]) -> None:
        call_meeting(self.worker, committee_id=row.pk, facts=MeetingFacts(at, SPOT, words))

    def _minute(self, row: Committee) -> None:
        """Some days after: who came, what was decided, who does what, and the minutes."""
        meeting: Meeting = row.meetings.get()
        ids = list(meeting.invitees.exclude(name="何教授").values_list("pk", flat=True))
        note_attendance(self.worker, meeting_id=meeting.pk, came_ids=ids)
        for item, decision in zip(meeting.items.order_by("position"), DECISIONS, strict=True):
            resolve_item(self.worker, item_id=item.pk, decision=decision)
        gate, shed = meeting.items.order_by("position")
        duty = Duty(self.unit.pk, clock.today() + timedelta(days=20), "邓敏")
        done = add_decision_task(
            self.worker, item_id=gate.pk, text="早晚高峰派人到东门引导", duty=duty
        )
        own = Duty(self.home.pk, clock.today() + timedelta(days=45), "安静")
        add_decision_task(self.worker, item_id=shed.pk, text="腾空车棚并公示", duty=own)
        draft = draft_minutes(self.worker, meeting_id=meeting.pk)
        issue_minutes(self.worker, minutes_id=draft.pk, signer="季书", seen=digest_in(draft))
        result = "两周来每天四人引导，东门不再拥堵"
        self.diary.enter(
            self.at(14, 17), partial(end_task, self.worker, task_id=done.pk, result=result)
        )
