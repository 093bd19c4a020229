"""What waits for the community's word: claims to approve, people who ask to leave, more places."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from baodao.agenda.documents import wish_list, wish_list_item
from baodao.agenda.forms import PlacesForm
from baodao.agenda.queries.applicants import applicants, shortages
from baodao.agenda.queries.wishes import wishes_of
from baodao.agenda.rules.papers import WISH_LIST
from baodao.claims.commands import decisions as commands
from baodao.claims.queries.claims import claims_to_decide, exits_to_decide
from baodao.documents.views import paper_page
from baodao.kernel.authz import Permission
from baodao.kernel.errors import Absent
from baodao.offers.commands import offers as places
from baodao.offers.queries.offers import offer_of
from baodao.offers.rules.lives import OFFER, OfferState
from baodao.orgs.requests import acting_community
from baodao.ui.guards import asking, ids_of, reading, writing
from baodao.ui.listing import check_printable, paper_download
from baodao.ui.paging import Paging
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import bound, question, submit

PAGE_ROWS = 200
"""Who waits on one page: what is ticked there is decided at once."""


@reading
def to_decide(request: ActorRequest) -> HttpResponse:
    """Every claim that waits for approval; those are ticked that can be approved, or if there is
    none those that can wait for a place."""
    community = acting_community(request, Permission.CLAIM_DECIDE)
    rows = claims_to_decide(request.actor, community)
    listing = Paging(rows, request, PAGE_ROWS)
    people = applicants(request.actor, listing.rows)
    context = {
        "applicants": people,
        "approvable": any(row.free for row in people),
        "waitable": any(row.may_wait for row in people),
        "everybody": all(row.free for row in people) or all(row.may_wait for row in people),
        "shortages": shortages(people),
        "may_edit": request.actor.may(Permission.OFFER_EDIT, community.path),
        "listing": listing,
        "others": exits_to_decide(request.actor, community).count(),
    }
    return render(request, "agenda/claims.html", context)


@reading
def exits(request: ActorRequest) -> HttpResponse:
    """Everybody who asks to leave a post, page by page, all ticked."""
    community = acting_community(request, Permission.CLAIM_DECIDE)
    context = {
        "listing": Paging(exits_to_decide(request.actor, community), request, PAGE_ROWS),
        "others": claims_to_decide(request.actor, community).count(),
    }
    return render(request, "agenda/exits.html", context)


@asking
def widen(request: ActorRequest, offer_id: UUID) -> HttpResponse:
    """Raise the number of places of an offer, from the page on which they do not suffice."""
    offer = offer_of(request.actor, offer_id, Permission.OFFER_EDIT)
    headline = gettext("More places in “%(title)s”") % {"title": offer.title}
    # no edit: places only become more, and fewer than another has given are refused
    form = bound(request, PlacesForm, initial={"places": offer.places + 1})
    page = question(form, headline, gettext("Raise the number of places"))
    act, to = partial(places.widen, offer_id=offer.pk), reverse("agenda:claims")
    message = gettext("Saved. If somebody waits for a place, they are asked first.")
    page = page.while_open(OFFER.check, offer.state, OfferState.PUBLISHED)
    return submit(request, act, to=to, message=message, page=page)


def _decision(request: ActorRequest) -> dict[str, object]:
    """Which button was pressed, and the reason typed beside the other."""
    _check_decides(request)
    yes = request.POST.get("decision") != "refuse"
    reason = "" if yes else request.POST.get("reason", "")
    return {"claim_ids": ids_of(request), "approve": yes, "reason": reason}


def _check_decides(request: ActorRequest) -> None:
    """Raise `Absent` for who decides nowhere."""
    if not request.actor.may_somewhere(Permission.CLAIM_DECIDE):
        raise Absent("claims")


@writing
def decide(request: ActorRequest) -> HttpResponse:
    """Approve the ticked claims, let them wait for a place, or refuse them with one reason."""
    if request.POST.get("decision") == "wait":
        return _line_up(request)
    decision = _decision(request)
    act = partial(commands.decide_claims, **decision)  # type: ignore[arg-type]
    message = approved if decision["approve"] else refused
    return submit(request, act, to=reverse("agenda:claims"), message=message)


def _line_up(request: ActorRequest) -> HttpResponse:
    _check_decides(request)
    act = partial(commands.line_up, claim_ids=ids_of(request))
    return submit(request, act, to=reverse("agenda:claims"), message=waiting)


@writing
def decide_exits(request: ActorRequest) -> HttpResponse:
    """Let the ticked members go, or ask them to stay with one reason."""
    decision = _decision(request)
    act = partial(commands.decide_exits, **decision)  # type: ignore[arg-type]
    message = exits_granted if decision["approve"] else asked_to_stay
    return submit(request, act, to=reverse("agenda:exits"), message=message)


def approved(count: int) -> str:
    """What is said after approval."""
    message = ngettext("%(count)s claim approved.", "%(count)s claims approved.", count)
    return message % {"count": count}


def waiting(count: int) -> str:
    """What is said once people stand on the waiting list."""
    message = ngettext(
        "%(count)s person is on the waiting list, and is asked when a place becomes free.",
        "%(count)s persons are on the waiting list, and are asked when a place becomes free.",
        count,
    )
    return message % {"count": count}


def refused(count: int) -> str:
    """What is said after refusal."""
    message = ngettext("%(count)s claim declined.", "%(count)s claims declined.", count)
    return message % {"count": count}


def exits_granted(count: int) -> str:
    """What is said after letting people leave."""
    message = ngettext("%(count)s person may leave.", "%(count)s persons may leave.", count)
    return message % {"count": count}


def asked_to_stay(count: int) -> str:
    """What is said after asking people to stay."""
    message = ngettext(
        "%(count)s person is asked to stay.", "%(count)s persons are asked to stay.", count
    )
    return message % {"count": count}


@reading
def wishes(request: ActorRequest, ending: str) -> HttpResponse:
    """微心愿登记表 of the community, to look at and as a file."""
    community = acting_community(request, Permission.PERSON_UNMASK)
    stories = wishes_of(request.actor, community)
    check_printable(len(stories))
    if ending != "html":
        medium = WISH_LIST.file_in(ending)
        return paper_download(request, wish_list(community.name, stories, medium))
    return paper_page(request, WISH_LIST, [wish_list_item(community.name, stories)])
