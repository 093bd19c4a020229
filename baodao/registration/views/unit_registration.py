"""The unit's own registration: its contact form, its state and its partner community."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from baodao.kernel.authz import Actor, Permission
from baodao.orgs.models import Organisation
from baodao.registration.commands import units
from baodao.registration.commands.units import UnitContact
from baodao.registration.forms import ReasonForm, UnitContactForm, city_path, place_name
from baodao.registration.models import UnitRegistration
from baodao.registration.queries.timelines import unit_timeline
from baodao.registration.queries.units import unit_registration_of
from baodao.registration.views.scope import unit_of, whole_unit
from baodao.ui.guards import asking, reading
from baodao.ui.questions import Question, asked, fresh
from baodao.ui.requests import ActorRequest

KEPT = ("secretary", "secretary_phone", "contact_name", "contact_phone", "resources", "needs")


@reading
def standing(request: ActorRequest) -> HttpResponse:
    """Where the unit's registration stands, and the one next thing."""
    unit = whole_unit(unit_of(request))
    may_present = request.actor.may(Permission.UNIT_REGISTRATION_PRESENT, unit.path)
    held = unit_registration_of(request.actor, unit)
    items = unit_timeline(request.actor, held) if held else []
    context = {"unit": unit, "held": held, "items": items, "may_present": may_present}
    return render(request, "registration/unit_registration.html", context)


@asking
def present(request: ActorRequest) -> HttpResponse:
    """The contact form, filled with what is known from the last time or from the unit."""
    unit = unit_of(request, Permission.UNIT_REGISTRATION_PRESENT)
    last = unit_registration_of(request.actor, unit)
    form = fresh(request, UnitContactForm, city=city_path(unit), initial=_known(unit, last))
    question = Question(
        gettext("Contact form of the unit"),
        gettext("Present to the community"),
        reverse("registration:unit_registration"),
        gettext("The community accepts it and becomes your partner community."),
        template="registration/form.html",
    )

    write = partial(_present, unit_id=unit.pk)
    return asked(request, form, question, write, gettext("Presented to the community."))


def _present(actor: Actor, *, unit_id: int, community: Organisation, **fields: str) -> None:
    contact = UnitContact(**fields)
    units.present_unit(actor, unit_id=unit_id, community_id=community.pk, contact=contact)


@asking
def end(request: ActorRequest, unit_registration_id: UUID) -> HttpResponse:
    """The unit leaves its partner community, or takes its form back."""
    unit_of(request, Permission.UNIT_REGISTRATION_PRESENT)
    question = Question(
        gettext("End the contact with the community?"),
        gettext("End it"),
        reverse("registration:unit_registration"),
        gettext("Members registered there stay registered; the unit can report elsewhere."),
    )
    write = partial(units.end_unit, unit_registration_id=unit_registration_id)
    return asked(request, fresh(request, ReasonForm), question, write, gettext("Ended."))


def _known(unit: Organisation, last: UnitRegistration | None) -> dict[str, str]:
    if last is None:
        return {"contact_name": unit.contact_name, "contact_phone": unit.contact_phone}
    return {"community": place_name(last.community)} | {name: getattr(last, name) for name in KEPT}
