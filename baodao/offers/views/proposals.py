"""What a unit wants to organise in its partner community: proposed, put right, given back."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from baodao.kernel.authz import Actor, Permission
from baodao.ledger.queries.categories import categories_of
from baodao.offers.commands import proposals as commands
from baodao.offers.forms.offers import ProposalForm, WhyForm, known
from baodao.offers.kinds.registry import usual_kind
from baodao.offers.models import Offer
from baodao.offers.queries.offers import host_of, offer_of, organised_one
from baodao.offers.rules.lives import OFFER, PROPOSALS, OfferState
from baodao.orgs.models import Organisation
from baodao.orgs.requests import acting_unit
from baodao.people.queries.choices import choice_lists_at
from baodao.ui.guards import asking
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import bound, question, submit

OURS = "agenda:party"
"""Where a unit finds what it organises."""


def _form(request: ActorRequest, community: Organisation, category: str = "") -> ProposalForm:
    # no edit: a new one; what is put right is filled in by `editing`
    form: ProposalForm = bound(
        request,
        ProposalForm,
        kind=usual_kind(),
        categories=categories_of(community, category),
    )
    lists = choice_lists_at(community.path)
    form.fields["specialties"].offer(lists["specialty"])  # type: ignore[attr-defined]
    return form


def _members(offer: Offer) -> str:
    """Where the unit ticks who of it serves."""
    return reverse("agenda:party_choice", args=[offer.pk])


@asking
def propose(request: ActorRequest) -> HttpResponse:
    """Write down what the unit wants to organise, and go on to who of it serves."""
    unit = acting_unit(request, Permission.CLAIM_MAKE)
    community = host_of(unit)
    form = _form(request, community)
    lead = gettext("%(name)s looks at it; members see it once it is accepted.")
    page = question(
        form, gettext("Propose an activity"), gettext("Propose"), lead % {"name": community.name}
    ).beside(cancel=reverse(OURS))

    def act(actor: Actor, **_: object) -> Offer:
        return commands.propose(actor, unit_id=unit.pk, facts=form.facts())

    message = gettext("Proposed. Tick now who of your unit serves, or do it later.")
    return submit(request, act, to=_members, message=message, page=page)


@asking
def again(request: ActorRequest, proposal_id: UUID) -> HttpResponse:
    """Put right what the community has not accepted, and propose it anew."""
    acting_unit(request, Permission.CLAIM_MAKE)
    offer = organised_one(request.actor, proposal_id)
    form = _form(request, offer.community, offer.category)
    headline = gettext("Change “%(title)s”") % {"title": offer.title}
    page = question(form, headline, gettext("Propose"), offer.ended_reason)
    page = page.editing(offer, known).beside(cancel=reverse(OURS))

    def act(actor: Actor, **_: object) -> Offer:
        return commands.propose_again(actor, offer_id=offer.pk, facts=form.facts())

    message = gettext("Proposed. The community looks at it.")
    page = page.while_open(OFFER.check, offer.state, *PROPOSALS)
    return submit(request, act, to=reverse(OURS), message=message, page=page)


@asking
def take_back(request: ActorRequest, proposal_id: UUID) -> HttpResponse:
    """Do without it; whoever was to serve reads why."""
    acting_unit(request, Permission.CLAIM_MAKE)
    offer = organised_one(request.actor, proposal_id)
    page = question(
        bound(request, WhyForm),
        gettext("Take “%(title)s” back") % {"title": offer.title},
        gettext("Take back"),
        gettext("Whoever of your unit was to serve is told why."),
    ).beside(cancel=reverse(OURS))
    act = partial(commands.withdraw_proposal, offer_id=offer.pk)
    message = gettext("Taken back.")
    page = page.while_open(OFFER.check, offer.state, *PROPOSALS)
    return submit(request, act, to=reverse(OURS), message=message, page=page)


@asking
def give_back(request: ActorRequest, proposal_id: UUID) -> HttpResponse:
    """The community gives a proposal back, with a reason that the unit reads."""
    offer = offer_of(request.actor, proposal_id, Permission.OFFER_EDIT)
    page = question(
        bound(request, WhyForm),
        gettext("Give “%(title)s” back to %(unit)s")
        % {"title": offer.title, "unit": offer.organiser.name},
        gettext("Give back"),
        gettext("The unit reads why, puts it right and proposes it anew."),
    )
    act, to = partial(commands.return_to_unit, offer_id=offer.pk), reverse("offers:list")
    message = gettext("Given back. The unit reads why.")
    page = page.while_open(OFFER.check, offer.state, OfferState.PROPOSED)
    return submit(request, act, to=to, message=message, page=page)
