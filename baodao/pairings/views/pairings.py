"""The pairings of a place, one with its visits, and what a community does with it."""

from functools import partial
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from baodao.claims.models import Claim
from baodao.claims.queries.claims import claims_on
from baodao.claims.rules.lives import CLAIM, SERVING
from baodao.documents.views import paper_page
from baodao.kernel.authz import Actor, Permission
from baodao.ledger.queries.categories import categories_of
from baodao.offers.models import Offer
from baodao.offers.queries.barriers import check_closable
from baodao.offers.rules.lives import OFFER
from baodao.orgs.requests import acting_community, acting_for
from baodao.orgs.rules.tree import PLACES, Kind
from baodao.pairings.commands import pairings as commands
from baodao.pairings.documents import pairing_list, pairing_list_item
from baodao.pairings.forms import (
    EndPairingForm,
    HouseholdAnewForm,
    NewPairingForm,
    PairingWordsForm,
    PassOnForm,
)
from baodao.pairings.queries.pairings import claim_to_pass_on, last_writing, pairing_of, pairings_in
from baodao.pairings.queries.stories import stories_of
from baodao.pairings.queries.visits import visits_of
from baodao.pairings.rules.pairings import PairingStage
from baodao.pairings.rules.papers import PAIRING_LIST
from baodao.pairings.tables import pairings_of
from baodao.residents.models import SealedHousehold
from baodao.residents.queries.files import file_in
from baodao.residents.rules.entries import HouseholdEntry
from baodao.residents.rules.households import check_living
from baodao.ui.forms import PurposeForm
from baodao.ui.guards import asking, reading
from baodao.ui.listing import Listing, check_printable, paper_download
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound, question, submit
from baodao.ui.wording import instant_words

PAIRINGS = "pairings:list"


@reading
def pairings(request: ActorRequest) -> HttpResponse:
    """Every pairing of the place: who helps, when they were visited and when the next is due."""
    place = acting_for(request, PLACES, Permission.OFFER_READ)
    works = place.kind == Kind.COMMUNITY and request.actor.may(Permission.OFFER_EDIT, place.path)
    listing = Listing(pairings_in(request.actor, place), request, pairings_of(place, works=works))
    return listing.response("pairings/pairings.html", {"place": place, "works": works})


@reading
def paper(request: ActorRequest, ending: str) -> HttpResponse:
    """结对帮扶登记表 of the community, to look at and as a file."""
    community = acting_community(request, Permission.PERSON_UNMASK)
    stories = stories_of(request.actor, community)
    check_printable(len(stories))
    if ending != "html":
        medium = PAIRING_LIST.file_in(ending)
        return paper_download(request, pairing_list(community.name, stories, medium))
    return paper_page(request, PAIRING_LIST, [pairing_list_item(community.name, stories)])


def _address(offer: Offer | SealedHousehold) -> str:
    return reverse("pairings:pairing", args=[offer.pk])


@asking
def new(request: ActorRequest) -> HttpResponse:
    """Write a pairing down with who is helped, and open it to members and units at once."""
    community = acting_community(request, Permission.OFFER_EDIT)
    form = bound(request, NewPairingForm, categories=categories_of(community))
    page = question(
        form,
        gettext("A new pairing"),
        gettext("Publish"),
        gettext("Members and units read the first part; who is helped stays sealed."),
    ).beside(cancel=reverse(PAIRINGS))

    def act(actor: Actor, **_: object) -> Offer:
        words, entry = form.facts(), form.entry()
        return commands.publish_pairing(actor, community_id=community.pk, facts=words, entry=entry)

    message = gettext("Published. The members of your community see it now.")
    return submit(request, act, to=_address, message=message, page=page)


@asking
def of_file(request: ActorRequest, household_file_id: UUID) -> HttpResponse:
    """Open a pairing for a household that has a file: nothing of it is typed again."""
    file = file_in(request.actor, household_file_id, Permission.HOUSEHOLD_EDIT)
    form = bound(request, PairingWordsForm, categories=categories_of(file.community))
    lead = gettext("Members and units read this; who is helped stands in the file.")
    page = question(form, gettext("A new pairing"), gettext("Publish"), lead)
    page = page.beside(cancel=reverse("residents:file", args=[file.pk]))

    def act(actor: Actor, **_: object) -> Offer:
        return commands.pair_household(actor, file_id=file.pk, facts=form.facts())

    message = gettext("Published. The members of your community see it now.")
    page = page.while_open(check_living, file.ended_at)
    return submit(request, act, to=_address, message=message, page=page)


@reading
def pairing(request: ActorRequest, pairing_id: UUID) -> HttpResponse:
    """One pairing: who helps and helped, its visits, and what can be done next."""
    row = pairing_of(request.actor, pairing_id)
    context = {
        "pairing": row,
        "stage": gettext(PairingStage.words_of(row.stage)),
        "claims": claims_on(request.actor, row),
        "visits": visits_of(row),
    }
    return render(request, "pairings/pairing.html", context)


@asking
def household(request: ActorRequest, pairing_id: UUID) -> HttpResponse:
    """Write down, or anew, who is helped; what was written before is replaced and not shown."""
    row = pairing_of(request.actor, pairing_id)
    form = bound(request, HouseholdAnewForm)
    lead = gettext("What was written before is replaced.") if row.written else ""
    page = question(form, gettext("Who is helped"), gettext("Save"), lead).editing(row, _written)
    page = page.while_open(OFFER.check, row.state, *OFFER.live)

    def act(actor: Actor, **_: object) -> SealedHousehold:
        return commands.describe_household(actor, offer_id=row.pk, entry=form.entry())

    message = gettext("Saved, sealed.")
    return submit(request, act, to=_address, message=message, page=page)


def _written(row: Offer) -> dict[str, str]:
    """How often, when last and by whom it was written down who is helped."""
    last, count = last_writing(row)
    if last is None:
        return {"seen": ""}
    words = gettext("entry number %(count)s, %(at)s, %(name)s")
    at = instant_words(last.written_at)
    return {"seen": words % {"count": count, "at": at, "name": last.written_by}}


@asking
@never_cache
def read(request: ActorRequest, pairing_id: UUID) -> HttpResponse:
    """Ask why; the page that answers shows once, to the community, who is helped."""
    # no end: reading changes nothing; what was forgotten is said then
    row = pairing_of(request.actor, pairing_id)
    page = question(
        bound(request, PurposeForm),
        gettext("Who is helped by “%(title)s”") % {"title": row.title},
        gettext("Show"),
        gettext("Why you read it is written down."),
    )

    def answer(entry: HouseholdEntry) -> HttpResponse:
        return render(request, "pairings/entry.html", {"entry": entry, "pairing": row})

    act = partial(commands.read_household, offer_id=row.pk)
    message = gettext("It was shown once; open it again if need be.")
    return submit(request, act, to=_address(row), message=message, page=page, answer=answer)


@asking
def pass_on(request: ActorRequest, pairing_claim_id: UUID) -> HttpResponse:
    """转交: let go who helps, and go on to whom it is sent next."""
    claim = claim_to_pass_on(request.actor, pairing_claim_id)
    page = _pass_on_page(bound(request, PassOnForm), claim)

    def act(actor: Actor, **typed: str) -> Any:
        passed = commands.pass_on(actor, claim_id=claim.pk, **typed)
        return pairing_of(actor, passed.offer_id, Permission.CLAIM_DECIDE)

    return submit(request, act, to=_next_step, message=_passed_on, page=page)


def _pass_on_page(form: Form, claim: Claim) -> FormPage:
    headline = gettext("Hand “%(title)s” over to somebody else") % {"title": claim.offer.title}
    lead = gettext("%(name)s is thanked, and reads nothing of the household from now on.")
    lead %= {"name": claim.claimant_name}
    page = question(form, headline, gettext("Go on and choose who is asked"), lead)
    return page.beside(cancel=_address(claim.offer)).while_open(CLAIM.check, claim.state, *SERVING)


def _next_step(row: Any) -> str:
    """Where it is chosen who is asked; where somebody waited in line, they are."""
    is_open = row.stage == PairingStage.OPEN
    return reverse("orders:send", args=[row.pk]) if is_open else _address(row)


def _passed_on(row: Any) -> str:
    words = {
        PairingStage.OPEN: gettext("Let go. Now choose who is asked to stand by them."),
        PairingStage.KEPT: gettext("Let go. %(name)s, the first in line, is asked."),
    }
    present = gettext("Handed over. %(name)s, the first in line, stands by them now.")
    return words.get(row.stage, present) % {"name": row.supporter}


@asking
def end(request: ActorRequest, pairing_id: UUID) -> HttpResponse:
    """End a pairing for good, with its reason."""
    row = pairing_of(request.actor, pairing_id)
    page = _end_page(bound(request, EndPairingForm), row)
    act, message = partial(commands.end_pairing, offer_id=row.pk), gettext("The pairing has ended.")
    page = page.while_open(check_closable, row)
    return submit(request, act, to=reverse(PAIRINGS), message=message, page=page)


def _end_page(form: Form, row: Offer) -> FormPage:
    return question(
        form,
        gettext("End the pairing “%(title)s”") % {"title": row.title},
        gettext("End the pairing"),
        gettext("Who helps is told and thanked; the visits stay on record."),
    ).beside(cancel=_address(row))
