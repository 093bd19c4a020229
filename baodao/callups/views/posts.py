"""The posts of a call-up: opened, and filled with who said that they can come."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from baodao.callups.commands import posts as commands
from baodao.callups.forms import PostForm
from baodao.callups.models import CallPost, CallUp
from baodao.callups.queries.callups import CALL_UP, one_call, one_post
from baodao.callups.queries.willing import seated_outside, squads_in, willing_for
from baodao.callups.rules.callups import UNPLACED, CallStage, check_stage
from baodao.callups.tables import willing_list
from baodao.callups.views.callups import page_of, sentence_of
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.scope import within
from baodao.offers.queries.offers import counted, offer_rows
from baodao.offers.rules.offers import has_begun
from baodao.orgs.queries.tree import below
from baodao.orgs.rules.tree import Kind
from baodao.ui.guards import asking, ids_of, reading, writing
from baodao.ui.listing import Listing
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import bound, question, submit


def _form(request: ActorRequest, call: CallUp) -> PostForm:
    """The form of a shift in the communities for which the actor calls up."""
    rows = within(below(call.caller, Kind.COMMUNITY), request.actor, CALL_UP, "path")
    communities = {row.pk: row.name for row in rows.filter(closed_at=None).order_by("sort")}
    starts = clock.local(call.starts_at)
    guess = {"on": starts.date(), "begins": starts.time(), "place": call.spot}
    # no edit: first guesses of a new post
    return bound(request, PostForm, communities=communities, initial=guess)


@asking
def new(request: ActorRequest, callup_id: UUID) -> HttpResponse:
    """Open a shift in a community."""
    call = one_call(request.actor, callup_id)
    form = _form(request, call)
    page = question(form, gettext("Open a post"), gettext("Open the post"))
    page = page.beside(cancel=page_of(call))

    def act(actor: Actor, **_: object) -> CallPost:
        where = form.cleaned_data["community_id"]
        return commands.publish_post(
            actor, call_id=call.pk, community_id=where, facts=form.offer_facts()
        )

    page = page.while_open(
        check_stage, call.stage, CallStage.DRAFT, CallStage.SENDING, CallStage.OPEN
    )
    return submit(request, act, to=_page, page=page)


def _page(post: CallPost) -> str:
    return reverse("callups:post", args=[post.pk])


@reading
def post(request: ActorRequest, callup_post_id: UUID) -> HttpResponse:
    """Who can come at its hours, whom it fits best first; all of them are placed in one tap."""
    row = one_post(request.actor, callup_post_id)
    willing = willing_for(request.actor, row)
    offer = counted(offer_rows()).get(pk=row.pk)
    left = max(0, offer.places - offer.taken)
    open_still = row.call.stage is CallStage.OPEN and not has_begun(offer.starts_at, clock.now())
    best = min(left, willing.order_by().count()) if open_still else 0
    listing = Listing(willing, request, willing_list(squads_in(willing), chooses=bool(best)))
    outside = seated_outside(request.actor, row) if open_still else ()
    context = {"post": row, "offer": offer, "left": left, "best": best, "outside": outside}
    context["closed"] = "" if open_still else gettext(UNPLACED[row.call.stage])
    return listing.response("callups/post.html", context)


@writing
def place(request: ActorRequest, callup_post_id: UUID) -> HttpResponse:
    """Place as many as fit best and there are places for, or the ticked, by the button."""
    act = partial(commands.seat_best, post_id=callup_post_id)
    if request.POST.get("whom") != "best":
        ids = ids_of(request)
        act = partial(commands.seat_members, post_id=callup_post_id, summons_ids=ids)
    to = reverse("callups:post", args=[callup_post_id])
    return submit(request, act, to=to, message=sentence_of)
