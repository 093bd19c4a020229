"""Complaints and suggestions of the demo city: some answered, some still waiting."""

from functools import partial

from baodao.demo.diary import Diary
from baodao.demo.stage import CityStage
from baodao.kernel.authz import NOBODY, Actor
from baodao.notices.commands.complaints import ComplaintDraft, answer, complain

VOICES = (
    (40, "柳荫社区", "介绍信上的二维码太小，扫不清。", 38, "已改大，也可以直接报介绍信编号。"),
    (21, "柳荫社区", "建议周六上午也有人接收报到。", 18, "从下周起周六上午有人值班。"),
    (12, "镜湖社区", "出示介绍信一周多了还没有接收。", 0, ""),
    (3, "柳荫社区", "回执上单位名称少了“机关”两个字，请核对。", 0, ""),
    (2, "东岸区", "单位和社区都让填居住地，能不能只填一次？", 0, ""),
    (1, "和顺路社区", "大字模式很好用，希望介绍信页面也能放大。", 0, ""),
)  # fmt: skip
"""Days ago, to whom, what was said, days ago answered (0: not yet), the answer."""


def enter_voices(stage: CityStage, diary: Diary) -> None:
    """Put them into the diary."""
    for days, place, text, answer_days, reply in VOICES:
        diary.enter(
            stage.calendar.at(days, 13),
            partial(_say, stage, diary, (place, text, answer_days, reply)),
        )


def _say(stage: CityStage, diary: Diary, voice: tuple[str, str, int, str]) -> None:
    place, text, answered, reply = voice
    complaint = complain(NOBODY, organisation=stage.places[place], draft=ComplaintDraft(text))
    if answered:
        worker: Actor = stage.worker(place)
        diary.enter(
            stage.calendar.at(answered, 15),
            partial(answer, worker, complaint_id=complaint.pk, text=reply),
        )
