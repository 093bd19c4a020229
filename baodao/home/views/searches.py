"""What is found from the header, kind by kind, with what one may do there; and papers by name."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from baodao.documents.catalogue import papers
from baodao.documents.form import Form
from baodao.kernel.errors import gettext_noop
from baodao.orgs.rules.tree import Kind
from baodao.ui.guards import reading
from baodao.ui.hits import Hit, SearchSource, hit_groups
from baodao.ui.requests import ActorRequest

LONGEST = 60


@reading
def search(request: ActorRequest) -> HttpResponse:
    """Everything that the words find for this reader."""
    words = " ".join(request.GET.get("q", "").split())[:LONGEST]
    groups = hit_groups(request, words) if words else []
    return render(request, "home/search.html", {"words": words, "groups": groups})


def _papers(request: ActorRequest, words: str) -> list[Form] | None:
    """Papers of units and communities, by a part of their name or the beginning of their code."""
    place = request.acting
    if place is None or place.kind not in (Kind.UNIT, Kind.BRANCH, Kind.COMMUNITY):
        return None
    code = words.lower().replace(" ", "-")
    return [form for form in papers() if words in form.title or form.code.startswith(code)]


def _paper_hit(_request: ActorRequest, form: Form) -> Hit:
    blank = reverse("home:blank", args=[form.code, "html"])
    return Hit(form.title, "", reverse("home:papers"), ((gettext("A blank one"), blank),))


PAPERS = SearchSource(gettext_noop("Forms"), _papers, _paper_hit, "home:papers")
