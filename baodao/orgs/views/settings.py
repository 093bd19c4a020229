"""What an organisation decides for itself and for all below it, and what holds there."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from baodao.kernel.authz import Permission
from baodao.kernel.errors import Absent
from baodao.orgs.commands.organisations import CONTACT_EDITORS, set_contact
from baodao.orgs.commands.policies import clear_policy, set_policy
from baodao.orgs.forms import ContactForm, PolicyForm, contact_of
from baodao.orgs.models import Organisation
from baodao.orgs.queries.policies import PolicyLine, line_of, lines_of
from baodao.orgs.queries.tree import organisations, reached
from baodao.orgs.rules.policies import POLICIES, SETTING_PAGES, Policy, SettingPage
from baodao.ui.edits import Edit
from baodao.ui.guards import asking, reading, writing
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound, question, submit


@dataclass(frozen=True)
class Row:
    """A policy on the page: how it stands, and for who may set it its form or its own editor."""

    line: PolicyLine
    edit: Edit[Organisation] | None = None
    editor: str = ""


Opened = tuple[Policy[Any], Edit[Organisation]]


@reading
def own(request: ActorRequest) -> HttpResponse:
    """The settings of the organisation one acts for."""
    if request.acting is None:
        raise Absent("settings")
    return _page(request, request.acting)


@asking
def contact(request: ActorRequest) -> HttpResponse:
    """Who is to be asked in the organisation one acts for, by whoever may say so."""
    place = request.acting
    if place is None or not any(request.actor.may(one, place.path) for one in CONTACT_EDITORS):
        raise Absent("contact")
    headline = gettext("Contact of %(name)s") % {"name": place.name}
    page = question(bound(request, ContactForm), headline, gettext("Save"))
    return submit(
        request,
        partial(set_contact, organisation_id=place.pk),
        to=reverse("orgs:own_settings"),
        message=gettext("Saved."),
        page=page.editing(place, contact_of),
    )


@reading
def settings(request: ActorRequest, organisation_id: int) -> HttpResponse:
    """The settings of an organisation, for everybody who works for it or above it."""
    place = reached(request.actor).filter(pk=organisation_id).first()
    if place is None:
        raise Absent("organisation")
    return _page(request, place)


@asking
def policy(request: ActorRequest, organisation_id: int, key: str) -> HttpResponse:
    """One policy set in its place on the page; why it is refused stands beside its field."""
    # no end: a policy is set as often as need be
    place, option = _editable(request, organisation_id, key)
    edit = _edit(bound(request, PolicyForm, line=line_of(option, place)), place)
    context = _context(request, place, (option, edit))
    return submit(
        request,
        partial(set_policy, organisation_id=place.pk, policy=option),
        to=f"{_address(request, place)}#{key}",
        message=gettext("Saved."),
        page=FormPage(edit.form, "orgs/settings.html", context, edit),
    )


@writing
def above(request: ActorRequest, organisation_id: int, key: str) -> HttpResponse:
    """The organisation decides a policy no longer: what holds above holds here again."""
    place, option = _editable(request, organisation_id, key)
    return submit(
        request,
        partial(clear_policy, organisation_id=place.pk, policy=option),
        to=f"{_address(request, place)}#{key}",
        message=gettext("Given back: what holds above holds here again."),
    )


def _page(request: ActorRequest, place: Organisation) -> HttpResponse:
    return render(request, "orgs/settings.html", _context(request, place))


def _edit(form: PolicyForm, place: Organisation) -> Edit[Organisation]:
    def value(row: Organisation) -> dict[str, object]:
        line = form.line if row is place else line_of(form.line.policy, row)
        return {"value": line.value}

    return Edit(form, place, value)


def _context(
    request: ActorRequest, place: Organisation, opened: Opened | None = None
) -> dict[str, object]:
    """Every policy that may be set here or holds here; `opened` is the one that is being set."""
    edits = request.actor.may(Permission.SETTING_EDIT, place.path)
    groups = {
        heading: [_row(request, place, line, opened) if edits else Row(line) for line in lines]
        for heading, lines in lines_of(place).items()
    }
    own_contact = place == request.acting and any(
        request.actor.may(one, place.path) for one in CONTACT_EDITORS
    )
    own = {"own_contact": own_contact, "pages": _pages(request, place)}
    return {"place": place, "groups": groups, "edits": edits, **own}


def _pages(request: ActorRequest, place: Organisation) -> list[SettingPage]:
    """The further pages, of the organisation one acts for, that one may read."""
    mine = [one for one in SETTING_PAGES if place == request.acting]
    return [one for one in mine if not one.readers or request.actor.may(one.readers, place.path)]


def _row(
    request: ActorRequest, place: Organisation, line: PolicyLine, opened: Opened | None
) -> Row:
    if not line.may_set:
        return Row(line)
    if line.policy.page:
        return Row(line, editor=reverse(line.policy.page) if place == request.acting else "")
    if opened is not None and opened[0] == line.policy:
        return Row(line, opened[1])
    return Row(line, _edit(PolicyForm(line=line), place))


def _editable(
    request: ActorRequest, organisation_id: int, key: str
) -> tuple[Organisation, Policy[Any]]:
    """An organisation whose settings the actor may edit, and a policy that is set on the page."""
    place = organisations(request.actor, Permission.SETTING_EDIT).filter(pk=organisation_id).first()
    option = POLICIES.get(key)
    if place is None or option is None or option.page:
        raise Absent("policy")
    return place, option


def _address(request: ActorRequest, place: Organisation) -> str:
    """The page of the settings: that of the menu where one acts for this organisation."""
    if place == request.acting:
        return reverse("orgs:own_settings")
    return reverse("orgs:settings", args=[place.pk])
