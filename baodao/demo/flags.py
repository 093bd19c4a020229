"""Records of 柳荫社区 that stand out: two typed by night, and one's week in the same words."""

from datetime import timedelta
from functools import partial

from baodao.demo.cast import MEMBER
from baodao.demo.seasons import Season
from baodao.flags.commands.flags import note_flags
from baodao.kernel import clock
from baodao.kernel.authz import SYSTEM
from baodao.ledger.rules.records import Entry, Way
from baodao.registration.queries.desks import hosted
from baodao.statements.commands.entries import enter

BY_NIGHT = ((10, "协助防汛值守", 120), (5, "清理楼道堆放的杂物", 90))
"""Days ago, what was done the day before, how long."""
SAME_WORDS = (9, "入户走访独居老人并登记需求", 60, 4)
"""Days ago, what, how long, on how many days before."""


class DoubtfulEntries:
    """What a supervisor finds on the first day: entered by one alone, each with a second reason."""

    def __init__(self, season: Season) -> None:
        self.season, self.diary, self.at = season, season.diary, season.at

    def enter(self) -> None:
        for number, (days, words, minutes) in enumerate(BY_NIGHT):
            self.diary.enter(self.at(days, 1), partial(self._typed, number, words, minutes, 1))
        self.diary.enter(
            self.at(SAME_WORDS[0], 16), partial(self._typed, len(BY_NIGHT), *SAME_WORDS[1:])
        )
        self.diary.enter(self.at(1, 4), partial(note_flags, SYSTEM))

    def _typed(self, number: int, words: str, minutes: int, count: int) -> None:
        """Services of one member on the days before, typed at the window; not of the one of the
        tour."""
        here = hosted(self.season.worker, self.season.home).exclude(person__name=MEMBER)
        person = here.order_by("person__pinyin", "person__name")[number].person_id
        today = clock.today()
        entries = [
            Entry(
                person, today - timedelta(days=days), minutes, "convenience", Way.POST, result=words
            )
            for days in range(1, count + 1)
        ]
        enter(self.season.worker, community_id=self.season.home.pk, entries=entries)
