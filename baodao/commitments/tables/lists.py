"""The list of who has committed: columns, search, years, export. It has no order by how much."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from baodao.commitments.templatetags.commitment_words import titles_of, yearly_words
from baodao.documents.files import list_file
from baodao.kernel import clock
from baodao.people.queries.search import matching
from baodao.ui.listing import Column, Filter, Spec

Rows = QuerySet[Any]
PAST_YEARS = 2


def _search(rows: Rows, words: str) -> Rows:
    return rows.filter(matching(words, prefix="registration__person__"))


def _years() -> Filter:
    this = clock.today().year
    past = [(str(year), str(year)) for year in range(this - 1, this - 1 - PAST_YEARS, -1)]
    return Filter(
        "year",
        gettext_lazy("Year"),
        (("", str(this)), *past),
        lambda rows, value: rows.filter(year=int(value or this)),
    )


def commitments_of() -> Spec:
    """Who has committed to what, by name."""
    return Spec(
        title=gettext_lazy("Commitments"),
        columns=(
            Column(
                gettext_lazy("Name"),
                lambda row: row.registration.person.name,
                "name",
                ("registration__person__pinyin",),
                url=lambda row: reverse("commitments:paper", args=[row.pk, "html"]),
            ),
            Column(gettext_lazy("Unit"), lambda row: row.unit_name),
            Column(gettext_lazy("Community"), lambda row: row.registration.community.name),
            Column(gettext_lazy("Posts and projects"), titles_of),
            Column(gettext_lazy("What they can do"), lambda row: row.services),
            Column(gettext_lazy("Service in the year"), yearly_words),
            Column(gettext_lazy("In their own words"), lambda row: row.words, export_only=True),
            Column(gettext_lazy("Committed on"), lambda row: row.made_on, "since", ("since",)),
            Column(
                gettext_lazy("May be posted up"),
                lambda row: gettext("Yes") if row.agreed else gettext("No"),
            ),
        ),
        order=("registration__person__pinyin",),
        search=_search,
        by_number=True,
        search_hint=gettext_lazy("Name, pinyin initials"),
        tabs=_years(),
        empty=gettext_lazy("Nobody has committed in this year."),
        empty_hint=gettext_lazy("Members do it on their own page, when they like; nobody has to."),
        export=list_file,
    )
