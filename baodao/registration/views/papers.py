"""The papers of registrations as page, PDF, Word or Excel: of one, or of a whole list."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from baodao.documents.catalogue import form_of
from baodao.documents.files import render as rendered
from baodao.documents.form import Form
from baodao.documents.views import paper_page
from baodao.kernel.authz import Permission
from baodao.kernel.errors import Absent
from baodao.orgs.requests import acting_community, acting_unit_or_branch
from baodao.registration import documents
from baodao.registration.models import Registration
from baodao.registration.queries.registrations import (
    last_registrations,
    own_registrations,
    registrations,
)
from baodao.registration.rules.papers import RECEIPT, REGISTRATION_CARD
from baodao.registration.views.listings import is_past, members_listing, printable, receipts_listing
from baodao.ui.guards import ids_of, reading, writing
from baodao.ui.listing import paper_download
from baodao.ui.requests import ActorRequest

ITEMS = {
    "introduction-letter": lambda row: documents.letter_items([row.letter]),
    "receipt": lambda row: documents.receipt_items([row]),
    "registration-card": lambda row: documents.card_items([row]),
    "report-slip": lambda row: documents.slip_items([row]),
}
AFTER_ACCEPTANCE = ("receipt", "registration-card")


def _registration(request: ActorRequest, registration_id: UUID) -> Registration:
    """One's own, or one whose unit or community the actor works for now, or was the last that it
    had. Raises `Absent`."""
    actor, unmask = request.actor, Permission.PERSON_UNMASK
    present, last = registrations(actor, unmask), last_registrations(actor, unmask)
    for rows in (own_registrations(actor), present, last):
        row = rows.filter(pk=registration_id).first()
        if row is not None:
            return row
    raise Absent("registration")


@reading
def paper(request: ActorRequest, registration_id: UUID, paper: str, ending: str) -> HttpResponse:
    """A paper about one registration."""
    registration = _registration(request, registration_id)
    early = paper in AFTER_ACCEPTANCE and registration.accepted_at is None
    if paper not in ITEMS or early:
        raise Absent("paper")
    items = ITEMS[paper](registration)
    if ending == "html":
        return paper_page(request, form_of(paper), items)
    return paper_download(request, rendered(paper, items, ending))


@writing
def cards_of(request: ActorRequest) -> HttpResponse:
    """To the file with the cards of the ticked members, or of all of their list."""
    acting_community(request, Permission.REGISTRATION_ACCEPT)
    return _file_of(request, REGISTRATION_CARD, "registration:cards")


@writing
def receipts_of(request: ActorRequest) -> HttpResponse:
    """To the file with the receipts of the ticked members, or of all of their list."""
    acting_unit_or_branch(request, Permission.PERSON_UNMASK)
    return _file_of(request, RECEIPT, "registration:receipts_print")


def _file_of(request: ActorRequest, form: Form, name: str) -> HttpResponse:
    """To the address of a file with the papers of the ticked rows, of the list as it stands in the
    url; of all of it where that was ticked, or where nothing was."""
    query = request.GET.copy()
    if "all" not in request.POST:
        query.setlist("ids", [str(one) for one in ids_of(request)])
    medium = form.file_in(request.POST.get("format", ""))
    return redirect(f"{reverse(name, args=[medium])}?{query.urlencode()}")


@reading
def cards_here(request: ActorRequest, ending: str) -> HttpResponse:
    """登记卡 of the members here, as their list is searched and filtered."""
    community = acting_community(request, Permission.REGISTRATION_ACCEPT)
    if is_past(request):
        raise Absent("paper")
    rows = printable(members_listing(request, community), ids_of(request))
    return paper_download(request, documents.cards(rows, ending))


@reading
def receipts_here(request: ActorRequest, ending: str) -> HttpResponse:
    """回执 of the unit's members, as their list is searched and filtered."""
    place = acting_unit_or_branch(request, Permission.PERSON_UNMASK)
    rows = printable(receipts_listing(request, place), ids_of(request))
    return paper_download(request, documents.receipts(rows, ending))
