"""社区表现反馈卡 as page, PDF and Word: one, a whole list, or blank."""

from uuid import UUID

from django.http import HttpResponse

from baodao.appraisal import documents
from baodao.appraisal.queries.cards import Side, card_of, side_of
from baodao.appraisal.rules.life import OUT
from baodao.appraisal.rules.papers import FEEDBACK_CARD
from baodao.appraisal.views.listings import desk_listing, printable, received_listing
from baodao.documents.views import paper_page
from baodao.kernel.authz import Permission
from baodao.kernel.errors import Absent
from baodao.orgs.requests import acting_community, acting_unit_or_branch
from baodao.ui.guards import reading
from baodao.ui.listing import paper_download
from baodao.ui.requests import ActorRequest


@reading
def paper(request: ActorRequest, card_id: UUID, ending: str) -> HttpResponse:
    """One signed card, for the community, the unit and the person."""
    row = card_of(request.actor, card_id)
    side = side_of(request.actor, row)
    if row.state not in OUT or side == Side.OVERVIEW:
        raise Absent("paper")
    if ending == "html":
        return paper_page(request, FEEDBACK_CARD, documents.card_items([row]))
    return paper_download(request, documents.cards([row], ending))


@reading
def papers_here(request: ActorRequest, ending: str) -> HttpResponse:
    """The community's signed cards, as their list is searched and filtered."""
    listing = desk_listing(request, acting_community(request, Permission.FEEDBACK_DRAFT))
    return paper_download(request, documents.cards(printable(listing), ending))


@reading
def papers_received(request: ActorRequest, ending: str) -> HttpResponse:
    """The unit's cards, as their list is searched and filtered."""
    listing = received_listing(request, acting_unit_or_branch(request, Permission.FEEDBACK_RECEIVE))
    return paper_download(request, documents.cards(printable(listing), ending))


@reading
def blank(request: ActorRequest, ending: str) -> HttpResponse:
    """A card to be filled by hand, offering this community's kinds of service."""
    return paper_download(
        request, documents.blank(acting_community(request, Permission.FEEDBACK_DRAFT), ending)
    )
