"""Talents of a community, one by its code, and what they served."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.kernel.prepared import Prepared
from baodao.kernel.questions import Question
from baodao.kernel.scope import within
from baodao.notices.queries.pending import PendingRows
from baodao.notices.rules.complaints import code_in
from baodao.orgs.models import Organisation
from baodao.orgs.queries.policies import days_ago
from baodao.talents.models import Talent, TalentService
from baodao.talents.rules.policies import KEPT_DAYS
from baodao.talents.rules.talents import STORIES, TALENT, TalentState
from baodao.ui.timelines import TimelineItem, timeline_items

Talents = QuerySet[Talent]


def talent_rows() -> Talents:
    """Every entry with its community, for this slice."""
    return Talent.objects.select_related("community")


def talents(actor: Actor) -> Talents:
    """Talents of the communities whose list the actor keeps: nobody above reads who they are."""
    return within(talent_rows(), actor, Permission.TALENT_EDIT, "community__path")


def talents_in(actor: Actor, community: Organisation) -> Talents:
    """Those of a community and of those that it took over from that have not ended, with how often
    (`times`) and how long (`minutes`) they served."""
    rows = talents(actor).filter(community__path__startswith=community.path, state__in=TALENT.live)
    return with_services(rows)


def with_services(rows: Talents) -> Talents:
    """With what they served: `times` and `minutes` of what was not reversed."""
    recorded = Count("service", filter=Q(service__reverses=None))
    reversed_ones = Count("service", filter=Q(service__reverses__isnull=False))
    columns: dict[str, Any] = {
        "times": recorded - reversed_ones,
        "minutes": Coalesce(Sum("service__minutes"), 0),
    }
    return rows.annotate(**columns)


def talent_of(actor: Actor, talent_id: UUID) -> Talent:
    """One entry in scope, also one that has ended. Raises `Absent`."""
    row = talents(actor).filter(pk=talent_id).first()
    if row is None:
        raise Absent("talent")
    return row


def talent_by_code(code: str) -> Talent:
    """The entry with this code, for whoever knows it. Raises `Absent`."""
    row = talent_rows().filter(code=code_in(code)).first()
    if row is None:
        raise Absent("talent")
    return row


def service_rows() -> QuerySet[TalentService]:
    """Everything that talents served, reversals included; the caller narrows it."""
    return TalentService.objects.all()


def services_of(talent: Talent) -> list[TalentService]:
    """What a talent served and was not reversed, the latest first; the caller may see the entry."""
    gone = TalentService.objects.filter(reverses=OuterRef("pk"))
    rows = TalentService.objects.select_related("community").filter(
        ~Exists(gone), talent=talent, reverses=None
    )
    return list(rows.order_by("-served_on", "-recorded_at", "-pk"))


def minutes_on(talent: Talent, day: date) -> int:
    """How many minutes of a day are recorded of a talent."""
    rows = TalentService.objects.filter(talent=talent, served_on=day)
    return int(rows.aggregate(sum=Coalesce(Sum("minutes"), 0))["sum"])


def story_of_talent(talent: Talent) -> list[TimelineItem]:
    """What happened to an entry that the caller may see."""
    return timeline_items(journal.timeline(talent.pk), STORIES)


def silent_talents() -> Talents:
    """Those of whom nothing was heard for longer than that may be kept."""
    before = days_ago(KEPT_DAYS, "community__path")
    return talent_rows().filter(state__in=TALENT.live, heard_at__lt=before)


def to_look_at(actor: Actor, community: Organisation) -> Talents:
    """Entries that residents made themselves and nobody has looked at."""
    return talents_in(actor, community).filter(state=TalentState.OFFERED)


def look_count(actor: Actor, community: Organisation) -> Question[int]:
    """How many entries of a community nobody has looked at."""
    return _TO_LOOK_AT.number(actor, community)


def _to_look_at(actor: Actor, community: Organisation) -> QuerySet[Talent, tuple[UUID]]:
    here = talents(actor).filter(community__path__startswith=community.path)
    waiting = here.filter(state=TalentState.OFFERED)
    return waiting.order_by().select_related(None).values_list("pk")


_TO_LOOK_AT = Prepared(_to_look_at)


def listed_on(talent: Talent) -> date | None:
    """Since which day they are in the list."""
    return clock.day_of(talent.listed_at)


def found_by_words(rows: Talents, words: str) -> Talents:
    """By name, what they can do, or volunteer number; not by telephone."""
    return rows.filter(
        Q(name__icontains=words)
        | Q(skills__icontains=words)
        | Q(words__icontains=words)
        | Q(number__iexact=words)
    )


def in_order(rows: Talents) -> Talents:
    """By the day from which they are listed: of who does more it says nothing."""
    return rows.order_by(F("listed_at").asc(nulls_first=True), "pk")


PENDING: dict[str, PendingRows] = {
    "talent-offered": lambda: Talent.objects.filter(
        pk=OuterRef("about"), state=TalentState.OFFERED
    ),
}
"""For which rows notices ask."""
