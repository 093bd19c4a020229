"""The roster as a list, and the facts of one member, corrected by their unit."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.orgs.models import Organisation
from baodao.orgs.queries import below
from baodao.orgs.rules import Kind
from baodao.people.commands.editing import TEXTS, Place, edit_person
from baodao.people.forms import PersonForm
from baodao.people.models import Membership
from baodao.people.queries.members import memberships
from baodao.people.tables import roster_spec
from baodao.ui.listing import Listing
from baodao.ui.posts import kept
from baodao.ui.requests import ActorRequest


@require_GET
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


@require_http_methods(["GET", "POST"])
def edit(request: ActorRequest, person_id: UUID) -> HttpResponse:
    """Correct what is held of one member."""
    held = memberships(request.actor, Permission.PERSON_EDIT).filter(person=person_id).first()
    if held is None:
        raise Absent("person")
    branches = below(_unit(held), Kind.BRANCH).filter(closed_at=None).order_by("sort", "code")
    form = _form(request, held, list(branches))
    back = reverse("registration:person", args=[person_id])
    if form.is_valid() and _kept(request, form, person_id, list(branches)):
        messages.success(request, _("Corrected."))
        return redirect(back)
    context = {"form": form, "headline": held.person.name, "label": _("Keep"), "cancel": back}
    return render(request, "ui/confirm.html", context, status=422 if form.errors else 200)


def _unit(held: Membership) -> Organisation:
    return held.branch.parent or held.branch


def _form(request: ActorRequest, held: Membership, branches: list[Organisation]) -> PersonForm:
    person = held.person
    known = {field: getattr(person, field) for field in ("name", "joined_on", *TEXTS)}
    known |= {
        "branch": held.branch_id,
        "standing": held.standing,
        "grade": held.grade,
        "lives_in_city": held.lives_in_city,
    }
    choices = [(branch.pk, branch.name) for branch in branches]
    return PersonForm(request.POST or None, initial=known, branches=choices)


def _kept(
    request: ActorRequest, form: PersonForm, person_id: UUID, branches: list[Organisation]
) -> bool:
    typed = form.cleaned_data
    chosen = next(branch for branch in branches if branch.pk == typed["branch"])
    told = {
        "name": typed["name"],
        "joined_on": typed["joined_on"],
        "facts": {field: typed[field] for field in ("phone", *TEXTS)},
        "place": Place(chosen, typed["standing"], typed["grade"], typed["lives_in_city"]),
    }

    def act(actor: Actor) -> None:
        edit_person(actor, person_id=person_id, **told)

    return kept(request, form, act, to=request.path)
