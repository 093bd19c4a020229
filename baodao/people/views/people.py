"""The roster as a list, and the facts of one member, corrected by their unit or by themselves."""

from collections.abc import Mapping
from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.orgs.commands.organisations import create
from baodao.orgs.models import Organisation
from baodao.orgs.queries.choices import community_finder
from baodao.orgs.queries.tree import below, choosable
from baodao.orgs.requests import acting_unit_or_branch
from baodao.orgs.rules.tree import Kind
from baodao.people import documents
from baodao.people.commands.facts import edit_own_facts, edit_person
from baodao.people.facts import Viewer
from baodao.people.forms import FactsForm
from baodao.people.models import Membership
from baodao.people.queries.facts import present_facts
from baodao.people.queries.members import memberships, own_membership
from baodao.people.queries.transfers import waiting_for
from baodao.people.rules.links import links_of
from baodao.people.tables.people import roster_spec
from baodao.ui.guards import asking, member_only, reading
from baodao.ui.listing import Listing, paper_download
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import bound, phone_question, question, submit

TICKS = "chosen"
"""The form of the page to which the ticked rows belong."""


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
    acts = _acts(request, place)
    chooses = TICKS if acts["may_remind"] or acts["may_print"] else ""
    spec = roster_spec(branches, units=not in_unit, chooses=chooses)
    return Listing(rows, request, spec).response("people/list.html", acts)


def _acts(request: ActorRequest, place: Organisation) -> dict[str, object]:
    """What the page offers beside the list."""
    may_edit = place.kind == Kind.UNIT and request.actor.may(Permission.PERSON_EDIT, place.path)
    in_unit = place.kind in (Kind.UNIT, Kind.BRANCH)
    return {
        "may_remind": in_unit and request.actor.may(Permission.REGISTRATION_REMIND, place.path),
        "may_print": in_unit and request.actor.may(Permission.LETTER_ISSUE, place.path),
        "may_import": request.actor.may(Permission.ROSTER_IMPORT, place.path),
        "may_edit": may_edit,
        "waiting": waiting_for(request.actor, place).count() if may_edit else 0,
        "links": links_of(request.actor) if may_edit else (),
    }


@asking
def edit(request: ActorRequest, person_id: UUID) -> HttpResponse:
    """Correct what is held of one member."""
    # no end: a member who has left is not found here any more
    row = memberships(request.actor, Permission.PERSON_EDIT).filter(person=person_id).first()
    if row is None:
        raise Absent("person")
    find = community_finder(row.branch, kept=row.person.home_community)
    form = bound(request, FactsForm, writer=Viewer.UNIT, branches=_branches(row), find=find)
    values = partial(present_facts, writer=Viewer.UNIT)
    page = question(form, row.person.name, _("Keep")).editing(row.person, values)
    act = partial(_edit, person_id, row.branch.parent or row.branch)
    to = reverse("home:person", args=[person_id])
    return submit(request, act, to=to, message=_("Corrected."), page=page)


def _branches(row: Membership) -> list[Organisation]:
    """The open branches of the member's unit, and their own though it was closed since."""
    unit = row.branch.parent or row.branch
    return list(choosable(below(unit, Kind.BRANCH), row.branch_id).order_by("sort", "code"))


def _edit(person_id: UUID, unit: Organisation, actor: Actor, **values: object) -> None:
    values = with_new_branch(actor, unit, values)
    edit_person(actor, person_id=person_id, values=values)


def with_new_branch(
    actor: Actor, unit: Organisation, values: Mapping[str, object]
) -> dict[str, object]:
    """What was typed of a member, in the branch that it named anew, which is added to the unit."""
    name = str(values["new_branch"])
    facts = {key: value for key, value in values.items() if key != "new_branch"}
    if name:
        facts["branch"] = create(actor, kind=Kind.BRANCH, name=name, parent_id=unit.pk)
    return facts


@asking
@member_only
def own_facts(request: ActorRequest) -> HttpResponse:
    """What the member may correct alone; the unit sees the change, nobody approves it."""
    row = own_membership(request.actor)
    if row is None:
        raise Absent("membership")
    find = community_finder(row.branch, kept=row.person.home_community)
    page = phone_question(
        bound(request, FactsForm, writer=Viewer.SELF, find=find, path=row.branch.path),
        _("My facts"),
        _("Save"),
        _("Name, ID number and membership are kept by your unit; tell it what is wrong."),
    ).editing(row.person, partial(present_facts, writer=Viewer.SELF))
    return submit(request, _correct, to=reverse("home:mine"), message=_("Saved."), page=page)


def _correct(actor: Actor, **values: object) -> None:
    edit_own_facts(actor, values=values)


@reading
def roster(request: ActorRequest, ending: str) -> HttpResponse:
    """党员花名册 of the unit or branch as it stands today, telephones masked."""
    place = acting_unit_or_branch(request, Permission.PERSON_UNMASK)
    return paper_download(request, documents.roster(place, ending))
