"""A person as their unit, their community or a supervisor may see them, and a number of theirs in
full: for their unit, and for the community that received them."""

from functools import partial
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from baodao.adoptions.tables.lists import own_sentences
from baodao.home.queries.portraits import portrait_of
from baodao.home.tables.profile import profile_of
from baodao.home.tables.years import year_chart
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.orgs.models import Organisation
from baodao.people.commands.numbers import unmask
from baodao.people.models import Person
from baodao.people.queries.members import memberships
from baodao.registration.queries.registrations import registrations
from baodao.ui.guards import asking, reading
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound, submit


@reading
def person(request: ActorRequest, person_id: UUID) -> HttpResponse:
    """What the viewer may see of somebody: facts, registrations, services, claims, cards, papers
    and memberships, each in short, and what can be done with the live registration."""
    profile = profile_of(request.actor, person_id)
    whole = "all" in request.GET
    portrait = portrait_of(request.actor, person_id, until=profile.until, whole=whole)
    records = reverse("statements:person", args=[person_id])
    context = {
        "profile": profile,
        "portrait": portrait,
        "policies": own_sentences(portrait.policies),
        "records_url": records,
        "chart": year_chart(portrait.services, records),
    }
    return render(request, "home/person.html", context)


class UnmaskForm(forms.Form):
    """Which number, and what for."""

    field = forms.ChoiceField(
        label=_("Which number?"),
        choices=[("phone", _("Telephone")), ("id-number", _("ID number"))],
        widget=forms.RadioSelect,
        initial="phone",
    )
    reason = forms.CharField(
        label=_("What for?"),
        max_length=200,
        help_text=_("It is written down with your name; the person can see it."),
    )


@asking
@never_cache
def number(request: ActorRequest, person_id: UUID) -> HttpResponse:
    """Ask which number and what for; the page that answers shows it, once."""
    # no end: who reads a number says each time what for
    person, host = _reached(request.actor, person_id)
    back = reverse("home:person", args=[person_id])
    page = FormPage(bound(request, UnmaskForm), "home/unmask.html", {"person": person})
    beside = {"person": person, "cancel": back}
    return submit(
        request,
        partial(unmask, person_id=person_id, host=host),
        to=back,
        message=gettext("It was shown once; ask for it once more."),
        page=page,
        answer=lambda clear: render(request, "home/number.html", {**beside, "number": clear}),
    )


def _reached(actor: Actor, person_id: UUID) -> tuple[Person, Organisation | None]:
    """The person, and the community through which the actor reaches them. Raises `Absent`."""
    member = memberships(actor, Permission.PERSON_UNMASK).filter(person=person_id).first()
    if member is not None:
        return member.person, None
    hosted = registrations(actor, Permission.PERSON_UNMASK)
    row = hosted.filter(person=person_id).first()
    if row is None:
        raise Absent("person")
    return row.person, row.community
