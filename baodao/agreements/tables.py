"""The list of agreements: columns, filters, files."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy

from baodao.agreements.rules.agreements import AgreementState, ProgressPart
from baodao.documents.files import list_file
from baodao.kernel import clock
from baodao.ledger.queries.categories import Kinds
from baodao.ui.addresses import row_url
from baodao.ui.listing import Column, Filter, Spec, equals
from baodao.ui.wording import code_choices, span_words, time_words, unbroken_hours


def agreements_of() -> Spec:
    """Agreements of units and communities."""
    return Spec(
        title=gettext_lazy("Agreements"),
        columns=(
            Column(
                gettext_lazy("Unit"),
                lambda row: row.unit.name,
                "unit",
                ("unit__name",),
                url=lambda row: row_url("agreements:agreement", row.pk),
            ),
            Column(gettext_lazy("Community"), lambda row: row.community.name),
            Column(gettext_lazy("Year"), lambda row: str(row.year), "year", ("year",)),
            Column(gettext_lazy("Number"), lambda row: row.number_text),
            Column(gettext_lazy("State"), lambda row: row.get_state_display()),
            Column(
                gettext_lazy("Signed on"),
                lambda row: clock.day_of(row.signed_at),
                "signed",
                ("signed_at",),
                labelled=True,
            ),
        ),
        order=("-year", "-drafted_at"),
        search=lambda rows, words: rows.filter(unit__name__icontains=words),
        search_hint=gettext_lazy("Name of the unit"),
        filters=(
            Filter("state", gettext_lazy("State"), code_choices(AgreementState), equals("state")),
        ),
        empty=gettext_lazy("There is no agreement yet."),
        empty_hint=gettext_lazy("Either side drafts one; both agree on it clause by clause."),
        export=list_file,
    )


def counted_table(part: ProgressPart) -> Spec:
    """What one number of the progress counts, a row each."""
    return Spec(
        title=gettext_lazy(part.words),
        columns=_COLUMNS[part](),
        order=_ORDERS[part],
        empty=gettext_lazy("Nothing was counted in the year so far."),
        export=list_file,
    )


def _when(row: Any) -> str:
    return span_words(row.starts_at, row.ends_at) if row.starts_at and row.ends_at else ""


def _when_on_page(row: Any) -> str:
    return unbroken_hours(_when(row))


def _activities() -> tuple[Column, ...]:
    return (
        Column(gettext_lazy("Activity"), lambda row: row.title, "title", ("title",)),
        Column(gettext_lazy("When"), _when, "when", ("starts_at",), display=_when_on_page),
        Column(gettext_lazy("Where"), lambda row: row.place),
        Column(gettext_lazy("Organised by"), lambda row: row.organiser.name),
    )


def _services() -> tuple[Column, ...]:
    kinds = Kinds()
    return (
        Column(gettext_lazy("Name"), lambda row: row.person.name, "name", ("person__pinyin",)),
        Column(gettext_lazy("Day of service"), lambda row: row.served_on, "day", ("served_on",)),
        Column(gettext_lazy("Time served"), lambda row: time_words(row.minutes)),
        Column(gettext_lazy("Kind of service"), kinds.of),
    )


def _lent() -> tuple[Column, ...]:
    return (
        Column(
            gettext_lazy("Resource"),
            lambda row: row.resource.title,
            url=lambda row: row_url("resources:resource", row.resource_id),
        ),
        Column(gettext_lazy("When"), _when, "when", ("starts_at",), display=_when_on_page),
        Column(gettext_lazy("What for"), lambda row: row.words),
    )


def _projects() -> tuple[Column, ...]:
    return (
        Column(
            gettext_lazy("Project"),
            lambda row: row.title,
            "title",
            ("title",),
            url=lambda row: row_url("resources:project", row.pk),
        ),
        Column(gettext_lazy("Proposed by"), lambda row: row.proposer.name),
        Column(gettext_lazy("Done on"), lambda row: clock.day_of(row.ended_at), labelled=True),
    )


def _clauses() -> tuple[Column, ...]:
    return (
        Column(gettext_lazy("Clause"), lambda row: row.clause.title),
        Column(gettext_lazy("How it was kept"), lambda row: row.words),
        Column(gettext_lazy("Said by"), lambda row: f"{row.get_side_display()} · {row.stated_by}"),
        Column(gettext_lazy("Confirmed by"), lambda row: row.answered_by, labelled=True),
        Column(
            gettext_lazy("Confirmed on"), lambda row: clock.day_of(row.answered_at), labelled=True
        ),
    )


_COLUMNS: dict[ProgressPart, Callable[[], tuple[Column, ...]]] = {
    ProgressPart.ACTIVITIES: _activities,
    ProgressPart.SERVICES: _services,
    ProgressPart.LENT: _lent,
    ProgressPart.PROJECTS: _projects,
    ProgressPart.CLAUSES: _clauses,
}
_ORDERS: dict[ProgressPart, tuple[str, ...]] = {
    ProgressPart.ACTIVITIES: ("-starts_at",),
    ProgressPart.SERVICES: ("-served_on", "-id"),
    ProgressPart.LENT: ("-starts_at",),
    ProgressPart.PROJECTS: ("-ended_at",),
    ProgressPart.CLAUSES: ("clause__position",),
}
