"""A member added by hand, and what happens to one: retired, left, died."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.orgs.models import Organisation
from baodao.orgs.queries.choices import community_finder
from baodao.orgs.queries.tree import below
from baodao.orgs.requests import acting_unit
from baodao.orgs.rules.tree import Kind
from baodao.people.commands import departures
from baodao.people.commands.memberships import NewMember, add_member
from baodao.people.commands.proofs import stated_in
from baodao.people.forms import DepartureForm, DocumentMemberForm, Happening, NewMemberForm
from baodao.people.models import Membership, Person
from baodao.people.queries.members import memberships
from baodao.people.rules.departures import Ending
from baodao.people.views.people import with_new_branch
from baodao.ui.guards import asking
from baodao.ui.requests import ActorRequest, way_back
from baodao.ui.submissions import FormPage, bound, question, submit


@asking
def add(request: ActorRequest) -> HttpResponse:
    """One member more in the unit acted for, by their identity card."""
    return _add_with(request, NewMemberForm, _("Add a member"))


@asking
def add_by_document(request: ActorRequest) -> HttpResponse:
    """One member more who has another document than an identity card."""
    return _add_with(request, DocumentMemberForm, _("Add a member without an ID card"))


def _add_with(
    request: ActorRequest, form_class: type[NewMemberForm], headline: str
) -> HttpResponse:
    unit = acting_unit(request, Permission.PERSON_EDIT)
    branches = list(below(unit, Kind.BRANCH).filter(closed_at=None).order_by("sort", "code"))
    initial = {"from_on": clock.today(), "lives_in_city": True}
    options = {"branches": branches or [unit], "find": community_finder(unit)}
    # no edit: a member is added, and today is a first guess
    form = bound(request, form_class, initial=initial, **options)
    words = {"headline": headline, "label": _("Add"), "lead": unit.name}
    by_card = form_class is NewMemberForm
    page = FormPage(form, "people/add.html", {**words, "by_card": by_card})
    back = way_back(request)
    page = page.beside(cancel=back or reverse("people:list"))
    act, message = partial(_add, unit), _("The member was added.")
    return submit(request, act, to=back or _page_of, message=message, page=page)


def _add(unit: Organisation, actor: Actor, **typed: Any) -> Person:
    values: dict[str, Any] = with_new_branch(actor, unit, typed)
    number, from_on, is_other = (values.pop(name) for name in ("id_number", "from_on", "is_other"))
    stated = stated_in(values)
    member = NewMember(number, from_on, values, is_other, stated)
    return add_member(actor, unit_id=unit.pk, member=member)


def _page_of(person: Person) -> str:
    return reverse("home:person", args=[person.pk])


def member_row(request: ActorRequest, person_id: UUID) -> Membership:
    """The present membership of a person whom the actor's unit keeps. Raises `Absent`."""
    row = memberships(request.actor, Permission.PERSON_EDIT).filter(person=person_id).first()
    if row is None:
        raise Absent("person")
    return row


@asking
def departure(request: ActorRequest, person_id: UUID) -> HttpResponse:
    """A member retired, left or died, on a day."""
    # no end: a member who has left is not found here any more
    row = member_row(request, person_id)
    page = question(
        bound(request, DepartureForm, initial={"on": clock.today()}),
        _("%(name)s: retired, left, died") % {"name": row.person.name},
        _("Record it"),
        _("For another unit of this city use “Transfer to another unit”."),
        [(_("Branch"), row.branch.name), (_("Volunteer number"), row.person.number)],
    )
    page = page.beside(cancel=_page_of(row.person))
    act = partial(_depart, person_id)
    return submit(request, act, to=_after, message=_("Recorded."), page=page)


def _depart(person_id: UUID, actor: Actor, **values: object) -> Membership:
    happening, on = Happening(str(values["happening"])), values["on"]
    if happening is Happening.RETIRED:
        return departures.retire(actor, person_id=person_id, on=on)  # type: ignore[arg-type]
    ending = Ending(happening.value)
    return departures.end_membership(actor, person_id=person_id, ending=ending, on=on)  # type: ignore[arg-type]


def _after(membership: Membership) -> str:
    """Who retired has a page still; who left has none here."""
    return reverse("people:list") if membership.closed_at else _page_of(membership.person)
