"""The board of needs and the lists of a unit: columns, tabs, filters, export."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from baodao.documents.files import list_file
from baodao.kernel import clock
from baodao.kernel.masks import masked_phone
from baodao.needs.models import Need
from baodao.needs.queries.needs import NeedCounts, needs_found
from baodao.needs.rules.life import WAITING, NeedState
from baodao.needs.rules.requests import NeedSource, Urgency
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import below, place_name
from baodao.orgs.rules.tree import Kind
from baodao.ui.addresses import row_url
from baodao.ui.listing import Column, Filter, Spec, equals
from baodao.ui.wording import choices_of, code_choices, word_of

Rows = QuerySet[Any]

TABS: dict[str, tuple[Promise, tuple[NeedState, ...]]] = {
    "waiting": (gettext_lazy("Nobody helps yet"), WAITING),
    "open": (gettext_lazy("Being helped"), (NeedState.OPEN,)),
    "met": (gettext_lazy("Met"), (NeedState.MET,)),
    "unmet": (gettext_lazy("Not met"), (NeedState.UNMET,)),
}

FIRST_TAB = "waiting"
"""Which stands open where none is chosen."""


@dataclass(frozen=True)
class Tab:
    """One state of the board with its count."""

    key: str
    label: Promise
    count: int
    current: bool


def tabs_of(counts: NeedCounts, current: str) -> list[Tab]:
    """The tabs of the board."""
    numbers = (counts.without_help, counts.open, counts.met, counts.unmet)
    return [
        Tab(key, label, number, key == current)
        for (key, (label, _)), number in zip(TABS.items(), numbers, strict=True)
    ]


def asker_phone(need: Need) -> str:
    """The asker's telephone with its middle hidden; empty when none was left."""
    return masked_phone(need.phone)


def _columns(place: Organisation, categories: Mapping[str, str]) -> Iterable[Column]:
    yield Column(
        gettext_lazy("Need"),
        lambda row: row.text,
        url=lambda row: row_url("needs:need", row.pk),
    )
    yield Column(
        gettext_lazy("Age in days"),
        lambda row: row.age_days,
        "age",
        ("span", "-collected_at"),
        numeric=True,
    )
    yield Column(gettext_lazy("How soon"), lambda row: row.get_urgency_display(), "rank", ("rank",))
    yield Column(
        gettext_lazy("Category of the need"),
        lambda row: word_of(categories, row.category),
        "category",
        ("category",),
    )
    yield Column(gettext_lazy("Source of the need"), lambda row: row.get_source_display())
    if place.kind != Kind.COMMUNITY:
        yield Column(
            gettext_lazy("Community"),
            lambda row: row.community.name,
            "community",
            ("community__path",),
        )
    yield Column(gettext_lazy("State"), lambda row: row.get_state_display())
    yield Column(gettext_lazy("Where it is"), lambda row: row.place, export_only=True)
    yield Column(
        gettext_lazy("Asked on"),
        lambda row: clock.local(row.collected_at).date(),
        export_only=True,
    )
    yield Column(
        gettext_lazy("Offer that answers it"),
        lambda row: row.answer_title or "",
        export_only=True,
    )
    yield Column(gettext_lazy("Reason"), lambda row: row.why, export_only=True)


def needs_of(place: Organisation, categories: Mapping[str, str]) -> Spec:
    """The needs of a place and what answers them: urgent ones first, then the oldest. No name and
    no telephone."""
    filters = [
        Filter(
            "step",
            gettext_lazy("Screening"),
            [("screen", gettext_lazy(NeedState.COLLECTED.words))],
            lambda rows, _: rows.filter(state=NeedState.COLLECTED),
        ),
        Filter("urgency", gettext_lazy("How soon"), code_choices(Urgency), equals("urgency")),
        Filter(
            "category",
            gettext_lazy("Category of the need"),
            choices_of(categories),
            equals("category"),
        ),
        Filter(
            "source",
            gettext_lazy("Source of the need"),
            code_choices(NeedSource),
            equals("source"),
        ),
    ]
    if place.kind != Kind.COMMUNITY:
        communities = below(place, Kind.COMMUNITY).select_related("parent").order_by("path")
        names = [(str(row.pk), place_name(row)) for row in communities]
        filters.append(Filter("in", gettext_lazy("Community"), names, equals("community")))
    return Spec(
        title=gettext_lazy("Needs"),
        columns=tuple(_columns(place, categories)),
        tabs=Filter(
            "state",
            gettext_lazy("What became of them"),
            [(key, label) for key, (label, _) in TABS.items()],
            lambda rows, key: rows.filter(state__in=TABS[key or FIRST_TAB][1]),
        ),
        order=("rank", "collected_at"),
        search=needs_found,
        search_hint=gettext_lazy("Words of the need, place or code"),
        filters=filters,
        empty=gettext_lazy("There is no such need here."),
        export=list_file,
    )


def unit_needs_spec(categories: Mapping[str, str]) -> Spec:
    """What a unit can help its partner community with: text, place and age, nobody's name."""
    return Spec(
        title=gettext_lazy("Needs of the partner community"),
        columns=(
            Column(gettext_lazy("Need"), lambda row: row.text),
            Column(
                gettext_lazy("Category of the need"),
                lambda row: word_of(categories, row.category),
            ),
            Column(gettext_lazy("Where it is"), lambda row: row.place or "—"),
            Column(gettext_lazy("How soon"), lambda row: row.get_urgency_display()),
            Column(
                gettext_lazy("Age in days"),
                lambda row: row.age_days,
                "age",
                ("-collected_at",),
                numeric=True,
            ),
            Column(gettext_lazy("State"), lambda row: row.get_state_display()),
        ),
        order=("rank", "collected_at"),
        search=needs_found,
        search_hint=gettext_lazy("Words of the need, place or code"),
        empty=gettext_lazy("The partner community needs no help at present."),
        export=list_file,
    )
