"""Policies of the demo city: the city adopts one for all its members, a district a stricter one of
its own, and what was recorded up to yesterday is compared with both."""

from datetime import date

from baodao.adoptions.commands.adoptions import AdoptionTerms, adopt
from baodao.adoptions.tasks import evaluate_all
from baodao.demo.cast import CITY
from baodao.demo.diary import Diary
from baodao.demo.stage import CityStage
from baodao.kernel import clock
from baodao.kernel.authz import Role
from baodao.policies.commands.texts import save_policy
from baodao.policies.rules.presets import preset_text

DISTRICT = "东岸区"
DAYS_AGO = 200


class CityPolicies:
    """Adopted in the months in which members report, looked at today."""

    def __init__(self, stage: CityStage, diary: Diary) -> None:
        self.stage, self.diary = stage, diary

    def enter(self) -> None:
        """Put it into the diary."""
        self.diary.enter(self.stage.calendar.at(DAYS_AGO, 10), self._of_the_city)
        self.diary.enter(self.stage.calendar.at(DAYS_AGO - 10, 10), self._of_the_district)
        self.diary.enter(self.stage.calendar.at(0, 19), evaluate_all)

    def _of_the_city(self) -> None:
        self._adopt(CITY, preset_text("r2") or "", "滨组发〔2026〕12号", may_be_stricter=True)

    def _of_the_district(self) -> None:
        stricter = (preset_text("r2") or "").replace("at_least: 10}", "at_least: 12}")
        text = stricter.replace("全年至少 10 小时", "全年至少 12 小时").replace("（S3）", "")
        self._adopt(DISTRICT, text, "东组发〔2026〕9号", may_be_stricter=False)

    def _adopt(self, place: str, text: str, basis: str, *, may_be_stricter: bool) -> None:
        actor = self.stage.actors[place, Role.SUPERVISOR]
        organisation = self.stage.places[place]
        version = save_policy(actor, organisation_id=organisation.pk, text=text)
        first = date(clock.today().year, 1, 1)
        terms = AdoptionTerms(first, basis=basis, settle_days=31, may_be_stricter=may_be_stricter)
        adopt(actor, organisation_id=organisation.pk, version_id=version.pk, terms=terms)
