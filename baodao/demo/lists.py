"""The lists between 柳荫社区 and its partner units: resources, some lent, a need, two projects."""

from datetime import datetime, time, timedelta

from baodao.demo.seasons import Season
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.needs.commands.needs import screen
from baodao.needs.commands.requests import collect
from baodao.needs.rules.requests import NeedFacts
from baodao.orgs.models import Organisation
from baodao.partnership.queries import partnerships_in
from baodao.resources.commands import claims, projects, resources
from baodao.resources.queries.claims import activities_to_add
from baodao.resources.queries.lists import own_resources, projects_in
from baodao.resources.rules.lists import BookedTime, ProjectFacts, ResourceFacts

RESOURCES = (
    ("场地", "三楼会议室", "可坐80人，有音响和投影", "工作日晚上和周末", "80个座位", "partner"),
    ("车辆", "大巴一辆", "接送老人、参观学习", "周末", "1辆", "street"),
    ("专家", "信用和反诈讲师", "每次讲座约一小时", "提前一周约", "3人", "street"),
)
NEED = "小区老人多，想请单位接送去医院体检并讲一讲反诈"
PROJECTS = (("反诈知识进楼道", 4), ("助老体检接送", 2))


class Lists:
    """Five weeks of them, up to a claim that waits for the unit and one for the community."""

    def __init__(self, season: Season) -> None:
        self.season, self.at = season, season.at

    def enter(self) -> None:
        self.season.diary.enter(self.at(35, 10), self._write)
        self.season.diary.enter(self.at(5, 11), self._count)
        self.season.diary.enter(self.at(2, 11), self._wait)

    def _unit(self) -> tuple[Organisation, Actor]:
        """The partner unit with which most was agreed: the first that was received."""
        unit = partnerships_in(self.season.home).order_by("accepted_at", "pk")[0].unit
        return unit, self.season.stage.clerk(unit.name)

    def _hour(self, days: int, hour: int) -> datetime:
        """An hour of a day that lies so many days after the present one, or before it."""
        day = self.season.stage.calendar.today + timedelta(days=days)
        return datetime.combine(day, time(hour), clock.ZONE)

    def _write(self) -> None:
        season, (unit, clerk) = self.season, self._unit()
        rows = []
        for kind, title, text, schedule, amount, reach in RESOURCES:
            contact = (unit.contact_name or clerk.name, unit.contact_phone or "0990-5512345")
            facts = ResourceFacts(kind, title, text, schedule, amount, "", *contact, reach)
            row = resources.draft_resource(clerk, unit_id=unit.pk, facts=facts)
            rows.append(resources.publish_resource(clerk, resource_id=row.pk))
        for number, row in enumerate(rows[:2]):
            begins = self._hour(number * 30 - 20, 14)
            claim = claims.claim_resource(
                season.worker,
                community_id=season.home.pk,
                resource_id=row.pk,
                time=BookedTime(begins, begins + timedelta(hours=2)),
                words="居民议事会",
            )
            claims.accept_claim(clerk, list_claim_id=claim.pk)
        self._projects(unit, clerk)

    def _projects(self, unit: Organisation, clerk: Actor) -> None:
        season, year = self.season, clock.today().year
        for title, activities in PROJECTS:
            project = projects.propose_project(
                season.worker,
                organisation_id=season.home.pk,
                year=year,
                facts=ProjectFacts(title, "", activities),
            )
            claim = claims.claim_project(
                clerk, organisation_id=unit.pk, project_id=project.pk, words="负责讲课"
            )
            claims.accept_claim(season.worker, list_claim_id=claim.pk)

    def _count(self) -> None:
        """What the unit held in the community so far counts for the first project."""
        season, (unit, _clerk) = self.season, self._unit()
        project = projects_in(season.worker, season.home).order_by("proposed_at")[0]
        rows = activities_to_add(project).filter(organiser=unit, recorded_at__isnull=False)
        for offer in list(rows):
            projects.add_activity(season.worker, project_id=project.pk, offer_id=offer.pk)

    def _wait(self) -> None:
        """A need that the unit takes on, which waits for the community; an hour of the hall, which
        waits for the unit."""
        season, (unit, clerk) = self.season, self._unit()
        facts = NeedFacts(NEED, "convenience")
        need = collect(season.worker, community_id=season.home.pk, facts=facts)
        screen(season.worker, need_id=need.pk, category="convenience", urgency="normal")
        projects.publish_need(season.worker, need_id=need.pk, units=2)
        claims.claim_need(clerk, unit_id=unit.pk, need_id=need.pk, words="出一辆大巴")
        hall = own_resources(clerk).order_by("drafted_at")[0]
        begins = self._hour(9, 15)
        claims.claim_resource(
            season.worker,
            community_id=season.home.pk,
            resource_id=hall.pk,
            time=BookedTime(begins, begins + timedelta(hours=2)),
            words="反诈讲座",
        )
