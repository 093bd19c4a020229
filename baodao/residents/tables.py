"""The list of files: masked, never a file of its own to take along."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext, gettext_lazy

from baodao.kernel.masks import masked_name
from baodao.orgs.models import Organisation
from baodao.residents.queries.files import categories_at, with_due
from baodao.residents.queries.waiting import with_due_measure
from baodao.residents.rules.households import SupportGrade
from baodao.ui.addresses import row_url
from baodao.ui.listing import Column, Filter, Spec, equals
from baodao.ui.wording import choices_of, code_choices, word_of

Rows = QuerySet[Any]
STANDINGS = (
    ("", gettext_lazy("Files kept")),
    ("due", gettext_lazy("Measures due")),
    ("expiring", gettext_lazy("Soon to be deleted")),
    ("deleted", gettext_lazy("Deleted files")),
)


READ = (
    "number", "entry__name_sealed", "categories", "grade", "grid__name", "kept_until",
    "ended_at", "ending",
)  # fmt: skip


def _standing(rows: Rows, value: str) -> Rows:
    if value == "deleted":
        return rows.filter(ended_at__isnull=False)
    rows = rows.filter(ended_at=None)
    if value == "due":
        return with_due_measure(rows)
    return rows.filter(expiring=True) if value == "expiring" else rows


def file_state(row: Any) -> str:
    """How a file stands: kept, about to be deleted, or deleted and why."""
    if row.ended_at is not None:
        return gettext("Deleted: %(why)s") % {"why": row.get_ending_display()}
    return gettext("Soon to be deleted") if row.expiring else gettext("Kept")


def _search(rows: Rows, words: str) -> Rows:
    return rows.filter(number__startswith=words)


def past_files_spec() -> Spec:
    """Files where they are switched off: number and days alone."""
    return Spec(
        title=gettext_lazy("Files of households"),
        columns=(
            Column(
                gettext_lazy("File number"),
                lambda row: row.number,
                "number",
                ("filed_at",),
                url=lambda row: row_url("residents:file", row.pk),
            ),
            Column(
                gettext_lazy("Kept until"), lambda row: row.kept_until, "until", ("kept_until",)
            ),
            Column(gettext_lazy("State"), file_state),
        ),
        order=("-filed_at",),
        search=_search,
        search_hint=gettext_lazy("Number of the file"),
        empty=gettext_lazy("No household has a file here."),
    )


def files_spec(community: Organisation, grids: list[Organisation]) -> Spec:
    """The files of a community, names masked."""
    words = categories_at(community)
    return Spec(
        title=gettext_lazy("Files of households"),
        columns=(
            Column(
                gettext_lazy("File number"),
                lambda row: row.number,
                "number",
                ("filed_at",),
                url=lambda row: row_url("residents:file", row.pk),
            ),
            Column(
                gettext_lazy("Household"),
                lambda row: masked_name(row.entry.name) if row.entry else "",
            ),
            Column(
                gettext_lazy("Difficulties"),
                lambda row: "、".join(word_of(words, code) for code in row.categories),
            ),
            Column(gettext_lazy("Grade of support"), lambda row: row.get_grade_display()),
            Column(gettext_lazy("Grid"), lambda row: row.grid.name if row.grid else ""),
            Column(gettext_lazy("Next measure due"), lambda row: row.due_on, "due", ("due_on",)),
            Column(
                gettext_lazy("Kept until"), lambda row: row.kept_until, "until", ("kept_until",)
            ),
            Column(gettext_lazy("State"), file_state),
        ),
        order=("-filed_at",),
        search=_search,
        search_hint=gettext_lazy("Number of the file"),
        tabs=Filter("state", gettext_lazy("State"), STANDINGS, _standing),
        filters=(
            Filter(
                "grade",
                gettext_lazy("Grade of support"),
                code_choices(SupportGrade),
                equals("grade"),
            ),
            Filter(
                "difficulty",
                gettext_lazy("Difficulties"),
                choices_of(words),
                lambda rows, value: rows.filter(categories__contains=[value]),
            ),
            Filter(
                "grid",
                gettext_lazy("Grid"),
                [(str(row.pk), row.name) for row in grids],
                equals("grid"),
            ),
        ),
        empty=gettext_lazy("No household has a file here."),
        empty_hint=gettext_lazy(
            "A file is made with the household's consent, or where the law lays it down."
        ),
        reads=READ,
        describes=with_due,
    )
