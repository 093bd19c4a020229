"""Which official papers there are: where the filled ones are, and blank ones."""

from collections.abc import Mapping

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from baodao.documents.catalogue import form_of, papers
from baodao.documents.files import render as rendered
from baodao.documents.sheets import Item
from baodao.documents.views import paper_page
from baodao.kernel.authz import Permission
from baodao.kernel.errors import Absent
from baodao.orgs.rules.tree import Kind
from baodao.ui.guards import reading
from baodao.ui.listing import paper_download
from baodao.ui.requests import ActorRequest

Filled = dict[str, list[tuple[str, str]]]

SHARED_LISTS = {
    "resource-list": "resources:list",
    "need-list": "resources:needs",
    "project-list": "resources:projects",
    "agreement": "agreements:list",
    "opinion-summary": "opinions:list",
    "honour-notice": "honours:public_lists",
    "honour-list": "honours:public_lists",
}
COMMUNITY_LISTS = {
    **SHARED_LISTS,
    "talent-list": "talents:list",
    "appointment-slip": "alliance:appointments",
    "pairing-list": "pairings:list",
    "visit-records": "visits:list",
    "problem-list": "problems:list",
    "task-list": "problems:tasks",
    "duty-list": "problems:duties",
    "meeting-minutes": "committees:list",
}
"""Where the papers are that are made on the page of a list, or of one of its rows."""


@reading
def all_papers(request: ActorRequest) -> HttpResponse:
    """Which papers there are, where the filled ones are, and blank ones for the window."""
    place = request.acting
    if place is None or place.kind not in (Kind.UNIT, Kind.BRANCH, Kind.COMMUNITY):
        raise Absent("papers")
    filled = _filled_for_unit() if place.kind != Kind.COMMUNITY else _filled_for_community()
    if not request.actor.may(Permission.PERSON_UNMASK, place.path):
        filled.pop("roster", None)
    forms = [(form, filled.get(form.code)) for form in papers()]
    return render(request, "home/papers.html", {"forms": forms})


def _filled_for_unit() -> Filled:
    letters, receipts = reverse("registration:letters"), reverse("registration:receipts")
    own, table = reverse("partnership:standing"), reverse("insight:tables")
    roster = [
        (gettext(medium.words), reverse("people:roster", args=[medium]))
        for medium in form_of("roster").files
    ]
    return {
        **_on_lists(SHARED_LISTS),
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
        **_on_lists(COMMUNITY_LISTS),
        "registration-card": [(gettext("From the members here"), members)],
        "receipt": [(gettext("From the members here"), members)],
        "unit-contact": [(gettext("From the units here"), units)],
        "registration-table": [(gettext("As it stands today"), reverse("insight:tables"))],
        "claim-list": [(gettext("From the offers"), reverse("offers:list"))],
        "wish-list": [(gettext("As it stands today"), reverse("agenda:wishes", args=["html"]))],
        "service-table": [(gettext("As it stands today"), reverse("insight:service_tables"))],
    }


def _on_lists(lists: Mapping[str, str]) -> Filled:
    return {paper: [(gettext("From the list"), reverse(name))] for paper, name in lists.items()}


@reading
def blank(request: ActorRequest, paper: str, ending: str) -> HttpResponse:
    """A paper to be filled by hand at the window, a table with the columns of one's own level."""
    form = form_of(paper)
    level = str(request.acting.kind) if request.acting else ""
    items: list[Item] = [{"level": level}] if level in dict(form.tables) else []
    if ending == "html":
        return paper_page(request, form, items)
    return paper_download(request, rendered(paper, items, ending))
