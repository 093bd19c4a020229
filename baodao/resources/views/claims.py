"""双向认领: claimed of one list by the other side, and answered."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext

from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.orgs.requests import acting_community, acting_for, acting_unit
from baodao.orgs.rules.tree import Kind
from baodao.resources.commands import claims as commands
from baodao.resources.forms import EXCERPT, BookingForm, ClaimWordsForm, OtherTimeForm, booked
from baodao.resources.models import ListClaim, Resource
from baodao.resources.queries.barriers import check_claimable, check_endable, with_barriers
from baodao.resources.queries.claims import (
    claim_of,
    claims_in,
    claims_to_answer,
    claims_to_end,
    endable_claims,
    waiting_in,
)
from baodao.resources.queries.lists import (
    READ,
    RECEIVE,
    WRITE,
    bookings_of,
    need_in,
    needs_in,
    project_in,
    resource_in,
)
from baodao.resources.rules.lives import LIST_CLAIM, ListClaimState
from baodao.resources.tables import claims_of
from baodao.resources.templatetags.resource_words import claim_state, span
from baodao.resources.views.resources import place_of, sides
from baodao.ui.forms import ReasonForm
from baodao.ui.guards import asking, reading, writing
from baodao.ui.listing import Listing
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound, question, submit

CLAIMS = "resources:claims"


@reading
def claims(request: ActorRequest) -> HttpResponse:
    """What waits for an answer, and everything that was claimed."""
    place = place_of(request)
    context = sides(request, place)
    context |= {
        "answers": with_barriers(waiting_in(request.actor, place)),
        "endable": set(endable_claims(request.actor).values_list("pk", flat=True)),
    }
    listing = Listing(claims_in(request.actor, place), request, claims_of())
    return listing.response("resources/claims.html", context)


@asking
def resource(request: ActorRequest, resource_id: UUID) -> HttpResponse:
    """A community claims a resource for a time; for when it is lent stands beside the form."""
    # no end: the calendar beside it says what is lent; its own list says what ended
    community = acting_community(request, RECEIVE)
    row = resource_in(request.actor, community, resource_id)
    on = {"on": request.GET.get("on", "")}
    # no edit: a new claim, beginning with the day that was chosen in the calendar
    form = bound(request, BookingForm, calls=needs_in(request.actor, community), initial=on)

    claim = partial(commands.claim_resource, community_id=community.pk, resource_id=row.pk)

    def act(actor: Actor, *, words: str, need: str = "", **_: object) -> ListClaim:
        need_id = UUID(need) if need else None
        return claim(actor, time=booked(form), words=words, need_id=need_id)

    to, page = reverse(CLAIMS), _booking_page(form, row)
    return submit(request, act, to=to, message=_waits(), page=page)


def _booking_page(form: BookingForm, row: Resource) -> FormPage:
    ahead = bookings_of(row).filter(ends_at__gt=clock.now())
    terms = {
        gettext("When it can be had"): row.schedule,
        gettext("How much"): row.amount,
        gettext("Conditions"): row.conditions,
        gettext("Contact for it"): f"{row.contact_name} {row.contact_phone}".strip(),
    }
    facts = [(name, words) for name, words in terms.items() if words]
    facts += [(span(one), claim_state(one)) for one in ahead]
    lead = gettext("%(name)s answers; you are told.") % {"name": row.unit.name}
    return question(form, row.title, gettext("Claim it"), lead, facts)


def _waits() -> str:
    return gettext("Claimed. It waits for the answer of the other side.")


@asking
def need(request: ActorRequest, need_id: UUID) -> HttpResponse:
    """A unit claims a need on the list of its partner community."""
    # no end: only what is on the list is found
    unit = acting_unit(request, WRITE)
    call = need_in(request.actor, unit, need_id)
    headline = Truncator(call.need.text).chars(EXCERPT)
    lead = gettext("%(name)s answers; you are told.") % {"name": call.need.community.name}
    form = bound(request, ClaimWordsForm)
    page = question(form, headline, gettext("Take it on"), lead).beside(
        cancel=reverse("resources:needs")
    )
    act = partial(commands.claim_need, unit_id=unit.pk, need_id=call.need_id)
    return submit(request, act, to=reverse(CLAIMS), message=_waits(), page=page)


@asking
def project(request: ActorRequest, project_id: UUID) -> HttpResponse:
    """The other side claims a project."""
    place = acting_for(request, (Kind.UNIT, Kind.COMMUNITY), READ)
    row = project_in(request.actor, place, project_id)
    lead = gettext("%(name)s answers; you are told.") % {"name": row.proposer.name}
    page = question(bound(request, ClaimWordsForm), row.title, gettext("Take part"), lead)
    act = partial(commands.claim_project, organisation_id=place.pk, project_id=row.pk)
    page = page.while_open(check_claimable, row, place if row.unit is None else row.unit)
    return submit(request, act, to=reverse(CLAIMS), message=_waits(), page=page)


@writing
def accept(request: ActorRequest, list_claim_id: UUID) -> HttpResponse:
    """The other side agrees."""
    act = partial(commands.accept_claim, list_claim_id=list_claim_id)
    message = gettext("Agreed. The other side has been told.")
    return submit(request, act, to=reverse(CLAIMS), message=message)


@writing
def confirm(request: ActorRequest, list_claim_id: UUID) -> HttpResponse:
    """Whoever claimed takes the other time."""
    act = partial(commands.confirm_time, list_claim_id=list_claim_id)
    message = gettext("Agreed. The other side has been told.")
    return submit(request, act, to=reverse(CLAIMS), message=message)


@asking
def decline(request: ActorRequest, list_claim_id: UUID) -> HttpResponse:
    """The other side cannot, and says why."""
    row = claim_of(claims_to_answer(request.actor), list_claim_id)
    lead = gettext("%(name)s reads the reason.") % {"name": row.claimant.name}
    page = question(bound(request, ReasonForm), row.title, gettext("Decline it"), lead)
    act = partial(commands.decline_claim, list_claim_id=row.pk)
    message = gettext("Declined. The other side has been told why.")
    page = page.while_open(LIST_CLAIM.move, row.state, ListClaimState.DECLINED)
    return submit(request, act, to=reverse(CLAIMS), message=message, page=page)


@asking
def time(request: ActorRequest, list_claim_id: UUID) -> HttpResponse:
    """The unit proposes another time."""
    row = claim_of(claims_to_answer(request.actor).exclude(resource=None), list_claim_id)
    form = bound(request, OtherTimeForm)
    wish = [(gettext("Claimed for"), span(row))]
    lead = gettext("%(name)s says whether it suits.") % {"name": row.claimant.name}
    page = question(form, row.title, gettext("Propose another time"), lead, wish)

    def act(actor: Actor, **_: object) -> ListClaim:
        return commands.propose_time(actor, list_claim_id=row.pk, time=booked(form))

    message = gettext("Proposed. The other side has been told.")
    page = page.while_open(LIST_CLAIM.move, row.state, ListClaimState.OTHER_TIME)
    return submit(request, act, to=reverse(CLAIMS), message=message, page=page)


@asking
def withdraw(request: ActorRequest, list_claim_id: UUID) -> HttpResponse:
    """Take back what one claimed, or what was agreed."""
    row = claim_of(claims_to_end(request.actor), list_claim_id)
    lead = gettext("The other side is told why; what is over stays.")
    page = question(bound(request, ReasonForm), row.title, gettext("Take back"), lead)
    act = partial(commands.withdraw_claim, list_claim_id=row.pk)
    message = gettext("Taken back. The other side has been told.")
    page = page.while_open(check_endable, request.actor, row)
    return submit(request, act, to=reverse(CLAIMS), message=message, page=page)
