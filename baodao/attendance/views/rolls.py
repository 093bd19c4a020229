"""服务纪实: the list with everyone ticked, or one day's service."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext, ngettext

from baodao.attendance.commands.rolls import (
    DayService,
    Turnout,
    record_day,
    record_missed,
    record_roll,
)
from baodao.attendance.forms import DayForm, MissedForm, RollForm
from baodao.attendance.queries.check_ins import hours_of, presences
from baodao.attendance.queries.rolls import claimants_of, day_seats, list_to_keep, missed_on
from baodao.attendance.rules.rolls import check_begun
from baodao.attendance.tables import TypedRoll, closed_roll, rows_of
from baodao.claims.models import Seat
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.batch import Batch
from baodao.ledger.models import ServiceRecord
from baodao.ledger.rules.records import DAY_MINUTES
from baodao.offers.models import Offer
from baodao.offers.queries.answers import open_needs_of
from baodao.offers.queries.entries import minutes_of
from baodao.offers.rules.kinds import Recording
from baodao.offers.rules.lives import OFFER, OfferState
from baodao.ui.guards import asking, ids_of, may_search
from baodao.ui.interruptions import typed_before
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound, submit, tell_refused

HOUR = 60


@asking
def roll(request: ActorRequest, offer_id: UUID) -> HttpResponse:
    """Who came: everybody ticked, minutes once, others added; or one day's service."""
    offer = list_to_keep(request.actor, offer_id)
    if offer.kind.recording is Recording.DAY:
        return _day(request, offer)
    if offer.state == OfferState.CLOSED and "record" not in request.POST:
        return _closed(request, offer)
    page = _list_page(request, offer)
    form = page.form
    if request.method == "POST" and "record" not in request.POST:
        context = {**page.context, "form": form}
        return render(request, page.template, context, status=422 if form.errors else 200)
    act = partial(_record, offer=offer, person_ids=ids_of(request))
    to = partial(_next, page_behind(request.actor, offer))
    return submit(request, act, page=page, to=to, message=partial(_outcome, request))


def _list_page(request: ActorRequest, offer: Offer) -> FormPage:
    """The list; where it was closed since it was opened, how it stands, with the ticks of those
    who were added by hand: of the others each was ticked before anybody looked."""
    if offer.state != OfferState.CLOSED:
        page = FormPage(_roll_form(request, offer), "attendance/list.html", _rows(request, offer))
        return page.while_open(_check_list, offer)
    added = set(ids_of(request)) - claimants_of(offer)
    rows = _closed_rows(request, offer, TypedRoll(added, ""))
    return FormPage(bound(request, MissedForm), "attendance/closed.html", rows)


def _check_list(offer: Offer) -> None:
    """Refuse a list that is closed, and one before its hours begin."""
    assert offer.starts_at is not None
    OFFER.check(offer.state, OfferState.PUBLISHED)
    check_begun(offer.kind, offer.starts_at, clock.now())


def _rows(request: ActorRequest, offer: Offer) -> Mapping[str, object]:
    """The offer and the lines of its list, which are read when they are shown."""
    words = request.POST.get("q", "")
    words = words if may_search(request, words) else ""
    sent = request.POST or typed_before(request)
    typed = TypedRoll(ids_of(request), words) if sent else None
    rows = SimpleLazyObject(partial(rows_of, request.actor, offer, typed))
    here = request.actor.may(Permission.RECORD_CREATE, offer.community.path)
    return {"offer": offer, "rows": rows, "adds": here, "back": page_behind(request.actor, offer)}


def page_behind(actor: Actor, offer: Offer) -> str:
    """The page of the offer for its community, what the unit organises for its organiser."""
    if actor.may(Permission.RECORD_CREATE, offer.community.path):
        return reverse("offers:offer", args=[offer.pk])
    return reverse("agenda:party")


def _roll_form(request: ActorRequest, offer: Offer) -> RollForm:
    """Bound when it is sent; a search for somebody to add keeps what was typed."""
    by_code = any(presence.narrows(hours_of(offer)) for presence in presences(offer).values())
    form = partial(RollForm, needs=open_needs_of(offer), by_code=by_code)
    if "find" in request.POST:
        ticks = {name: name in request.POST for name in ("more", "by_code")}
        typed = {
            "minutes": request.POST.get("minutes", ""),
            "met_ids": request.POST.getlist("met_ids"),
        }
        # no edit: what was typed, while somebody is looked for
        return form(initial=typed | ticks)
    # no edit: the length is a first guess, and a service once recorded stays
    return bound(request, form, initial={"minutes": _length(offer), "by_code": True})


def _length(offer: Offer) -> int:
    """How long an offer lasted: a first guess of how long people served in it."""
    return min(minutes_of(offer), DAY_MINUTES)


@dataclass(frozen=True)
class RollOutcome:
    """What became of a list: who was recorded, and whether it stays open."""

    offer_id: UUID
    batch: Batch[ServiceRecord]
    stays_open: bool
    missed: tuple[str, ...] = ()


def _record(actor: Actor, *, offer: Offer, person_ids: list[UUID], **typed: Any) -> RollOutcome:
    met = [UUID(need) for need in typed.get("met_ids", [])]
    by_code = typed.get("by_code", True)
    turnout = Turnout(person_ids, typed["minutes"], met, typed.get("more", False), by_code)
    batch = record_roll(actor, offer_id=offer.pk, turnout=turnout)
    stays_open = turnout.more or bool(batch.refused)
    missed = () if stays_open else tuple(seat.person.name for seat in missed_on(offer))
    return RollOutcome(offer.pk, batch, stays_open, missed)


def _next(back: str, outcome: RollOutcome) -> str:
    """To the list as long as it is open, then `back`."""
    return reverse("attendance:roll", args=[outcome.offer_id]) if outcome.stays_open else back


def _outcome(request: ActorRequest, outcome: RollOutcome) -> str:
    """A list may be closed with nobody on it; who could not be recorded is named, and who was not
    ticked, with what becomes of them."""
    tell_refused(request, outcome.batch.refused)
    if outcome.missed:
        words = gettext(
            "Not ticked: %(names)s. Their claims are over, and nobody is shown it as a fault. "
            "Whoever was there all the same is added to the closed list."
        )
        messages.info(request, words % {"names": "、".join(outcome.missed)})
    return recorded(len(outcome.batch.done))


def recorded(count: int) -> str:
    """How many services were recorded."""
    message = ngettext(
        "The service of %(count)s person is recorded.",
        "The service of %(count)s persons is recorded.",
        count,
    )
    return message % {"count": count}


def _closed(request: ActorRequest, offer: Offer) -> HttpResponse:
    """Who was there, by a list that is closed; who was missed is added to it."""
    words = request.POST.get("q", "")
    typed = TypedRoll(ids_of(request), words if may_search(request, words) else "")
    # no edit: the length is a first guess, and a service once recorded stays
    form = bound(request, MissedForm, initial={"minutes": _length(offer)})
    page = FormPage(form, "attendance/closed.html", _closed_rows(request, offer, typed))
    if request.method == "POST" and "add" not in request.POST:
        form = MissedForm(initial={"minutes": request.POST.get("minutes", "")})
        return render(request, page.template, {**page.context, "form": form})
    act = partial(record_missed, offer_id=offer.pk, person_ids=typed.ticked)
    to = reverse("attendance:roll", args=[offer.pk])
    return submit(request, act, page=page, to=to, message=recorded)


def _closed_rows(request: ActorRequest, offer: Offer, typed: TypedRoll) -> dict[str, object]:
    """What the page of a closed list shows, once it is drawn."""
    return {
        "offer": offer,
        "rows": SimpleLazyObject(partial(closed_roll, request.actor, offer, typed)),
        "adds": request.actor.may(Permission.RECORD_CREATE, offer.community.path),
        "back": page_behind(request.actor, offer),
    }


def _day(request: ActorRequest, offer: Offer) -> HttpResponse:
    """Who served on which day and how long; who alone could have is ticked."""
    form = bound(request, DayForm, initial={"on": clock.today(), "minutes": HOUR})
    seats, typed_ids = day_seats(request.actor, offer), ids_of(request)
    alone = {seat.pk for seat in seats} if len(seats) == 1 else set()
    ticked = set(typed_ids) if request.POST else alone
    context = {"offer": offer, "seats": seats, "ticked": ticked}
    page = FormPage(form, "attendance/day.html", context)
    act = partial(_record_seats, [seat for seat in seats if seat.pk in ticked])
    to = reverse("offers:offer", args=[offer.pk])
    return submit(request, act, page=page, to=to, message=recorded)


def _record_seats(seats: list[Seat], actor: Actor, **typed: Any) -> Batch[ServiceRecord]:
    """Record these; where nobody could be, the page stays with what was typed and says why."""
    batch = record_day(
        actor,
        claim_ids={seat.claim_id for seat in seats},
        service=DayService(**typed),
        person_ids={seat.person_id for seat in seats},
    )
    if batch.refused and not batch.done:
        raise batch.refused[0][1]
    return batch
