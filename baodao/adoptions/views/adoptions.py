"""Adopted policies: which hold here, adopting one, ending it, taking it back."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from baodao.adoptions.commands import adoptions as commands
from baodao.adoptions.forms import AdoptionEndForm, AdoptionForm, WithdrawalForm
from baodao.adoptions.models import Adoption
from baodao.adoptions.queries.adoptions import (
    adopted_above,
    adopted_at,
    adoptions_to_decide,
    version_to_adopt,
    versions_to_adopt,
)
from baodao.adoptions.queries.adoptions import adoptions as known_adoptions
from baodao.adoptions.rules.adoptions import check_withdrawal
from baodao.adoptions.tables.lists import adoption_lines
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.orgs.requests import acting_for
from baodao.orgs.rules.tree import Kind
from baodao.policies.queries.texts import rules_of
from baodao.policies.queries.wording import caution_words, explained
from baodao.ui.guards import asking, reading
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound, question, submit


@reading
def adoptions(request: ActorRequest) -> HttpResponse:
    """What holds here, by whose word, what organisations below adopted, and what can be adopted."""
    place = acting_for(request, tuple(Kind), Permission.POLICY_READ)
    here = adopted_at(place)
    below = known_adoptions(request.actor).filter(organisation__path__startswith=place.path)
    may_adopt = request.actor.may(Permission.POLICY_ADOPT, place.path)
    context = {
        "place": place,
        "here": adoption_lines(here),
        "below": adoption_lines(below.exclude(organisation=place)),
        "versions": versions_to_adopt(request.actor, place) if may_adopt else (),
    }
    return render(request, "adoptions/adoptions.html", context)


@asking
def adopt(request: ActorRequest, version_id: UUID) -> HttpResponse:
    """Adopt a version for all below the organisation for which one acts."""
    # no end: who adopts and from when is asked anew, and the act refuses what holds already
    place = acting_for(request, tuple(Kind), Permission.POLICY_ADOPT)
    version = version_to_adopt(request.actor, place, version_id)
    rules = rules_of(version)
    above = adopted_above(place, rules.subject, clock.today())
    form = bound(request, AdoptionForm, rules=rules, is_below=bool(above))
    asks = [*explained(rules), *caution_words(rules)]
    beside = {"place": place, "version": version, "asks": asks, "above": above}

    def act(actor: Actor, **_: object) -> Adoption:
        return commands.adopt(
            actor, organisation_id=place.pk, version_id=version_id, terms=form.terms()
        )

    page = FormPage(form, "adoptions/adopt.html", beside)
    return submit(request, act, to=reverse("adoptions:list"), message=adopted_words(), page=page)


def adopted_words() -> str:
    """What is said after adopting."""
    return gettext("Adopted. What it says of everybody is worked out now and every night.")


def _to_decide(request: ActorRequest, adoption_id: UUID) -> Adoption:
    row = adoptions_to_decide(request.actor).filter(pk=adoption_id).first()
    if row is None:
        raise Absent("adoption")
    return row


@asking
def end(request: ActorRequest, adoption_id: UUID) -> HttpResponse:
    """Let an adoption be over with a period."""
    # no end: an adoption that ends may be ended earlier
    row = _to_decide(request, adoption_id)
    form = bound(request, AdoptionEndForm, rules=row.rules)
    words = gettext("End “%(what)s”") % {"what": row.version.name}
    lead = gettext("What it said of periods until then stays.")
    page = question(form, words, gettext("End it"), lead)

    def act(actor: Actor, **_: object) -> Adoption:
        return commands.end_adoption(actor, adoption_id=row.pk, **form.facts())

    return submit(request, act, to=_page_of(row), message=gettext("It ends."), page=page)


@asking
def withdraw(request: ActorRequest, adoption_id: UUID) -> HttpResponse:
    """Take an adoption back before it holds."""
    row = _to_decide(request, adoption_id)
    words = gettext("Withdraw “%(what)s”") % {"what": row.version.name}
    lead = gettext("Nothing follows from it; what was in force before goes on.")
    page = question(bound(request, WithdrawalForm), words, gettext("Withdraw"), lead)
    adopted_on = clock.local(row.adopted_at).date()
    page = page.while_open(check_withdrawal, row.from_on, adopted_on, clock.today())
    act = partial(commands.withdraw_adoption, adoption_id=row.pk)
    to = reverse("adoptions:list")
    return submit(request, act, to=to, message=gettext("Withdrawn."), page=page)


def _page_of(row: Adoption) -> str:
    return reverse("adoptions:standing", args=[row.pk])
