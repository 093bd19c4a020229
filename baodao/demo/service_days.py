"""固定服务日 of 柳荫社区: every second Saturday of a month, claimed by some for all that come."""

from datetime import date, time, timedelta

from baodao.agenda.commands.series import claim_series
from baodao.demo.seasons import Season
from baodao.kernel import clock
from baodao.offers.kinds.activity.kind import ACTIVITY
from baodao.offers.rules.offers import OfferFacts
from baodao.series.commands.series import publish_series
from baodao.series.rules.rhythms import SeriesRhythm
from baodao.series.rules.series import SeriesFacts, on_day

SATURDAY = 5
SERVICE_DAY = OfferFacts(
    kind=ACTIVITY,
    title="党员固定服务日",
    category="convenience",
    places=12,
    text="理发、磨刀、测血压、政策咨询，一次半天。",
    place="社区广场",
    bring="志愿者马甲",
)
BEGINS, ENDS = time(9), time(11, 30)
CLAIMANTS = 4
AGO = timedelta(days=14)


class ServiceDays:
    """Published a fortnight ago for a year; a few claim every date that comes."""

    def __init__(self, season: Season) -> None:
        self.season = season

    def enter(self) -> None:
        self.season.diary.enter(self.season.at(AGO.days, 9), self._published)
        self.season.diary.enter(self.season.at(3, 19), self._claimed)

    def _published(self) -> None:
        on = _second_saturday(clock.today() + AGO)
        until_on = on + timedelta(days=360)
        facts = SeriesFacts(
            on_day(SERVICE_DAY, on, BEGINS, ENDS), SeriesRhythm.WEEKDAY, until_on, on, BEGINS, ENDS
        )
        season = self.season
        self.series = publish_series(season.worker, community_id=season.home.pk, facts=facts)

    def _claimed(self) -> None:
        for actor in self.season.here()[1 : CLAIMANTS + 1]:
            claim_series(actor, series_id=self.series.pk)


def _second_saturday(today: date) -> date:
    """The first one after a day."""
    on = today + timedelta(days=1)
    while on.weekday() != SATURDAY or not 8 <= on.day <= 14:
        on += timedelta(days=1)
    return on
