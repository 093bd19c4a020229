"""Every paper as page, PDF, Word or Excel, filled or blank."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from baodao.documents.catalogue import form_of, papers
from baodao.documents.html import sheets
from baodao.documents.rendering import render as rendered
from baodao.kernel.authz import Permission
from baodao.kernel.errors import Absent
from baodao.orgs.rules import Kind
from baodao.registration import documents
from baodao.registration.models import Registration
from baodao.registration.queries.registrations import own_registrations, registrations
from baodao.registration.views.listings import members_listing, printable, receipts_listing
from baodao.registration.views.scope import community_of, unit_of
from baodao.ui.guards import reading
from baodao.ui.listing import download
from baodao.ui.requests import ActorRequest

ITEMS = {
    "introduction-letter": lambda row: documents.letter_items([row.letter]),
    "receipt": lambda row: documents.receipt_items([row]),
    "registration-card": lambda row: documents.card_items([row]),
    "report-slip": lambda row: documents.slip_items([row]),
}
Filled = dict[str, list[tuple[str, str]]]
AFTER_ACCEPTANCE = ("receipt", "registration-card")


def _registration(request: ActorRequest, registration_id: UUID) -> Registration:
    """One's own, or one whose unit or community the actor works for. Raises `Absent`."""
    actor = request.actor
    own = own_registrations(actor).filter(pk=registration_id).first()
    if own is not None:
        return own
    registration = registrations(actor).filter(pk=registration_id).first()
    if registration is None or not any(
        actor.may(Permission.PERSON_UNMASK, path)
        for path in (registration.branch.path, registration.community.path)
    ):
        raise Absent("registration")
    return registration


@reading
def paper(request: ActorRequest, registration_id: UUID, paper: str, ending: str) -> HttpResponse:
    """A paper about one registration."""
    registration = _registration(request, registration_id)
    early = paper in AFTER_ACCEPTANCE and registration.accepted_at is None
    if paper not in ITEMS or early:
        raise Absent("paper")
    items = ITEMS[paper](registration)
    if ending == "html":
        form = form_of(paper)
        context = {"form": form, "sheets": sheets(form, items), "registration": registration}
        return render(request, "registration/paper.html", context)
    return download(rendered(paper, items, ending))


@reading
def all_papers(request: ActorRequest) -> HttpResponse:
    """Which papers there are, where the filled ones are, and blank ones for the window."""
    place = request.acting
    if place is None or place.kind not in (Kind.UNIT, Kind.BRANCH, Kind.COMMUNITY):
        raise Absent("papers")
    filled = _filled_for_unit() if place.kind != Kind.COMMUNITY else _filled_for_community()
    forms = [(form, filled.get(form.code)) for form in papers()]
    return render(request, "registration/papers.html", {"forms": forms})


def _filled_for_unit() -> Filled:
    letters, receipts = reverse("registration:letters"), reverse("registration:receipts")
    own, table = reverse("partnership:standing"), reverse("insight:tables")
    roster = [
        (name, reverse("registration:roster", args=[ending]))
        for ending, name in (("pdf", "PDF"), ("docx", "Word"), ("xlsx", "Excel"))
    ]
    return {
        "introduction-letter": [(gettext("From the letters"), letters)],
        "receipt": [(gettext("From the receipts"), receipts)],
        "registration-card": [(gettext("From the receipts"), receipts)],
        "unit-contact": [(gettext("Of this unit"), own)],
        "roster": roster,
        "registration-table": [(gettext("As it stands today"), table)],
        "service-table": [(gettext("As it stands today"), reverse("insight:service_tables"))],
    }


def _filled_for_community() -> Filled:
    members, units = reverse("registration:members"), reverse("partnership:units")
    return {
        "registration-card": [(gettext("From the members here"), members)],
        "receipt": [(gettext("From the members here"), members)],
        "unit-contact": [(gettext("From the units here"), units)],
        "registration-table": [(gettext("As it stands today"), reverse("insight:tables"))],
        "claim-list": [(gettext("From the offers"), reverse("offers:list"))],
        "service-table": [(gettext("As it stands today"), reverse("insight:service_tables"))],
    }


@reading
def blank(request: ActorRequest, paper: str, ending: str) -> HttpResponse:
    """A paper to be filled by hand at the window."""
    form = form_of(paper)
    if ending == "html":
        context = {"form": form, "sheets": sheets(form, [])}
        return render(request, "registration/paper.html", context)
    return download(rendered(paper, [], ending))


@reading
def roster(request: ActorRequest, ending: str) -> HttpResponse:
    """党员花名册 of the unit or branch as it stands today, telephones masked."""
    place = unit_of(request, Permission.PERSON_UNMASK)
    return download(documents.roster(place, ending))


@reading
def cards_here(request: ActorRequest, ending: str) -> HttpResponse:
    """登记卡 of the members here, as their list is searched and filtered."""
    community = community_of(request)
    return download(documents.cards(printable(members_listing(request, community)), ending))


@reading
def receipts_here(request: ActorRequest, ending: str) -> HttpResponse:
    """回执 of the unit's members, as their list is searched and filtered."""
    place = unit_of(request, Permission.PERSON_UNMASK)
    return download(documents.receipts(printable(receipts_listing(request, place)), ending))
