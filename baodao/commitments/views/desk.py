"""Who has committed: the list of a community, a unit or an authority; the papers."""

from uuid import UUID

from django.http import HttpResponse

from baodao.commitments.documents import board_item, commitment_item
from baodao.commitments.queries.commitments import (
    commitment_for,
    commitments_in,
    posted_in,
    posts_up,
    reported_in,
)
from baodao.commitments.rules.papers import COMMITMENT, COMMITMENT_LIST
from baodao.commitments.tables.lists import commitments_of
from baodao.documents import files
from baodao.documents.form import Form
from baodao.documents.sheets import Item
from baodao.documents.views import paper_page
from baodao.kernel.authz import Permission
from baodao.kernel.errors import Absent
from baodao.orgs.requests import acting_community, acting_for
from baodao.orgs.rules.policies import UNITS
from baodao.orgs.rules.tree import PLACES, Kind
from baodao.ui.guards import reading
from baodao.ui.listing import Listing, check_printable, paper_download
from baodao.ui.requests import ActorRequest


@reading
def commitments(request: ActorRequest) -> HttpResponse:
    """Who has committed to what, of the members reported here or belonging here."""
    place = acting_for(request, (*PLACES, *UNITS), Permission.REGISTRATION_READ)
    rows = commitments_in(request.actor, place)
    context = {
        "place": place,
        "posts": place.kind == Kind.COMMUNITY and posts_up(place),
        "reported": reported_in(request.actor, place).count(),
    }
    return Listing(rows, request, commitments_of()).response("commitments/list.html", context)


@reading
def sheet(request: ActorRequest, ending: str) -> HttpResponse:
    """党员公开承诺公示表 of the community, of those who agree, to be posted up."""
    community = acting_community(request, Permission.REGISTRATION_READ)
    rows = list(posted_in(community))
    check_printable(len(rows))
    return _paper(request, COMMITMENT_LIST, board_item(community, rows), ending)


@reading
def paper(request: ActorRequest, commitment_id: UUID, ending: str) -> HttpResponse:
    """党员公开承诺书 of one's own, or of a member whom one reads."""
    item = commitment_item(commitment_for(request.actor, commitment_id))
    return _paper(request, COMMITMENT, item, ending)


def _paper(request: ActorRequest, form: Form, item: Item, ending: str) -> HttpResponse:
    if ending not in form.formats:
        raise Absent("format")
    if ending == "html":
        return paper_page(request, form, [item])
    return paper_download(request, files.render(form.code, [item], ending))
