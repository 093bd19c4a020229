"""The roster as a list: everybody whom the actor may read, to be found, filtered and exported."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from baodao.documents.files import list_file
from baodao.orgs.models import Organisation
from baodao.people.facts import FACTS, Facts, Listed, PersonFact
from baodao.people.models import Membership
from baodao.people.queries.facts import words_of
from baodao.people.queries.search import search
from baodao.people.rules.standing import Standing
from baodao.ui.addresses import row_url
from baodao.ui.listing import Column, Filter, Spec
from baodao.ui.wording import code_choices


def _person_url(row: Membership) -> str:
    return row_url("home:person", row.person_id)


ORDERS: Mapping[str, Mapping[str, Any]] = {
    "name": {"key": "name", "sorts": ("person__pinyin",), "url": _person_url},
    "branch": {"key": "branch", "sorts": ("branch__path",)},
    "standing": {"key": "standing", "sorts": ("standing",)},
}
"""By which facts the list is put in order, and what opens from them."""


def _column(fact: PersonFact) -> Column:
    export_only = fact.listed is Listed.EXPORT
    return Column(_(fact.label), _words(fact), export_only=export_only, **ORDERS.get(fact.name, {}))


def _words(fact: PersonFact) -> Callable[[Membership], str]:
    return lambda row: words_of(fact, row.person, row)


def member_columns(facts: Facts = FACTS) -> list[Column]:
    """A column for each fact that the list shows, behind them those of the export alone."""
    columns = [_column(fact) for fact in facts if fact.listed is not Listed.NOT]
    return sorted(columns, key=lambda column: column.export_only)


def _in_branch(rows: QuerySet[Membership], code: str) -> QuerySet[Membership]:
    return rows.filter(branch__code=code)


def _with_standing(rows: QuerySet[Membership], standing: str) -> QuerySet[Membership]:
    return rows.filter(standing=standing)


def roster_spec(branches: Iterable[Organisation], *, units: bool, chooses: str = "") -> Spec:
    """The columns of the roster; `units` shows the unit too, for who reads several: then in
    the order of pinyin, which an index keeps for a whole city. `chooses`: the form of the ticks."""
    columns = member_columns()
    if units:
        columns.insert(2, Column(_("Unit"), lambda row: row.branch.parent.name))
    filters = [Filter("standing", _("Standing"), code_choices(Standing), _with_standing)]
    choices = [(branch.code, branch.name) for branch in branches]
    if choices:
        filters.insert(0, Filter("branch", _("Branch"), choices, _in_branch))
    return Spec(
        title=_("Roster"),
        columns=columns,
        order=("person__pinyin",) if units else ("branch__path", "person__pinyin"),
        search=lambda rows, text: search(rows, text, "person__"),
        by_number=True,
        search_hint=_("Name, pinyin initials"),
        filters=filters,
        empty=_("The roster is empty."),
        empty_hint=_("Import the list you have, in whatever layout."),
        chooses=chooses,
        export=list_file,
    )
