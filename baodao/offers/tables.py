"""The list of offers: columns, filters, order, export."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy

from baodao.documents.files import list_file
from baodao.ledger.queries.categories import Kinds
from baodao.offers.kinds.registry import usual_kind
from baodao.offers.queries.offers import offers_found, short_of_people
from baodao.offers.queries.words import (
    in_state,
    kind_choices,
    kind_word,
    state_choices,
    state_word,
    when,
)
from baodao.ui.addresses import row_url
from baodao.ui.listing import Column, Filter, Spec, equals

Rows = QuerySet[Any]


def offer_url(row: Any) -> str:
    """The page of an offer."""
    return row_url("offers:offer", row.pk)


def offers_of(*, may_edit: bool) -> Spec:
    """The offers of a community with the places taken, what is over at the end; rows are
    `counted`."""
    return Spec(
        title=gettext_lazy("Offers"),
        columns=(
            Column(
                gettext_lazy("What is offered"), lambda row: row.title, "title", ("title",),
                url=offer_url,
            ),
            Column(gettext_lazy("Sort"), lambda row: kind_word(row.kind)),
            Column(gettext_lazy("Kind of service"), Kinds().of, export_only=True),
            Column(gettext_lazy("When"), when, "when", ("starts_at",)),
            Column(gettext_lazy("Where"), lambda row: row.place),
            Column(gettext_lazy("Organised by"), lambda row: row.organiser.name, export_only=True),
            Column(
                gettext_lazy("Places taken"),
                lambda row: f"{row.taken} / {row.places}",
                "taken",
                ("taken",),
                numeric=True,
            ),
            Column(gettext_lazy("On the waiting list"), lambda row: row.waiting, numeric=True),
            Column(gettext_lazy("Needs answered"), lambda row: row.answers or "", numeric=True),
            Column(gettext_lazy("State"), state_word, "state", ("state",)),
        ),
        order=("-ended_at", "-created_at"),
        search=offers_found,
        search_hint=gettext_lazy("Title, place, specialty"),
        filters=(
            Filter("kind", gettext_lazy("Sort"), kind_choices(), equals("kind")),
            Filter("state", gettext_lazy("State"), state_choices(), in_state),
            Filter("lacks", gettext_lazy("People"), (("yes", gettext_lazy("Short of people")),),
                   lambda rows, _: short_of_people(rows)),
        ),
        empty=gettext_lazy("Nothing is offered yet."),
        empty_hint=gettext_lazy("Offer a post or an activity; members of this community see it."),
        empty_url=reverse("offers:new", args=[usual_kind()]) if may_edit else "",
        empty_action=gettext_lazy(usual_kind().words.offer),
        export=list_file,
    )  # fmt: skip
