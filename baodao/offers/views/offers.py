"""A community's offers: the list, one offer, writing, publishing and ending it."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.ledger.queries.categories import categories_of
from baodao.offers.commands import hours
from baodao.offers.commands import offers as commands
from baodao.offers.forms.offers import CloseForm, WhyForm, fix, hours_known, known, names_of
from baodao.offers.kinds.forms import HoursForm, OfferForm
from baodao.offers.kinds.parts import PARTS
from baodao.offers.kinds.registry import every_kind, kind_of, usual_kind
from baodao.offers.models import Offer
from baodao.offers.queries.acts import acts_on
from baodao.offers.queries.answers import needs_of, nobody_waits, open_needs_of
from baodao.offers.queries.barriers import check_cancellable, check_closable, check_movable
from baodao.offers.queries.claims import offer_claims
from baodao.offers.queries.offers import counted, offer_of, offer_timeline, offers, organisers_of
from baodao.offers.rules.acts import LINKS, PANELS
from baodao.offers.rules.kinds import OfferKind
from baodao.offers.rules.lives import OFFER, OfferState
from baodao.offers.rules.offers import has_begun
from baodao.offers.tables import offers_of
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import ids_below
from baodao.orgs.requests import acting_community
from baodao.people.queries.choices import choice_lists_at
from baodao.ui.guards import asking, reading, writing
from baodao.ui.listing import Listing
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound, question, submit


@reading
def all_offers(request: ActorRequest) -> HttpResponse:
    """Everything that the community offers, with its places."""
    community = acting_community(request, Permission.OFFER_READ)
    rows = counted(offers(request.actor)).filter(community__in=ids_below(community.path))
    may_edit = request.actor.may(Permission.OFFER_EDIT, community.path)
    listing = Listing(rows, request, offers_of(may_edit=may_edit))
    context = {
        "community": community,
        "may_edit": may_edit,
        "kinds": every_kind(),
        "links": LINKS,
        "usual": usual_kind(),
    }
    return listing.response("offers/offers.html", context)


@reading
def one(request: ActorRequest, offer_id: UUID) -> HttpResponse:
    """Facts, who claimed, what can be done next, and what happened."""
    offer = offer_of(request.actor, offer_id, Permission.OFFER_READ)
    claims = offer_claims().on(request.actor, offer)
    context = {
        "offer": offer,
        "claims": claims,
        "panel": offer_claims().panel,
        "needs": (needs := list(needs_of(offer))),
        "nobody_waits": nobody_waits(offer, needs),
        **_rights(request.actor, offer),
        "acts": acts_on(request.actor, offer),
        "items": offer_timeline(offer, {row.pk: row.claimant_name for row in claims}),
        "panels": [(panel.template, panel.rows(request.actor, offer)) for panel in PANELS],
    }
    return render(request, "offers/offer.html", context)


def _rights(actor: Actor, offer: Offer) -> dict[str, object]:
    """What may be done and read from its page, and where it is ended: a pairing, once somebody
    stands by the household, in no other way."""
    return {
        "may_edit": actor.may(Permission.OFFER_EDIT, offer.community.path),
        "reads_needs": actor.may(Permission.NEED_READ, offer.community.path),
        "closing": _closing(offer),
        "ends_by_reason": offer.kind.pairs and bool(offer.taken),
    }


def _closing(offer: Offer) -> str:
    """Where a community ends an offer: what pairs with the reason that the household has."""
    return reverse("pairings:end" if offer.kind.pairs else "offers:close", args=[offer.pk])


def _form(
    request: ActorRequest, kind: OfferKind, community: Organisation, offer: Offer | None = None
) -> OfferForm:
    """The form of a kind of offer for a community; what `offer` has already can stay."""
    organisers = [community, *organisers_of(request.actor, community).exclude(pk=community.pk)]
    if offer is not None and offer.organiser not in organisers:
        organisers.append(offer.organiser)
    # no edit: the community is a first guess; an offer that is there is filled in by `editing`
    form: OfferForm = bound(
        request,
        PARTS[kind.code].form,
        kind=kind,
        categories=categories_of(community, offer.category if offer else ""),
        organisers=names_of(organisers),
        initial={"organiser": community.pk},
    )
    lists = choice_lists_at(community.path)
    form.fields["specialties"].offer(lists["specialty"])  # type: ignore[attr-defined]
    return form


def _page(offer: Offer) -> str:
    return reverse("offers:offer", args=[offer.pk])


@asking
def new(request: ActorRequest, offer_kind: str) -> HttpResponse:
    """Write an offer down; it is a draft until it is published."""
    # no end: a kind of offer does not end
    community = acting_community(request, Permission.OFFER_EDIT)
    kind = kind_of(offer_kind)
    if kind.pairs:
        return redirect("pairings:new")
    form = _form(request, kind, community)
    page = _new_page(form, kind)

    def act(actor: Actor, **_: object) -> Offer:
        return commands.draft(actor, community_id=community.pk, facts=form.facts())

    return submit(request, act, to=_page, page=page)


def _new_page(form: OfferForm, kind: OfferKind) -> FormPage:
    return question(
        form,
        gettext(kind.words.offer),
        gettext("Save as a draft"),
        gettext("You look at it once more before members see it."),
    ).beside(cancel=reverse("offers:list"))


@asking
def edit(request: ActorRequest, offer_id: UUID) -> HttpResponse:
    """Change an offer; once published its hours are moved on a page of their own."""
    offer = offer_of(request.actor, offer_id, Permission.OFFER_EDIT)
    form = _form(request, offer.kind, offer.community, offer)
    fix(form, offer)
    headline = gettext("Change “%(title)s”") % {"title": offer.title}
    page = question(form, headline, gettext("Save")).editing(offer, known)

    def act(actor: Actor, **_: object) -> Offer:
        return commands.edit(actor, offer_id=offer.pk, facts=form.facts())

    page = page.while_open(OFFER.check, offer.state, OfferState.DRAFT, OfferState.PUBLISHED)
    return submit(request, act, to=_page(offer), page=page)


@writing
def publish(request: ActorRequest, offer_id: UUID) -> HttpResponse:
    """Show it to the members of the community."""
    act = partial(commands.publish, offer_id=offer_id)
    message = gettext("Published. The members of your community see it now.")
    return submit(request, act, to=reverse("offers:offer", args=[offer_id]), message=message)


@writing
def copy(request: ActorRequest, offer_id: UUID) -> HttpResponse:
    """Offer it again: a draft like this one."""
    act = partial(commands.copy, offer_id=offer_id)
    message = gettext("A draft like the last one; check day and places.")
    return submit(
        request,
        act,
        to=lambda draft: reverse("offers:edit", args=[draft.pk]),
        message=message,
    )


@asking
def close(request: ActorRequest, offer_id: UUID) -> HttpResponse:
    """End an offer, and say which needs were met by it."""
    offer = offer_of(request.actor, offer_id, Permission.OFFER_EDIT)
    if offer.kind.pairs:
        return redirect(_closing(offer))
    page = question(
        bound(request, CloseForm, needs=open_needs_of(offer)),
        gettext("Close “%(title)s”") % {"title": offer.title},
        gettext("Close it"),
        gettext("Whoever claimed it is told with thanks. Needs that were not met wait again."),
    )
    act = partial(commands.close, offer_id=offer.pk)
    message = gettext("Closed. Whoever claimed it is told.")
    page = page.while_open(check_closable, offer)
    return submit(request, act, to=_page(offer), message=message, page=page)


@asking
def cancel(request: ActorRequest, offer_id: UUID) -> HttpResponse:
    """Call it off; everybody who claimed reads why."""
    offer = offer_of(request.actor, offer_id, Permission.OFFER_EDIT)
    page = question(
        bound(request, WhyForm),
        gettext("Cancel “%(title)s”") % {"title": offer.title},
        gettext("Cancel it"),
        gettext("Everybody who claimed it is told why. Needs it answers wait again."),
    )
    act = partial(commands.cancel, offer_id=offer.pk)
    message = gettext("Cancelled. Everybody who had claimed it has been told.")
    page = page.while_open(check_cancellable, offer)
    return submit(request, act, to=_page(offer), message=message, page=page)


@asking
def reschedule(request: ActorRequest, offer_id: UUID) -> HttpResponse:
    """Move an offer with hours to another time; of one that has begun put the end right."""
    offer = offer_of(request.actor, offer_id, Permission.OFFER_EDIT)
    form = bound(request, HoursForm)

    def act(actor: Actor, **_: object) -> Offer:
        starts_at, ends_at = form.hours()
        return hours.reschedule(actor, offer_id=offer.pk, starts_at=starts_at, ends_at=ends_at)

    if has_begun(offer.starts_at, clock.now()):
        page, message = _end_page(form, offer), gettext("Saved.")
    else:
        page = _move_page(form, offer)
        message = gettext("Moved. Everybody who had claimed it has been told.")
    page = page.editing(offer, hours_known).while_open(check_movable, offer)
    return submit(request, act, to=_page(offer), message=message, page=page)


def _move_page(form: HoursForm, offer: Offer) -> FormPage:
    return question(
        form,
        gettext("Move “%(title)s”") % {"title": offer.title},
        gettext("Move to that time"),
        gettext(
            "Everybody who claimed it is told both times; who cannot come may give it up. Who has "
            "a place elsewhere then keeps that one and gives this one back."
        ),
    )


def _end_page(form: HoursForm, offer: Offer) -> FormPage:
    for name in ("on", "begins"):
        form.fields[name].disabled = True
    return question(
        form,
        gettext("Put the end of “%(title)s” right") % {"title": offer.title},
        gettext("Save"),
        gettext("It has begun. If it lasted longer or was over sooner, say when it ended."),
    )
