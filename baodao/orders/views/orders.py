"""Orders of a place with who has each, and the page on which one is sent to who takes it."""

from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from baodao.agenda.commands.messages import MOST, check_free
from baodao.documents.views import paper_page
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.batch import Batch
from baodao.kernel.errors import Absent
from baodao.needs.queries.menu import provider_of
from baodao.needs.queries.needs import need_of
from baodao.needs.rules.life import NEED, WAITING
from baodao.offers.models import Offer
from baodao.offers.queries.offers import offer_of
from baodao.orders.commands import dispatch as commands
from baodao.orders.commands.dispatch import Dispatch
from baodao.orders.documents import order_slip, order_slip_item
from baodao.orders.forms import DispatchForm
from baodao.orders.queries.orders import orders_in
from baodao.orders.queries.receivers import proposal_of, receivers_of
from baodao.orders.queries.stories import story_of
from baodao.orders.rules.papers import ORDER_SLIP
from baodao.orders.rules.stages import GOING, OrderStage
from baodao.orders.tables import orders_of
from baodao.orgs.requests import acting_for
from baodao.orgs.rules.tree import PLACES, Kind
from baodao.ui.guards import asking, choosing, ids_of, person_words, reading
from baodao.ui.listing import Listing, paper_download
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound, submit

ORDERS = "orders:list"


@reading
def orders(request: ActorRequest) -> HttpResponse:
    """三单: every order of the place, its stage, who has it and since when."""
    place = acting_for(request, PLACES, Permission.NEED_READ)
    works = place.kind == Kind.COMMUNITY and request.actor.may(Permission.OFFER_EDIT, place.path)
    listing = Listing(orders_in(request.actor, place), request, orders_of(place))
    stages = {stage.value: stage.words for stage in OrderStage}
    context = {"place": place, "works": works, "stages": stages, "going": GOING}
    return listing.response("orders/orders.html", context)


@reading
def slip(request: ActorRequest, order_id: UUID, ending: str) -> HttpResponse:
    """居民点单服务单 of one order, to look at and as a file."""
    story = story_of(request.actor, order_id)
    if ending != "html":
        return paper_download(request, order_slip(story, ORDER_SLIP.file_in(ending)))
    return paper_page(request, ORDER_SLIP, [order_slip_item(story)])


def _sent(request: ActorRequest) -> Dispatch:
    """To whom, as it was ticked; what is no id of ours was not made by our page."""
    units = request.POST.getlist("units")
    if not all(unit.isdecimal() for unit in units):
        raise Absent("unit")
    return Dispatch(request.POST.get("road", ""), ids_of(request), [int(unit) for unit in units])


def _page(request: ActorRequest, form: Form, offer: Offer) -> FormPage:
    """Who could take it on, with what was ticked."""
    sent, words = _sent(request), person_words(request)
    return FormPage(form, "orders/dispatch.html").beside(
        offer=offer,
        receivers=receivers_of(request.actor, offer, words, ticked=sent.person_ids),
        words=words,
        most=MOST,
        ticked=set(sent.person_ids),
        ticked_units=set(sent.unit_ids),
    )


def _search_page(request: ActorRequest, page: FormPage) -> HttpResponse:
    """The page once more while somebody is looked for, with what was typed and ticked."""
    return render(request, page.template, {**page.context, "form": page.form})


def _words(offer: Offer) -> dict[str, str]:
    """What a dispatch begins with."""
    return {"title": offer.title, "schedule": offer.schedule, "text": offer.text}


@asking
def dispatch(request: ActorRequest, need_id: UUID) -> HttpResponse:
    """下单: in the words of the menu, with one tap to all members; or to whom is ticked."""
    need = need_of(request.actor, Permission.NEED_SCREEN, need_id)
    offer, provider = proposal_of(need), provider_of(need)
    # no edit: a proposal; nothing of it is kept before it is sent
    form = bound(request, DispatchForm, initial=_words(offer))

    def act(actor: Actor, **_: object) -> Batch[Offer]:
        return commands.send_order(actor, need_id=need.pk, words=form.words(), to=_sent(request))

    page = _page(request, form, offer).beside(need=need, provider=provider)
    if request.method == "GET" and provider:
        page = page.beside(ticked_units={provider.pk})
    if "find" in request.POST:
        return _search_page(request, page)
    page = page.while_open(NEED.check, need.state, *WAITING)
    return submit(request, act, to=reverse(ORDERS), message=_dispatched, page=page)


@choosing
def send(request: ActorRequest, offer_id: UUID) -> HttpResponse:
    """Send on what is open to members and has a free place."""
    offer = offer_of(request.actor, offer_id, Permission.OFFER_EDIT)

    def act(actor: Actor, **_: object) -> Batch[Offer]:
        return commands.send_on(actor, offer_id=offer.pk, to=_sent(request))

    page = _page(request, bound(request, Form), offer)
    if "find" in request.POST:
        return _search_page(request, page)
    to = reverse("offers:offer", args=[offer.pk])
    page = page.while_open(check_free, offer)
    return submit(request, act, to=to, message=_dispatched, page=page)


def _dispatched(_count: int) -> str:
    """What is said once it went its way."""
    return gettext("Dispatched. Whoever asked reads on their page that help is arranged.")
