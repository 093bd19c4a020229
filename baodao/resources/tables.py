"""The lists as pages show them: columns, filters, files."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext, gettext_lazy

from baodao.documents.files import list_file
from baodao.kernel import clock
from baodao.resources.rules.lives import ListClaimState, ProjectState, ResourceState
from baodao.resources.templatetags.resource_words import claim_state, span, takers
from baodao.ui.addresses import row_url
from baodao.ui.listing import Column, Filter, Spec, equals
from baodao.ui.wording import code_choices

Rows = QuerySet[Any]


def _search(rows: Rows, words: str) -> Rows:
    return rows.filter(
        Q(title__icontains=words) | Q(text__icontains=words) | Q(unit__name__icontains=words)
    )


def resources_of(*, own: bool) -> Spec:
    """Resources: of the unit itself with how each stands, else with whose they are."""
    unit = Column(gettext_lazy("Unit"), lambda row: row.unit.name, "unit", ("unit__name",))
    state = Column(gettext_lazy("State"), lambda row: row.get_state_display())
    states = Filter("state", gettext_lazy("State"), code_choices(ResourceState), equals("state"))
    return Spec(
        title=gettext_lazy("List of resources"),
        columns=(
            Column(
                gettext_lazy("Resource"),
                lambda row: row.title,
                "title",
                ("title",),
                url=lambda row: row_url("resources:resource", row.pk),
            ),
            *(() if own else (unit,)),
            Column(gettext_lazy("Kind of resource"), lambda row: row.kind, "kind", ("kind",)),
            Column(gettext_lazy("When it can be had"), lambda row: row.schedule),
            Column(gettext_lazy("How much"), lambda row: row.amount),
            Column(gettext_lazy("Conditions"), lambda row: row.conditions),
            *((state,) if own else ()),
        ),
        order=("kind", "title"),
        search=_search,
        search_hint=gettext_lazy("Name of the resource or unit"),
        filters=(states,) if own else (),
        empty=gettext_lazy("No resource stands on the list yet."),
        empty_hint=gettext_lazy("A hall, a bus, an expert: what a unit can lend stands here."),
        export=list_file,
    )


def needs_of() -> Spec:
    """Needs for which a community wants units."""
    return Spec(
        title=gettext_lazy("List of needs"),
        columns=(
            Column(gettext_lazy("Need"), lambda row: row.need.text),
            Column(gettext_lazy("Community"), lambda row: row.need.community.name),
            Column(
                gettext_lazy("Units that take it on"),
                takers,
                numeric=True,
                labelled=True,
            ),
            Column(
                gettext_lazy("On the list since"),
                lambda row: clock.day_of(row.since),
                labelled=True,
            ),
        ),
        order=("since",),
        search=lambda rows, words: rows.filter(need__text__icontains=words),
        search_hint=gettext_lazy("Words of the need"),
        empty=gettext_lazy("No need on the list waits for a unit."),
        empty_hint=gettext_lazy("A community puts needs here for which it wants units."),
        export=list_file,
    )


def projects_of() -> Spec:
    """Projects of a year."""
    this = clock.today().year
    years = [(str(year), str(year)) for year in (this + 1, this - 1, this - 2)]
    return Spec(
        title=gettext_lazy("List of projects"),
        columns=(
            Column(
                gettext_lazy("Project"),
                lambda row: row.title,
                "title",
                ("title",),
                url=lambda row: row_url("resources:project", row.pk),
            ),
            Column(gettext_lazy("Proposed by"), lambda row: row.proposer.name),
            Column(gettext_lazy("Community"), lambda row: row.community.name),
            Column(gettext_lazy("State"), lambda row: row.get_state_display()),
        ),
        order=("-proposed_at",),
        search=lambda rows, words: rows.filter(title__icontains=words),
        search_hint=gettext_lazy("Name of the project"),
        filters=(
            Filter("state", gettext_lazy("State"), code_choices(ProjectState), equals("state")),
        ),
        tabs=Filter(
            "year",
            gettext_lazy("Year"),
            (("", str(this)), *years),
            lambda rows, value: rows.filter(year=int(value or clock.today().year)),
        ),
        empty=gettext_lazy("No project stands on the list of this year."),
        empty_hint=gettext_lazy("Either side proposes one, and the other claims it."),
        export=list_file,
    )


def claims_of() -> Spec:
    """What was claimed of lists, by whom, and what became of it."""
    return Spec(
        title=gettext_lazy("Claims of lists"),
        columns=(
            Column(gettext_lazy("What is claimed"), lambda row: row.title),
            Column(gettext_lazy("Claimed by"), lambda row: row.claimant.name),
            Column(gettext_lazy("Answered by"), lambda row: row.other.name),
            Column(gettext_lazy("When"), span, "when", ("starts_at",)),
            Column(gettext_lazy("State"), claim_state),
            Column(gettext_lazy("Reason"), lambda row: gettext(row.reason) if row.reason else ""),
        ),
        order=("-claimed_at",),
        filters=(
            Filter("state", gettext_lazy("State"), code_choices(ListClaimState), equals("state")),
        ),
        empty=gettext_lazy("Nothing was claimed yet."),
        export=list_file,
    )
