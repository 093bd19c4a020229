"""Everybody under a place of a trial as a list: search, filters, files."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.utils.translation import gettext, gettext_lazy

from baodao.documents.files import list_file
from baodao.orgs.queries.tree import organisations_anywhere
from baodao.people.queries.members import persons_of
from baodao.people.queries.search import matching
from baodao.trials.queries import TrialRow
from baodao.ui.addresses import row_url
from baodao.ui.listing import Column, Filter, Spec

Rows = QuerySet[Any]
CHANGED = "changed"


def trial_subjects(rows: Sequence[TrialRow], *, are_persons: bool) -> Rows:
    """The persons or organisations of these rows; each says in `urgency` whether something is
    missing of it, which comes first."""
    subjects: Rows
    if are_persons:
        subjects = persons_of([UUID(row.key) for row in rows])
    else:
        subjects = organisations_anywhere().filter(pk__in=[row.key for row in rows])
    missing = [row.key for row in rows if row.is_missing]
    first = When(pk__in=missing, then=Value(0))
    return subjects.annotate(urgency=Case(first, default=Value(1), output_field=IntegerField()))


def trial_rows_spec(rows: Sequence[TrialRow], *, are_persons: bool, is_beside: bool) -> Spec:
    """What would become of each, with the reason; `is_beside` is whether another policy was tried
    too."""
    known = {row.key: row for row in rows}
    before = Column(gettext_lazy("Before"), lambda one: _before(known[str(one.pk)]), labelled=True)
    name = Column(gettext_lazy("Name"), lambda one: one.name, url=_page if are_persons else None)
    return Spec(
        title=gettext_lazy("Rows of a trial"),
        columns=(
            name,
            Column(_number_label(are_persons), lambda one: known[str(one.pk)].number),
            Column(gettext_lazy("Result of the policy"), lambda one: known[str(one.pk)].outcome),
            *([before] if is_beside else []),
            Column(gettext_lazy("Reason"), lambda one: known[str(one.pk)].reason),
        ),
        order=("urgency", "number" if are_persons else "path"),
        search=_person if are_persons else _organisation,
        search_hint=gettext_lazy("Name, pinyin initials") if are_persons else gettext_lazy("Name"),
        by_number=are_persons,
        filters=_filters(known, is_beside=is_beside),
        empty=gettext_lazy("Nobody is here."),
        export=list_file,
    )


def _number_label(are_persons: bool) -> Any:
    return (
        gettext_lazy("Volunteer number")
        if are_persons
        else gettext_lazy("Code of the organisation")
    )


def _page(one: Any) -> str:
    return row_url("home:person", one.pk)


def _before(row: TrialRow) -> str:
    return f"{row.before} · {gettext('changes')}" if row.is_changed else row.before


def _filters(known: Mapping[str, TrialRow], *, is_beside: bool) -> list[Filter]:
    outcomes = dict.fromkeys(row.outcome for row in known.values())

    def have(rows: Rows, outcome: str) -> Rows:
        return rows.filter(pk__in=[key for key, row in known.items() if row.outcome == outcome])

    def changed(rows: Rows, value: str) -> Rows:
        is_so = value == CHANGED
        return rows.filter(pk__in=[key for key, row in known.items() if row.is_changed == is_so])

    choices = [(CHANGED, gettext_lazy("changes")), ("same", gettext_lazy("stays"))]
    label = gettext_lazy("Otherwise than before")
    beside = [Filter("change", label, choices, changed)] if is_beside else []
    words = [(one, one) for one in outcomes]
    return [Filter("outcome", gettext_lazy("Result of the policy"), words, have), *beside]


def _person(rows: Rows, text: str) -> Rows:
    return rows.filter(matching(text))


def _organisation(rows: Rows, text: str) -> Rows:
    return rows.filter(Q(name__icontains=text) | Q(code=text))
