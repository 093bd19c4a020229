"""Records: the lists of a community and of a unit's members, one record, one person's."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext

from baodao.kernel import clock
from baodao.kernel.authz import Permission
from baodao.kernel.days import read_span
from baodao.kernel.errors import Absent
from baodao.ledger.queries import records as queries
from baodao.ledger.queries.categories import Kinds
from baodao.orgs.queries.tree import ids_below
from baodao.orgs.requests import acting_community, acting_unit_or_branch
from baodao.statements.queries.disputes import disputes_of, open_count
from baodao.statements.queries.papers import records_of_person
from baodao.statements.queries.sheets import sheets
from baodao.statements.queries.statements import waiting_count
from baodao.statements.queries.timelines import timeline_of
from baodao.statements.tables.lists import records_here, records_of_unit
from baodao.ui.guards import reading
from baodao.ui.listing import Listing
from baodao.ui.paging import Paging
from baodao.ui.requests import ActorRequest


@reading
def records(request: ActorRequest) -> HttpResponse:
    """What was recorded here; what was reversed stands there struck, with the reason."""
    community = acting_community(request, Permission.RECORD_READ)
    here = queries.records(request.actor).filter(community__in=ids_below(community.path))
    may_enter = request.actor.may(Permission.RECORD_CREATE, community.path)
    spec = records_here(community, may_enter=may_enter)
    context = {
        "community": community,
        "may_enter": may_enter,
        "waiting": waiting_count(request.actor, community).answer().count,
        "disputed": open_count(request.actor, community).answer().count,
    }
    listing = Listing(queries.originals(here), request, spec)
    return listing.response("statements/records.html", context)


@reading
def unit_records(request: ActorRequest) -> HttpResponse:
    """What the members of a unit or branch did, wherever, with how each record came in."""
    place = acting_unit_or_branch(request, Permission.RECORD_READ)
    rows = queries.records_of_members(request.actor, place)
    listing = Listing(queries.originals(rows), request, records_of_unit(place))
    return listing.response("statements/unit_records.html", {"place": place})


@reading
def record(request: ActorRequest, community_id: int, record_id: UUID) -> HttpResponse:
    """One record: all facts, how it came in, its place in the chain, what happened to it."""
    row = queries.record_of(request.actor, Permission.RECORD_READ, community_id, record_id)
    row, is_whole = queries.in_view(request.actor, row), queries.reads_whole(request.actor, row)
    reversal = queries.reversal_of(row)
    mine = queries.records_to_put_right(request.actor).filter(community=row.community_id, id=row.id)
    context = {
        "record": row,
        "is_whole": is_whole,
        "undone": reversal,
        "right": queries.correction_of(row),
        "items": timeline_of(row, with_reasons=is_whole),
        "may_put_right": not reversal and row.reverses is None and mine.exists(),
        "disputes": disputes_of(request.actor, row),
    }
    return render(request, "statements/record.html", context)


@reading
def person(request: ActorRequest, person_id: UUID) -> HttpResponse:
    """One person's records as far as the actor reads them, with their papers."""
    rows, span = records_of_person(request.actor, person_id), span_of(request)
    latest = rows.order_by("-recorded_at").first()
    if latest is None:
        raise Absent("records")
    context = {
        "person": latest.person,
        "totals": queries.totals_of(queries.between(rows, span.since, span.until)),
        "span": span,
        **_services(request, queries.between(rows, span.since, span.until)),
        "sheets": sheets(request.actor).filter(person=person_id).order_by("-issued_at"),
        "may_issue": request.actor.may(Permission.RECORD_CONFIRM, latest.community.path),
        "this_year": clock.today().year,
        "kinds": Kinds(),
    }
    return render(request, "statements/person.html", context)


def _services(request: ActorRequest, rows: queries.Rows) -> dict[str, object]:
    """A page of the services, the latest first, as far as the reader may know each."""
    services = queries.described(queries.originals(rows))
    listing = Paging(services.order_by("-served_on", "-recorded_at", "pk"), request)
    return {
        "listing": listing,
        "records": [queries.in_view(request.actor, row) for row in listing.rows],
    }


@dataclass(frozen=True)
class ServiceSpan:
    """From which to which day services are shown, and this month or year in words; all without
    one."""

    since: date | None = None
    until: date | None = None
    words: str = ""


def span_of(request: ActorRequest) -> ServiceSpan:
    """The month or the year of `?month=2026-07`; refuses what is neither."""
    text = request.GET.get("month", "")
    if not text:
        return ServiceSpan()
    since, until = read_span(text)
    if since.month == until.month:
        return ServiceSpan(since, until, date_format(since, "YEAR_MONTH_FORMAT"))
    return ServiceSpan(since, until, gettext("the whole of %(year)s") % {"year": since.year})
