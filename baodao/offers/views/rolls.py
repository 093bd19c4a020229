"""服务纪实 after an activity: the list with everyone ticked; and one day's service in a post."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext

from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.batch import Batch
from baodao.kernel.errors import Refused, gettext_noop
from baodao.ledger.models import ServiceRecord
from baodao.offers.commands.rolls import Came, Served, record_post_service, record_roll
from baodao.offers.forms.offers import RollForm, ServedForm
from baodao.offers.models import Offer
from baodao.offers.queries.claims import post_claimants
from baodao.offers.rules.kinds import Recording
from baodao.offers.rules.rolls import check_begun
from baodao.offers.tables.rolls import Typed, rows_of
from baodao.offers.views.acting import fetched
from baodao.offers.views.offers import open_needs_of
from baodao.ui.guards import asking, ids_of
from baodao.ui.posts import attempt
from baodao.ui.questions import fresh, tell_refused
from baodao.ui.requests import ActorRequest
from baodao.ui.wording import worded


@asking
def roll(request: ActorRequest, offer_id: UUID) -> HttpResponse:
    """Who came: everybody ticked, minutes once, others added; or one day's service."""
    offer = fetched(request, offer_id, Permission.RECORD_CREATE)
    if offer.kind.recording is Recording.DAY:
        return _post(request, offer)
    assert offer.starts_at is not None
    check_begun(offer.kind, offer.starts_at, clock.now())
    form = _roll_form(request, offer)
    if "record" in request.POST and form.is_valid():
        try:
            return redirect(_record(request, offer, form))
        except Refused as refused:
            form.add_error(None, worded(refused))
    context = {"offer": offer, "form": form, "rows": rows_of(request.actor, offer, _typed(request))}
    return render(request, "offers/roll.html", context, status=422 if form.errors else 200)


def _roll_form(request: ActorRequest, offer: Offer) -> RollForm:
    """Bound when it is sent; a search for somebody to add keeps what was typed."""
    assert offer.starts_at is not None
    assert offer.ends_at is not None
    length = int((offer.ends_at - offer.starts_at).total_seconds() // 60)
    needs = open_needs_of(offer)
    if "find" in request.POST:
        told = {"minutes": request.POST.get("minutes", ""), "more": "more" in request.POST}
        return RollForm(needs=needs, initial=told | {"met_ids": request.POST.getlist("met_ids")})
    return fresh(request, RollForm, needs=needs, initial={"minutes": length})


def _typed(request: ActorRequest) -> Typed | None:
    return Typed(ids_of(request), request.POST.get("q", "")) if request.POST else None


def _record(request: ActorRequest, offer: Offer, form: RollForm) -> str:
    """Record the ticked once, say what was done, and where to go next."""
    told = form.cleaned_data
    met = [UUID(need) for need in told.get("met_ids", [])]
    came = Came(ids_of(request), told["minutes"], met, told["more"])

    def act(actor: Actor) -> str:
        batch = record_roll(actor, offer_id=offer.pk, came=came)
        tell_recorded(request, batch)
        stays = came.more or batch.refused
        return reverse("offers:roll" if stays else "offers:offer", args=[offer.pk])

    return attempt(request, act, to=reverse("offers:offer", args=[offer.pk]))


def tell_recorded(request: ActorRequest, batch: Batch[ServiceRecord]) -> None:
    """How many services were recorded, and by name who could not be."""
    count = len(batch.done)
    said = ngettext(
        "The service of %(count)s person is recorded.",
        "The service of %(count)s persons is recorded.",
        count,
    )
    messages.success(request, said % {"count": count})
    tell_refused(request, batch.refused)


def _post(request: ActorRequest, offer: Offer) -> HttpResponse:
    """One day of a post: whom, which day, how long."""
    claims = list(post_claimants(request.actor, offer))
    form = fresh(request, ServedForm, initial={"on": clock.today(), "minutes": 60})
    if form.is_valid():
        try:
            return redirect(_record_post(request, offer, form))
        except Refused as refused:
            form.add_error(None, worded(refused))
    ticked = set(ids_of(request))
    context = {"offer": offer, "form": form, "claims": claims, "ticked": ticked}
    return render(request, "offers/post_roll.html", context, status=422 if form.errors else 200)


def _record_post(request: ActorRequest, offer: Offer, form: ServedForm) -> str:
    told = form.cleaned_data
    served = Served(told["on"], told["minutes"], told["result"])

    def act(actor: Actor) -> None:
        chosen = ids_of(request)
        if not chosen:
            raise Refused("choice.empty", NOBODY_TICKED)
        tell_recorded(request, record_post_service(actor, claim_ids=chosen, served=served))

    return attempt(request, act, to=reverse("offers:offer", args=[offer.pk]))


NOBODY_TICKED = gettext_noop("Nobody is ticked. Tick at least one.")
