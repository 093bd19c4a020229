"""我的服务: a member's records with what they stated and object to, their code and papers."""

from collections.abc import Iterable

from django.http import HttpResponse
from django.shortcuts import render

from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.ledger.models import ServiceRecord
from baodao.ledger.queries.categories import Kinds
from baodao.ledger.queries.known_services import known_services
from baodao.ledger.queries.places import own_records_on_shards
from baodao.ledger.queries.records import Rows, between, described, originals, totals_of
from baodao.statements.models import Dispute
from baodao.statements.queries.disputes import own_disputes
from baodao.statements.queries.sheets import own_code, own_sheets
from baodao.statements.queries.statements import own_statements, stating_places
from baodao.statements.rules.statements import STATEMENT
from baodao.statements.views.records import span_of
from baodao.ui.guards import member_only, reading
from baodao.ui.paging import Paging
from baodao.ui.requests import ActorRequest


@reading
@member_only
def services(request: ActorRequest) -> HttpResponse:
    """How much in words, every record with how it came in, and what waits."""
    rows = own_records_on_shards(request.actor)
    context = {
        "statements": own_statements(request.actor).filter(state__in=STATEMENT.live),
        "known": known_services(request.actor),
        "may_state": bool(stating_places(request.actor)),
        "code": own_code(request.actor),
        "sheets": own_sheets(request.actor),
        "kinds": Kinds(),
        "this_year": clock.today().year,
    }
    return render(request, "statements/own.html", context | _records(request, rows))


def _records(request: ActorRequest, rows: Rows) -> dict[str, object]:
    """A page of the services, of one month where the address says which, with their objections."""
    span = span_of(request)
    rows = between(rows, span.since, span.until)
    listing = Paging(described(originals(rows)), request)
    records = _disputed(request.actor, listing.rows)
    return {"totals": totals_of(rows), "span": span, "records": records, "listing": listing}


def _disputed(
    actor: Actor, services: Iterable[ServiceRecord]
) -> list[tuple[ServiceRecord, Dispute | None]]:
    """Each service with the last objection to it."""
    latest = {row.record_id: row for row in reversed(own_disputes(actor))}
    return [(row, latest.get(row.id)) for row in services]
