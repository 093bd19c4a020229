"""Opinions of the demo city: 柳荫社区 asked its partner units last month and asks its members now;
a unit asks its community."""

from datetime import timedelta

from baodao.demo.cast import COMMISSION
from baodao.demo.diary import Diary
from baodao.demo.stage import CityStage
from baodao.kernel import clock
from baodao.kernel.authz import NOBODY, Actor, Permission
from baodao.kernel.moments import AsOf, read_period
from baodao.opinions.commands.rounds import ask_opinions, express_opinion, rate_reply, reply
from baodao.opinions.models import OpinionSheet
from baodao.opinions.queries.rounds import Sheets, answers_in, silent
from baodao.opinions.rules.rounds import (
    QUESTIONS,
    AnswerFacts,
    OpinionAudience,
    OpinionMark,
    RoundFacts,
)
from baodao.orgs.models import Organisation

COMMUNITY = "柳荫社区"
FIRST_ROUND, FIRST_REPLY, FIRST_WORD, SECOND_ROUND = 30, 26, 24, 4
FROM_UNITS = (
    (OpinionMark.FAIR, "邓敏", "活动多放在周末，平时请不了假。", "下季度起活动都排在周六上午。"),
    (OpinionMark.GOOD, "戴文", "", ""),
    (OpinionMark.GOOD, "林悦", "需求写清要几个人、带什么工具。", ""),
)
"""How it was marked, by whom, in which words, and what became of it."""
FROM_MEMBERS = (
    "希望提前三天通知。", "", "想发挥专长，教老人用手机。", "", "签到码贴低一点，老人够不着。", "",
)  # fmt: skip


class OpinionRounds:
    """Asked, answered, answered again, in the order of the days."""

    def __init__(self, stage: CityStage, diary: Diary) -> None:
        self.stage, self.diary = stage, diary
        self.worker = stage.worker(COMMUNITY)

    def enter(self) -> None:
        at = self.stage.calendar.at
        self.diary.enter(at(FIRST_ROUND, 9), self._ask_units)
        self.diary.enter(at(FIRST_REPLY, 10), self._reply)
        self.diary.enter(at(FIRST_WORD, 12), self._settle)
        self.diary.enter(at(SECOND_ROUND, 9), self._ask_members)
        self.diary.enter(at(SECOND_ROUND, 15), self._ask_community)

    def _ask(self, actor: Actor, asker: Organisation, audience: OpinionAudience) -> Sheets:
        """Ask, and name who has not answered yet: everybody."""
        period = read_period("", AsOf(clock.now()))
        due = clock.today() + timedelta(days=10)
        facts = RoundFacts(audience, period, due, "请直说，件件有答复。")
        return silent(ask_opinions(actor, asker_id=asker.pk, facts=facts)).order_by("pk")

    def _ask_units(self) -> None:
        sheets = self._ask(self.worker, self.stage.places[COMMUNITY], OpinionAudience.UNITS)
        for sheet, (mark, name, text, _words) in zip(list(sheets), FROM_UNITS, strict=False):
            _answer(sheet, mark, text, name)

    def _reply(self) -> None:
        replies = {name: words for _mark, name, _text, words in FROM_UNITS if words}
        for row in answers_in(self.worker, Permission.OPINION_ASK).filter(name__in=replies):
            reply(self.worker, answer_id=row.pk, words=replies[row.name])

    def _settle(self) -> None:
        rows = answers_in(self.worker, Permission.OPINION_ASK)
        for row in rows.filter(replied_at__isnull=False):
            assert row.sheet is not None
            rate_reply(NOBODY, token=row.sheet.token, settled=True)

    def _ask_members(self) -> None:
        sheets = self._ask(self.worker, self.stage.places[COMMUNITY], OpinionAudience.MEMBERS)
        for number, (sheet, text) in enumerate(zip(list(sheets), FROM_MEMBERS, strict=False)):
            _answer(sheet, OpinionMark.FAIR if number % 3 == 2 else OpinionMark.GOOD, text)

    def _ask_community(self) -> None:
        unit = self.stage.units[COMMISSION]
        self._ask(self.stage.clerk(COMMISSION), unit, OpinionAudience.COMMUNITY)


def _answer(sheet: OpinionSheet, mark: OpinionMark, text: str, name: str = "") -> None:
    marks = {one.code: mark.value for one in QUESTIONS[sheet.round.audience]}
    express_opinion(NOBODY, token=sheet.token, facts=AnswerFacts(marks, text, name))
