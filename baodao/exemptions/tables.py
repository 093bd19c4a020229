"""The list of a unit's exemptions: columns, filter, order, export."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy

from baodao.documents.files import list_file
from baodao.exemptions.models import Exemption
from baodao.exemptions.rules.states import ExemptionState
from baodao.people.queries.search import matching
from baodao.ui.addresses import row_url
from baodao.ui.listing import Column, Filter, Spec
from baodao.ui.wording import code_choices

Rows = QuerySet[Any]


def _person_url(row: Exemption) -> str:
    """The person's page."""
    return row_url("home:person", row.person_id)


def _person_search(rows: Rows, words: str) -> Rows:
    return rows.filter(matching(words, prefix="person__"))


def _in_state(rows: Rows, state: str) -> Rows:
    return rows.filter(state=state)


_NAME = Column(
    gettext_lazy("Name"),
    lambda row: row.person.name,
    key="name",
    sorts=("person__pinyin",),
    url=_person_url,
)


def exemption_list() -> Spec:
    """Exemptions and delays of a unit."""
    return Spec(
        title=gettext_lazy("Exemptions and delays"),
        columns=(
            _NAME,
            Column(gettext_lazy("Branch"), lambda row: row.branch.name),
            Column(gettext_lazy("Reason"), lambda row: row.get_reason_display()),
            Column(gettext_lazy("What follows"), lambda row: row.get_effect_display()),
            Column(gettext_lazy("Evidence"), lambda row: row.evidence),
            Column(gettext_lazy("First day"), lambda row: row.from_on, "from", ("from_on",)),
            Column(gettext_lazy("Last day"), lambda row: row.to_on or ""),
            Column(gettext_lazy("Requested by"), lambda row: row.requested_by),
            Column(gettext_lazy("State"), lambda row: row.get_state_display()),
            Column(gettext_lazy("Decided by"), lambda row: row.decided_by, export_only=True),
            Column(gettext_lazy("Note"), lambda row: row.decision_note, export_only=True),
        ),
        order=("-requested_at",),
        search=_person_search,
        by_number=True,
        search_hint=gettext_lazy("Name, pinyin initials"),
        filters=(Filter("state", gettext_lazy("State"), code_choices(ExemptionState), _in_state),),
        empty=gettext_lazy("There is no exemption."),
        empty_hint=gettext_lazy("Request one from the check list, with its evidence."),
        empty_url=reverse("checklist:missing"),
        empty_action=gettext_lazy("To the check list"),
        export=list_file,
    )
