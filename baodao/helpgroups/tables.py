"""The list of help groups, and what is kept of who is in one."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext, gettext_lazy

from baodao.helpgroups.models import GroupAide
from baodao.helpgroups.queries.dues import with_group
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.masks import masked_name
from baodao.kernel.scope import own
from baodao.residents.rules.households import SupportGrade
from baodao.ui.addresses import row_url
from baodao.ui.listing import Column, Filter, Spec, equals
from baodao.ui.wording import code_choices

Rows = QuerySet[Any]
STANDINGS = (("now", gettext_lazy("At work")), ("over", gettext_lazy("Is dissolved")))


def _standing(rows: Rows, value: str) -> Rows:
    return rows.filter(ended_at__isnull=value == "now")


def _search(rows: Rows, words: str) -> Rows:
    return rows.filter(name__icontains=words)


def groups_spec() -> Spec:
    """The groups of a community, in no order of how much they do."""
    return Spec(
        title=gettext_lazy("Help groups"),
        columns=(
            Column(
                gettext_lazy("Group"),
                lambda row: row.name,
                "name",
                ("name",),
                url=lambda row: row_url("helpgroups:group", row.pk),
            ),
            Column(gettext_lazy("Grid"), lambda row: row.grid.name if row.grid else ""),
            Column(gettext_lazy("People in it"), lambda row: row.people, "people", ("people",)),
            Column(gettext_lazy("Households"), lambda row: row.stands, "stands", ("stands",)),
            Column(
                gettext_lazy("Founded on"),
                lambda row: clock.day_of(row.founded_at),
                "founded",
                ("founded_at",),
            ),
            Column(
                gettext_lazy("State"),
                lambda row: gettext("Is dissolved") if row.ended_at else gettext("At work"),
            ),
        ),
        order=("name", "pk"),
        search=_search,
        search_hint=gettext_lazy("Name of the group"),
        filters=(Filter("state", gettext_lazy("State"), STANDINGS, _standing),),
        empty=gettext_lazy("No help group is founded here yet."),
        empty_hint=gettext_lazy(
            "Found one in each grid: its cadre, a secretary, the police officer, members who "
            "stand out."
        ),
    )


def due_spec() -> Spec:
    """Households that are to be visited, names masked, the longest due first."""
    return Spec(
        title=gettext_lazy("Households to be visited"),
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
            Column(gettext_lazy("Grade of support"), lambda row: row.get_grade_display()),
            Column(gettext_lazy("Grid"), lambda row: row.grid.name if row.grid else ""),
            Column(gettext_lazy("Help group"), lambda row: row.group_name or ""),
            Column(gettext_lazy("Last visit"), lambda row: row.visited_on, "last", ("visited_on",)),
            Column(gettext_lazy("Visit due on"), lambda row: row.due_on, "due", ("due_on",)),
        ),
        order=("due_on", "filed_at"),
        search=lambda rows, words: rows.filter(number__startswith=words),
        search_hint=gettext_lazy("Number of the file"),
        filters=(
            Filter(
                "grade",
                gettext_lazy("Grade of support"),
                code_choices(SupportGrade),
                equals("grade"),
            ),
        ),
        empty=gettext_lazy("No visit is due."),
        empty_hint=gettext_lazy("How often a household is visited follows from its grade."),
        reads=("number", "entry__name_sealed", "grade", "grid__name"),
        describes=with_group,
    )


def copied(actor: Actor) -> dict[str, list[dict[str, object]]]:
    """In which groups the actor is or was, in the reader's language; never by which households."""
    rows = own(GroupAide.objects.select_related("group"), actor).order_by("joined_at", "pk")
    return {
        gettext("My help groups"): [
            {
                gettext("Group"): row.group.name,
                gettext("As what they join"): row.get_part_display(),
                gettext("Joined on"): clock.day_of(row.joined_at),
                gettext("Left on"): clock.day_of(row.ended_at),
            }
            for row in rows
        ]
    }
