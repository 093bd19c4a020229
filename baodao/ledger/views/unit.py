"""What a unit's members did, wherever: the list by branch, and totals."""

from django.http import HttpResponse

from baodao.kernel.authz import Permission
from baodao.ledger import queries
from baodao.ledger.tables import Kinds
from baodao.ledger.tables.lists import records_of_unit
from baodao.orgs.models import Organisation
from baodao.orgs.rules import Kind
from baodao.ui.guards import acting_for, reading
from baodao.ui.listing import Listing
from baodao.ui.requests import ActorRequest


@reading
def records(request: ActorRequest) -> HttpResponse:
    """The records of the members of the unit or branch, with how each came in."""
    place: Organisation = acting_for(request, [Kind.UNIT, Kind.BRANCH], Permission.RECORD_READ)
    rows = queries.records(request.actor).filter(branch_path__startswith=place.path)
    listing = Listing(queries.originals(rows), request, records_of_unit(place))
    context = {"place": place, "totals": queries.totals_of(rows), "kinds": Kinds()}
    return listing.response("ledger/unit_records.html", context)
