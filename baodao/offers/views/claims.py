"""What waits for the community's word, and what a unit's members claimed."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext

from baodao.kernel.authz import Permission
from baodao.kernel.errors import Absent
from baodao.offers.commands import decisions as commands
from baodao.offers.queries.claims import claims_of_unit, claims_to_decide, exits_to_decide
from baodao.offers.tables.lists import unit_claims
from baodao.offers.views.places import community_of, unit_of
from baodao.ui.guards import ids_of, reading, writing
from baodao.ui.listing import Listing
from baodao.ui.questions import batch_sent
from baodao.ui.requests import ActorRequest

SHOWN = 200
"""Who waits on one page; the others follow once these are decided."""


def _waiting(request: ActorRequest, *, exits: bool) -> HttpResponse:
    community = community_of(request, Permission.CLAIM_DECIDE)
    asked = claims_to_decide(request.actor, community), exits_to_decide(request.actor, community)
    others, rows = asked if exits else asked[::-1]
    context = {
        "community": community,
        "claims": rows[:SHOWN],
        "count": rows.count(),
        "exits": exits,
        "others": others.count(),
    }
    return render(request, "offers/claims.html", context)


@reading
def to_decide(request: ActorRequest) -> HttpResponse:
    """Every claim that waits for approval, all ticked."""
    return _waiting(request, exits=False)


@reading
def exits(request: ActorRequest) -> HttpResponse:
    """Everybody who asks to leave a post, all ticked."""
    return _waiting(request, exits=True)


def _approves(request: ActorRequest) -> dict[str, object]:
    """Which button was pressed, and the reason typed beside the other."""
    if not request.actor.may_somewhere(Permission.CLAIM_DECIDE):
        raise Absent("claims")
    yes = request.POST.get("decision") != "refuse"
    reason = "" if yes else request.POST.get("reason", "")[:200]
    return {"claim_ids": ids_of(request), "approve": yes, "reason": reason}


@writing
def decide(request: ActorRequest) -> HttpResponse:
    """Approve the ticked claims, or refuse them with one reason."""
    chosen = _approves(request)
    return batch_sent(
        request,
        partial(commands.decide_claims, **chosen),  # type: ignore[arg-type]
        to=reverse("offers:claims"),
        said=approved if chosen["approve"] else refused,
    )


@writing
def decide_exits(request: ActorRequest) -> HttpResponse:
    """Let the ticked members go, or ask them to stay with one reason."""
    chosen = _approves(request)
    return batch_sent(
        request,
        partial(commands.decide_exits, **chosen),  # type: ignore[arg-type]
        to=reverse("offers:exits"),
        said=let_go if chosen["approve"] else asked_to_stay,
    )


def approved(count: int) -> str:
    """What is said after approval."""
    told = ngettext("%(count)s claim approved.", "%(count)s claims approved.", count)
    return told % {"count": count}


def refused(count: int) -> str:
    """What is said after refusal."""
    told = ngettext("%(count)s claim declined.", "%(count)s claims declined.", count)
    return told % {"count": count}


def let_go(count: int) -> str:
    """What is said after letting people leave."""
    told = ngettext("%(count)s person may leave.", "%(count)s persons may leave.", count)
    return told % {"count": count}


def asked_to_stay(count: int) -> str:
    """What is said after asking people to stay."""
    told = ngettext(
        "%(count)s person is asked to stay.", "%(count)s persons are asked to stay.", count
    )
    return told % {"count": count}


@reading
def of_unit(request: ActorRequest) -> HttpResponse:
    """What our members claimed, wherever it is."""
    place = unit_of(request)
    rows = claims_of_unit(request.actor, place)
    return Listing(rows, request, unit_claims(rows)).response(
        "offers/unit_claims.html", {"place": place}
    )
