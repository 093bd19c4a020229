"""The call-ups of a place: the list, one with its numbers, preparing, sending, standing down."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from baodao.callups.commands import callups as commands
from baodao.callups.commands.answers import note_coming, note_telephone, read_telephones
from baodao.callups.forms import CallupForm, call_known
from baodao.callups.models import CallUp
from baodao.callups.queries.audience import preview_of, units_with_members
from baodao.callups.queries.callups import (
    CALL_UP,
    call_to_lead,
    calls_at,
    numbers_of,
    one_call,
    posts_in,
    summonses_of,
    twin_of,
)
from baodao.callups.queries.willing import outcome_of, posts_of, records_of
from baodao.callups.rules.callups import NOT_OVER, CallByTelephone, CallStage, check_stage, is_past
from baodao.callups.tables import comers_of, people_of
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.ledger.queries.records import described, standing
from baodao.offers.queries.offers import offers
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import below, choice_name
from baodao.orgs.requests import acting_for
from baodao.orgs.rules.tree import PLACES, Kind
from baodao.ui.forms import ReasonForm
from baodao.ui.guards import asking, ids_of, reading, writing
from baodao.ui.listing import Listing
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import bound, question, submit

LIVE = (CallStage.SENDING, CallStage.OPEN)
"""While the numbers of the page are asked for again."""


def page_of(call: CallUp) -> str:
    """The address of a call-up."""
    return reverse("callups:one", args=[call.pk])


@reading
def every(request: ActorRequest) -> HttpResponse:
    """Those of the place, of what lies below it, and what places above it sent."""
    place = acting_for(request, PLACES, Permission.OFFER_READ)
    leads = place.kind in commands.CALLERS and request.actor.may(CALL_UP, place.path)
    context = {"place": place, "calls": calls_at(request.actor, place), "leads": leads}
    return render(request, "callups/callups.html", context)


@reading
def one(request: ActorRequest, callup_id: UUID) -> HttpResponse:
    """What it says and what became of it, counted while it goes on; of a draft whom it calls."""
    call = one_call(request.actor, callup_id)
    draft = call.stage is CallStage.DRAFT
    leads = request.actor.may(CALL_UP, call.caller.path)
    context = _beside(request.actor, call) | {
        "call": call,
        "live": call.stage in LIVE,
        "leads": leads,
        "works": bool(request.actor.paths(CALL_UP)),
        "past": draft and is_past(call.starts_at, clock.now()),
        "preview": preview_of(call) if draft else None,
        "numbers": numbers_of(request.actor, call),
        "outcome": outcome_of(request.actor, call),
    }
    part = "numbers" if request.htmx and not draft else "one"
    return render(request, f"callups/{part}.html", context)


def _beside(actor: Actor, call: CallUp) -> dict[str, object]:
    """Its shifts, which of them the actor reads and fills, to which places and units it was
    narrowed, by name, and, of a draft, the same that goes on."""
    targets = [row.organisation for row in call.targets.select_related("organisation")]
    return {
        "places": [one.name for one in targets if one.kind != Kind.UNIT],
        "units": [one.name for one in targets if one.kind == Kind.UNIT],
        "posts": posts_of(call),
        "read": set(offers(actor, Permission.OFFER_READ).filter(call_post__call=call)),
        "filled": set(posts_in(actor).filter(call=call).values_list("pk", flat=True)),
        "twin": twin_of(call) if call.stage is CallStage.DRAFT else None,
        "now": clock.now(),
    }


def _form(request: ActorRequest, caller: Organisation) -> CallupForm:
    kinds = [Kind.COMMUNITY] if caller.kind == Kind.STREET else [Kind.GRID, Kind.TEAM]
    places = below(caller, *kinds).filter(closed_at=None).order_by("sort", "code")
    units = units_with_members(caller)
    names = ({row.pk: choice_name(row) for row in rows} for rows in (places, units))
    here, ours = names
    return bound(request, CallupForm, places=here, units=ours)


@asking
def new(request: ActorRequest) -> HttpResponse:
    """Prepare one: nobody is told before it is sent from its own page."""
    caller = acting_for(request, commands.CALLERS, CALL_UP)
    form = _form(request, caller)
    page = question(
        form,
        gettext("Prepare a call-up"),
        gettext("Look whom it calls"),
        gettext("Nobody is told yet. The next page says how many people it calls."),
    ).beside(cancel=reverse("callups:list"))

    def act(actor: Actor, **_: object) -> CallUp:
        return commands.draft_call(actor, caller_id=caller.pk, facts=form.facts())

    return submit(request, act, to=page_of, page=page)


@asking
def edit(request: ActorRequest, callup_id: UUID) -> HttpResponse:
    """Put right what was not sent yet."""
    call = call_to_lead(request.actor, callup_id)
    form = _form(request, call.caller)
    page = question(form, gettext("Change the call-up"), gettext("Save"))
    page = page.beside(cancel=page_of(call)).editing(call, call_known)

    def act(actor: Actor, **_: object) -> CallUp:
        return commands.edit_call(actor, call_id=call.pk, facts=form.facts())

    page = page.while_open(check_stage, call.stage, CallStage.DRAFT)
    return submit(request, act, to=page_of(call), message=gettext("Saved."), page=page)


@writing
def send(request: ActorRequest, callup_id: UUID) -> HttpResponse:
    """Call everybody whom the page named."""
    another = "another" in request.POST
    act = partial(commands.send_call, call_id=callup_id, another=another)
    to = reverse("callups:one", args=[callup_id])
    return submit(request, act, to=to, message=gettext("Called. The answers are counted here."))


@asking
def stand_down(request: ActorRequest, callup_id: UUID) -> HttpResponse:
    """End it, asked once."""
    call = call_to_lead(request.actor, callup_id)
    page = question(
        bound(request, ReasonForm),
        gettext("Stand down “%(title)s”") % {"title": call.title},
        gettext("Stand down"),
        gettext(
            "Shifts that have not begun are called off, those that have begun are recorded by "
            "their lists. Everybody who was called is told."
        ),
    ).beside(cancel=page_of(call))
    act = partial(commands.stand_down, call_id=call.pk)
    page = page.while_open(check_stage, call.stage, *NOT_OVER)
    return submit(request, act, to=page_of(call), message=gettext("Stood down."), page=page)


@reading
def people(request: ActorRequest, callup_id: UUID) -> HttpResponse:
    """Who was called, who can come, and who is to be telephoned. Who cannot come is not listed."""
    call = one_call(request.actor, callup_id)
    telephones = request.GET.get("who") == "telephone" and call.stage is CallStage.OPEN
    chooses = "note" if telephones and request.actor.paths(CALL_UP) else ""
    listing = Listing(summonses_of(request.actor, call), request, people_of(chooses))
    return listing.response("callups/people.html", {"call": call, "chooses": chooses})


@writing
def note(request: ActorRequest, callup_id: UUID) -> HttpResponse:
    """Write down that those who were telephoned and are ticked can come, were spoken to, or were
    not reached."""
    call = one_call(request.actor, callup_id)
    ids = ids_of(request)
    to = reverse("callups:people", args=[call.pk]) + "?who=telephone"
    became = request.POST.get("became", "")
    if became not in set(CallByTelephone):
        coming = partial(note_coming, call_id=call.pk, summons_ids=ids)
        return submit(request, coming, to=to, message=noted_words)
    known = CallByTelephone(became)
    act = partial(note_telephone, call_id=call.pk, summons_ids=ids, became=known)
    return submit(request, act, to=to, message=written_words)


def written_words(count: int) -> str:
    """Of how many it was written down."""
    return ngettext("Noted for %(n)s person.", "Noted for %(n)s persons.", count) % {"n": count}


@writing
def telephones(request: ActorRequest, callup_id: UUID) -> HttpResponse:
    """The telephones of whom no notice reached, in full; the page is not kept anywhere."""
    rows = read_telephones(request.actor, call_id=callup_id)
    call = one_call(request.actor, callup_id)
    return render(request, "callups/telephones.html", {"call": call, "rows": rows})


def noted_words(count: int) -> str:
    """How many were written down."""
    words = ngettext("%(n)s person can come.", "%(n)s persons can come.", count)
    return words % {"n": count}


@reading
def comers(request: ActorRequest, callup_id: UUID) -> HttpResponse:
    """The service records that came of it."""
    call = one_call(request.actor, callup_id)
    rows = described(standing(records_of(request.actor, call)))
    return Listing(rows, request, comers_of()).response("callups/people.html", {"call": call})


def sentence_of(count: int) -> str:
    """How many were placed."""
    words = ngettext("%(n)s person is placed.", "%(n)s persons are placed.", count)
    return words % {"n": count}
