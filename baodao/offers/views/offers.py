"""A community's offers: the list, one offer, writing, publishing and ending it."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Refused
from baodao.ledger.queries.categories import categories_of
from baodao.offers.commands import offers as commands
from baodao.offers.forms.offers import CloseForm, WhyForm, fix, hours_known, known, names_of
from baodao.offers.kinds.forms import HoursForm, OfferForm
from baodao.offers.kinds.parts import PARTS
from baodao.offers.kinds.registry import every_kind, kind_of, usual_kind
from baodao.offers.models import Offer
from baodao.offers.queries.acts import acts_on
from baodao.offers.queries.answers import needs_of, open_needs_of
from baodao.offers.queries.claims import claims_on
from baodao.offers.queries.offers import (
    counted,
    offer_timeline,
    offers,
    organisers_of,
)
from baodao.offers.rules.kinds import Kind
from baodao.offers.tables.lists import offers_of
from baodao.offers.views.places import community_of, fetched
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import ids_below
from baodao.ui.guards import asking, reading, writing
from baodao.ui.listing import Listing
from baodao.ui.posts import attempt, send
from baodao.ui.questions import Question, asked, fresh, sent
from baodao.ui.requests import ActorRequest
from baodao.ui.wording import worded


@reading
def all_offers(request: ActorRequest) -> HttpResponse:
    """Everything that the community offers, with its places."""
    community = community_of(request, Permission.OFFER_READ)
    rows = counted(offers(request.actor)).filter(community__in=ids_below(community.path))
    may_edit = request.actor.may(Permission.OFFER_EDIT, community.path)
    listing = Listing(rows, request, offers_of(may_edit=may_edit))
    context = {
        "community": community,
        "may_edit": may_edit,
        "kinds": every_kind(),
        "usual": usual_kind(),
    }
    return listing.response("offers/offers.html", context)


@reading
def one(request: ActorRequest, offer_id: UUID) -> HttpResponse:
    """Facts, who claimed, what can be done next, and what happened."""
    offer = fetched(request, offer_id, Permission.OFFER_READ)
    claims = list(claims_on(request.actor, offer))
    context = {
        "offer": offer,
        "claims": claims,
        "needs": needs_of(offer),
        "may_edit": request.actor.may(Permission.OFFER_EDIT, offer.community.path),
        "acts": acts_on(request.actor, offer),
        "items": offer_timeline(offer, {row.pk: row.claimant.name for row in claims}),
        "closing": reverse("offers:close", args=[offer.pk]),
    }
    return render(request, "offers/offer.html", context)


def _shape(
    request: ActorRequest, kind: Kind, community: Organisation, **initial: object
) -> OfferForm:
    """The form of a kind of offer for a community."""
    organisers = [community, *organisers_of(request.actor, community).exclude(pk=community.pk)]
    return fresh(
        request,
        PARTS[kind.code].form,
        kind=kind,
        categories=categories_of(community),
        organisers=names_of(organisers),
        initial=initial,
    )


def _ask(
    request: ActorRequest, form: OfferForm, question: Question, act: Callable[[Actor], Offer]
) -> HttpResponse:
    """The form's page; once it is valid, the page of the offer that `act` wrote."""
    if form.is_valid():
        try:
            return redirect(attempt(request, lambda actor: _page(act(actor)), to=question.back))
        except Refused as refused:
            form.add_error(None, worded(refused))
    context = {**vars(question), "cancel": question.back, "form": form}
    return render(request, question.template, context, status=422 if form.errors else 200)


def _page(offer: Offer) -> str:
    return reverse("offers:offer", args=[offer.pk])


@asking
def new(request: ActorRequest, offer_kind: str) -> HttpResponse:
    """Write an offer down; it is a draft until it is published."""
    community = community_of(request)
    kind = kind_of(offer_kind)
    form = _shape(request, kind, community, organiser=community.pk)
    question = Question(
        gettext(kind.words.offer),
        gettext("Save as a draft"),
        reverse("offers:list"),
        gettext("You look at it once more before members see it."),
    )

    def act(actor: Actor) -> Offer:
        return commands.draft(actor, community_id=community.pk, facts=form.facts())

    return _ask(request, form, question, act)


@asking
def edit(request: ActorRequest, offer_id: UUID) -> HttpResponse:
    """Change an offer; once published its hours are moved on a page of their own."""
    offer = fetched(request, offer_id)
    form = _shape(request, offer.kind, offer.community, **known(offer))
    fix(form, offer)
    question = Question(
        gettext("Change “%(title)s”") % {"title": offer.title}, gettext("Save"), _page(offer)
    )

    def act(actor: Actor) -> Offer:
        return commands.edit(actor, offer_id=offer.pk, facts=form.facts())

    return _ask(request, form, question, act)


@writing
def publish(request: ActorRequest, offer_id: UUID) -> HttpResponse:
    """Show it to the members of the community."""
    return sent(
        request,
        partial(commands.publish, offer_id=offer_id),
        to=reverse("offers:offer", args=[offer_id]),
        said=gettext("Published. The members of your community see it now."),
    )


@writing
def copy(request: ActorRequest, offer_id: UUID) -> HttpResponse:
    """Offer it again: a draft like this one."""

    def act(actor: Actor) -> str:
        return reverse("offers:edit", args=[commands.copy(actor, offer_id=offer_id).pk])

    said = gettext("A draft like the last one; check day and places.")
    return send(request, act, to=reverse("offers:list"), said=said)


@asking
def close(request: ActorRequest, offer_id: UUID) -> HttpResponse:
    """End an offer, and say which needs were met by it."""
    offer = fetched(request, offer_id)
    question = Question(
        gettext("Close “%(title)s”") % {"title": offer.title},
        gettext("Close it"),
        _page(offer),
        gettext("Whoever claimed it is told with thanks. Needs that were not met wait again."),
    )
    form = fresh(request, CloseForm, needs=open_needs_of(offer))
    write = partial(commands.close, offer_id=offer.pk)
    return asked(request, form, question, write, gettext("Closed. Whoever claimed it is told."))


@asking
def cancel(request: ActorRequest, offer_id: UUID) -> HttpResponse:
    """Call it off; everybody who claimed reads why."""
    offer = fetched(request, offer_id)
    question = Question(
        gettext("Cancel “%(title)s”") % {"title": offer.title},
        gettext("Cancel it"),
        _page(offer),
        gettext("Everybody who claimed it is told why. Needs it answers wait again."),
    )
    write = partial(commands.cancel, offer_id=offer.pk)
    said = gettext("Cancelled. Everybody who had claimed it has been told.")
    return asked(request, fresh(request, WhyForm), question, write, said)


@asking
def reschedule(request: ActorRequest, offer_id: UUID) -> HttpResponse:
    """Move an offer with hours to another time."""
    offer = fetched(request, offer_id)
    form = fresh(request, HoursForm, initial=hours_known(offer))
    question = Question(
        gettext("Move “%(title)s”") % {"title": offer.title},
        gettext("Move to that time"),
        _page(offer),
        gettext("Everybody who claimed it is told both times; who cannot come may give it up."),
    )

    def write(actor: Actor, **_: object) -> None:
        starts_at, ends_at = form.hours()
        commands.reschedule(actor, offer_id=offer.pk, starts_at=starts_at, ends_at=ends_at)

    said = gettext("Moved. Everybody who had claimed it has been told.")
    return asked(request, form, question, write, said)
