"""The list of pairings: columns, filters, files."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext, gettext_lazy

from baodao.documents.files import list_file
from baodao.offers.kinds.pairing.kind import VisitRhythm
from baodao.offers.rules.situations import Situation
from baodao.orgs.models import Organisation
from baodao.orgs.rules.tree import Kind
from baodao.pairings.rules.pairings import PairingStage
from baodao.ui.addresses import row_url
from baodao.ui.listing import Column, Filter, Spec, equals
from baodao.ui.wording import code_choices

Rows = QuerySet[Any]


def _search(rows: Rows, words: str) -> Rows:
    return rows.filter(Q(title__icontains=words) | Q(supporter__icontains=words))


def pairings_of(place: Organisation, *, works: bool) -> Spec:
    """The pairings of a place: who stands by whom, and when the next visit is due."""
    communities = (
        []
        if place.kind == Kind.COMMUNITY
        else [Column(gettext_lazy("Community"), lambda row: row.community.name)]
    )
    return Spec(
        title=gettext_lazy("Pairings"),
        columns=(
            Column(
                gettext_lazy("Pairing"),
                lambda row: row.title,
                url=lambda row: row_url("pairings:pairing", row.pk) if works else "",
            ),
            *communities,
            Column(
                gettext_lazy("For whom"),
                lambda row: gettext(Situation.words_of(row.own.situation)),
            ),
            Column(gettext_lazy("Who helps"), lambda row: row.supporter or ""),
            Column(
                gettext_lazy("Visits"), lambda row: gettext(VisitRhythm.words_of(row.own.rhythm))
            ),
            Column(
                gettext_lazy("Last visit"), lambda row: row.visited_on, "visited", ("visited_on",)
            ),
            Column(gettext_lazy("Next visit due"), lambda row: row.due_on, "due", ("due_on",)),
            Column(gettext_lazy("State"), lambda row: gettext(PairingStage.words_of(row.stage))),
        ),
        order=("due_on", "published_at"),
        search=_search,
        search_hint=gettext_lazy("Pairing, or who helps"),
        filters=(
            Filter("stage", gettext_lazy("State"), code_choices(PairingStage), equals("stage")),
            Filter(
                "rhythm",
                gettext_lazy("Visits"),
                code_choices(VisitRhythm),
                equals("pairing__rhythm"),
            ),
        ),
        empty=gettext_lazy("No household is paired yet."),
        empty_hint=gettext_lazy("A member or a unit visits them regularly once it is made here."),
        export=list_file,
    )
