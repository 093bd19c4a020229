"""The roster as a list: everybody whom the actor may read, to be found, filtered and exported."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from baodao.documents.rendering import list_workbook
from baodao.orgs.models import Organisation
from baodao.people.forms import GRADES, STANDINGS
from baodao.people.models import Membership
from baodao.people.queries.search import found
from baodao.people.rules.standing import Grade, Standing
from baodao.ui.listing import Column, Filter, Spec


def _standing(row: Membership) -> str:
    return str(STANDINGS[Standing(row.standing)])


def _grade(row: Membership) -> str:
    return str(GRADES[Grade(row.grade)])


def _lives(row: Membership) -> str:
    return gettext("yes") if row.lives_in_city else gettext("no")


def _sex(row: Membership) -> str:
    return gettext("male") if row.person.sex == "m" else gettext("female")


def _in_branch(rows: QuerySet[Membership], code: str) -> QuerySet[Membership]:
    return rows.filter(branch__code=code)


def _with_standing(rows: QuerySet[Membership], standing: str) -> QuerySet[Membership]:
    return rows.filter(standing=standing)


def roster_spec(branches: Iterable[Organisation], *, units: bool) -> Spec:
    """The columns of the roster; `units` shows the unit too, for who reads several: then in
    the order of pinyin, which an index keeps for a whole city."""
    columns = [
        Column(
            _("Name"),
            lambda row: row.person.name,
            "name",
            ("person__pinyin",),
            url=lambda row: reverse("registration:person", args=[row.person_id]),
        ),
        Column(_("Volunteer number"), lambda row: row.person.number),
        Column(_("Branch"), lambda row: row.branch.name, "branch", ("branch__path",)),
        Column(_("Standing"), _standing, "standing", ("standing",)),
        Column(_("Position"), lambda row: row.person.position),
        Column(_("Professional specialty"), lambda row: row.person.specialty),
        Column(_("Sex"), _sex, export_only=True),
        Column(_("Grade"), _grade, export_only=True),
        Column(_("Lives in this city"), _lives, export_only=True),
        Column(_("Education"), lambda row: row.person.education, export_only=True),
    ]
    if units:
        columns.insert(2, Column(_("Unit"), lambda row: row.branch.parent.name))
    filters = [
        Filter(
            "standing", _("Standing"), [(s.value, STANDINGS[s]) for s in Standing], _with_standing
        )
    ]
    choices = [(branch.code, branch.name) for branch in branches]
    if choices:
        filters.insert(0, Filter("branch", _("Branch"), choices, _in_branch))
    return Spec(
        title=_("Roster"),
        columns=columns,
        order=("person__pinyin",) if units else ("branch__path", "person__pinyin"),
        search=lambda rows, text: found(rows, text, "person__"),
        search_hint=_("Name, pinyin initials, end of ID number"),
        filters=filters,
        empty=_("The roster is empty."),
        empty_hint=_("Import the list you have, in whatever layout."),
        export=list_workbook,
    )
