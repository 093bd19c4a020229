"""The roster as a list, and the facts of one member, corrected by their unit or by themselves."""

from dataclasses import replace
from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.orgs.models import Organisation
from baodao.orgs.queries import below
from baodao.orgs.queries.choices import choosable
from baodao.orgs.queries.communities import community_finder
from baodao.orgs.rules import Kind
from baodao.people.commands.facts import correct_own_facts, edit_person
from baodao.people.facts import Viewer
from baodao.people.forms import FactsForm
from baodao.people.models import Membership
from baodao.people.queries.facts import present_facts
from baodao.people.queries.members import memberships, own_membership
from baodao.people.tables.people import roster_spec
from baodao.ui.guards import asking, member_only, reading
from baodao.ui.listing import Listing
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import bound, phone_question, question, submit


@reading
def people(request: ActorRequest) -> HttpResponse:
    """Everybody in the organisation acted for whom the actor may read."""
    place: Organisation | None = request.acting
    if place is None or not request.actor.may(Permission.PERSON_READ, place.path):
        raise Absent("people")
    rows = memberships(request.actor, Permission.PERSON_READ)
    rows = rows.filter(branch__path__startswith=place.path)
    in_unit = place.kind in (Kind.UNIT, Kind.BRANCH)
    branches = below(place, Kind.BRANCH).order_by("sort", "code") if in_unit else ()
    listing = Listing(rows, request, roster_spec(branches, units=not in_unit))
    may_import = request.actor.may(Permission.ROSTER_IMPORT, place.path)
    return listing.response("people/list.html", {"may_import": may_import})


@asking
def edit(request: ActorRequest, person_id: UUID) -> HttpResponse:
    """Correct what is held of one member."""
    row = memberships(request.actor, Permission.PERSON_EDIT).filter(person=person_id).first()
    if row is None:
        raise Absent("person")
    form = _form(request, row, Viewer.UNIT, branches=_branches(row))
    page = question(form, row.person.name, _("Keep"))
    act = partial(_edit, person_id)
    to = reverse("registration:person", args=[person_id])
    return submit(request, act, to=to, message=_("Corrected."), page=page)


def _form(request: ActorRequest, row: Membership, writer: Viewer, **options: object) -> FactsForm:
    """What `writer` may change, filled in with what is kept."""
    values = partial(present_facts, writer=writer)
    return bound(request, FactsForm, writer=writer, row=row.person, values=values, **options)


def _branches(row: Membership) -> list[Organisation]:
    """The open branches of the member's unit, and their own though it was closed since."""
    unit = row.branch.parent or row.branch
    return list(choosable(below(unit, Kind.BRANCH), row.branch_id).order_by("sort", "code"))


def _edit(person_id: UUID, actor: Actor, **values: object) -> None:
    edit_person(actor, person_id=person_id, values=values)


@asking
@member_only
def own_facts(request: ActorRequest) -> HttpResponse:
    """What the member may correct alone; the unit sees the change, nobody approves it."""
    row = own_membership(request.actor)
    if row is None:
        raise Absent("membership")
    page = phone_question(
        _form(request, row, Viewer.SELF, find=community_finder(row.branch)),
        _("My facts"),
        _("Save"),
        _("Name, ID number and membership are kept by your unit; tell it what is wrong."),
    )
    page = replace(page, template="people/community_phone_form.html")
    return submit(request, _correct, to=reverse("home:mine"), message=_("Saved."), page=page)


def _correct(actor: Actor, **values: object) -> None:
    correct_own_facts(actor, values=values)
