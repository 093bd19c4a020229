"""A past of lists and agreements of units and communities, and a slow count of their figures."""

from datetime import date, datetime, timedelta
from itertools import cycle

from baodao.agreements.models import Agreement, AgreementClause, ClauseKeeping
from baodao.kernel import clock
from baodao.kernel.moments import AsOf, Period
from baodao.ledger.models import ServiceRecord
from baodao.needs.models import Need
from baodao.offers.models import Offer
from baodao.orgs.models import Organisation
from baodao.orgs.queries.periods import paths_at
from baodao.resources.models import ListClaim, Project, Resource
from tests.figures.histories import History
from tests.figures.listings import during


def work_together(history: History) -> None:
    """Each community has something of a unit, for a time; some of it ends. It throws no dice."""
    now, later = history.now, history.now + timedelta(days=9)
    units = cycle((history.world.bureau, history.world.small))
    for number, (place, unit) in enumerate(zip(history.communities, units, strict=False)):
        ended = later if number % 3 == 2 else None
        resource = Resource.objects.create(
            unit=unit, kind="场地", title="会议室", contact_name="戴文", contact_phone="1",
            state="published", published_at=now,
        )  # fmt: skip
        project = Project.objects.create(
            community=place, year=now.year, title="科普", proposed_at=now,
            state="done" if number % 2 else "going", ended_at=later if number % 2 else None,
        )  # fmt: skip
        need = (
            Need.objects.filter(community=place, list_claim=None)
            .order_by("collected_at", "pk")
            .first()
        )
        hours = {"starts_at": later, "ends_at": later + timedelta(hours=2)}
        for claimed in ({"resource": resource, **hours}, {"project": project}, {"need": need}):
            if None not in claimed.values():
                ListClaim.objects.create(
                    unit=unit, community=place, side="unit", claimed_at=now, claimed_by="安静",
                    state="withdrawn" if ended else "agreed", agreed_at=now, ended_at=ended,
                    **claimed,
                )  # fmt: skip
        if not Agreement.objects.filter(unit=unit, community=place, state="signed").exists():
            row = Agreement.objects.create(
                unit=unit, community=place, year=now.year, number=number + 1, drafted_at=now,
                state="ended" if ended else "signed", signed_at=now, ended_at=ended,
                digest="a" * 64,
            )  # fmt: skip
            _keep_clauses(row, now)
            _hold(unit, place)


def _keep_clauses(row: Agreement, now: datetime) -> None:
    """Of four clauses: kept at once, kept later, declined, and nothing said."""
    later = now + timedelta(days=9)
    for position, (answered, refusal) in enumerate(((now, ""), (later, ""), (now, "还没有开会"))):
        clause = AgreementClause.objects.create(agreement=row, position=position, title="组织联建")
        ClauseKeeping.objects.create(
            clause=clause, side="unit", words="开了联席会议", stated_at=now, stated_by="戴文",
            answered_at=answered, answered_by="安静", refusal=refusal,
        )  # fmt: skip
    AgreementClause.objects.create(agreement=row, position=9, title="资源共享")


def _hold(unit: Organisation, place: Organisation) -> None:
    """An activity that took place is one of the unit's."""
    rows = Offer.objects.filter(community=place, recorded_at__isnull=False, starts_at__year=2026)
    first = rows.order_by("created_at", "pk").first()
    if first is not None:
        first.organiser = unit
        first.save(update_fields=["organiser"])


def _holds(since: datetime | None, until: datetime | None, as_of: AsOf) -> bool:
    return since is not None and since < as_of.instant and (not until or until >= as_of.instant)


def partner_figures(within: set[int], as_of: AsOf, period: Period) -> dict[str, int]:
    """What the lists and agreements of the places say, row by row."""
    rows = ListClaim.objects.filter(community__in=within)
    agreed = [row for row in rows if _holds(row.agreed_at, row.ended_at, as_of)]
    taken = {row.project_id for row in agreed}
    projects = [
        row
        for row in Project.objects.filter(community__in=within)
        if row.proposed_at < as_of.instant
    ]
    year = clock.local(as_of.instant - timedelta(seconds=1)).year
    return {
        "resources_offered": sum(
            during(row.published_at, as_of, period)
            for row in Resource.objects.filter(unit__in=within)
        ),
        "resources_lent": sum(
            bool(row.resource_id) and during(row.starts_at, as_of, period) for row in agreed
        ),
        "needs_taken": sum(
            not row.resource_id and bool(row.need_id) and during(row.agreed_at, as_of, period)
            for row in agreed
        ),
        "projects_going": sum(
            row.pk in taken and _holds(row.proposed_at, row.ended_at, as_of) for row in projects
        ),
        "projects_done": sum(
            row.state == "done" and during(row.ended_at, as_of, period) for row in projects
        ),
        "agreements_in_force": sum(
            row.year == year and _holds(row.signed_at, row.ended_at, as_of)
            for row in Agreement.objects.filter(community__in=within)
        ),
        "clauses_kept": sum(
            during(one.answered_at, as_of, period)
            for one in ClauseKeeping.objects.filter(
                refusal="", clause__agreement__community__in=within
            )
        ),
        **_deeds(within, as_of, period),
    }


def _deeds(within: set[int], as_of: AsOf, period: Period) -> dict[str, int]:
    """What units did in the communities of their agreements, each of it once a unit."""
    at = as_of.instant - timedelta(microseconds=1)
    paths = paths_at(Organisation.objects.values_list("pk", flat=True), at)
    held, served = set(), set()
    for row in Agreement.objects.filter(unit__in=within, signed_at__lt=as_of.instant):
        last = date(row.year, 12, 31)
        if row.ended_at and row.ended_at < as_of.instant:
            last = min(last, clock.local(row.ended_at).date())
        days = max(date(row.year, 1, 1), period.first), min(last, period.last)
        here = [one for one, path in paths.items() if path.startswith(paths[row.community_id])]
        mine = [one for one, path in paths.items() if path.startswith(paths[row.unit_id])]
        for offer in Offer.objects.filter(
            community__in=here, organiser__in=mine, recorded_at__lt=as_of.instant
        ):
            if days[0] <= clock.local(offer.starts_at or at).date() <= days[1]:
                held.add((row.unit_id, offer.pk))
        known = ServiceRecord.objects.filter(recorded_at__lt=as_of.instant)
        gone = set(known.exclude(reverses=None).values_list("reverses", flat=True))
        for record in known.filter(
            community__in=here, branch__in=mine, reverses=None, served_on__range=days
        ):
            if record.pk[1] not in gone:
                served.add((row.unit_id, record.pk))
    return {"agreed_activities": len(held), "agreed_services": len(served)}
