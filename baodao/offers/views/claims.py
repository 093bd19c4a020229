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
from baodao.orgs.models import Organisation
from baodao.orgs.rules.tree import Kind
from baodao.ui.guards import acting_for, ids_of, reading, writing
from baodao.ui.listing import Listing
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import submit

SHOWN = 200
"""Who waits on one page; the others follow once these are decided."""


def community_of(
    request: ActorRequest, permission: Permission = Permission.OFFER_EDIT
) -> Organisation:
    """The community the request acts for. Raises `Absent` when it acts for none."""
    place: Organisation = acting_for(request, [Kind.COMMUNITY], permission)
    return place


def unit_of(request: ActorRequest) -> Organisation:
    """The unit, or the branch of a branch's secretary, for which the request acts."""
    place: Organisation = acting_for(request, [Kind.UNIT, Kind.BRANCH], Permission.CLAIM_READ)
    return place


def _waiting(request: ActorRequest, *, exits: bool) -> HttpResponse:
    community = community_of(request, Permission.CLAIM_DECIDE)
    both = claims_to_decide(request.actor, community), exits_to_decide(request.actor, community)
    others, rows = both if exits else both[::-1]
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


def _decision(request: ActorRequest) -> dict[str, object]:
    """Which button was pressed, and the reason typed beside the other."""
    if not request.actor.may_somewhere(Permission.CLAIM_DECIDE):
        raise Absent("claims")
    yes = request.POST.get("decision") != "refuse"
    reason = "" if yes else request.POST.get("reason", "")[:200]
    return {"claim_ids": ids_of(request), "approve": yes, "reason": reason}


@writing
def decide(request: ActorRequest) -> HttpResponse:
    """Approve the ticked claims, or refuse them with one reason."""
    decision = _decision(request)
    act = partial(commands.decide_claims, **decision)  # type: ignore[arg-type]
    message = approved if decision["approve"] else refused
    return submit(request, act, to=reverse("offers:claims"), message=message)


@writing
def decide_exits(request: ActorRequest) -> HttpResponse:
    """Let the ticked members go, or ask them to stay with one reason."""
    decision = _decision(request)
    act = partial(commands.decide_exits, **decision)  # type: ignore[arg-type]
    message = let_go if decision["approve"] else asked_to_stay
    return submit(request, act, to=reverse("offers:exits"), message=message)


def approved(count: int) -> str:
    """What is said after approval."""
    message = ngettext("%(count)s claim approved.", "%(count)s claims approved.", count)
    return message % {"count": count}


def refused(count: int) -> str:
    """What is said after refusal."""
    message = ngettext("%(count)s claim declined.", "%(count)s claims declined.", count)
    return message % {"count": count}


def let_go(count: int) -> str:
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
def of_unit(request: ActorRequest) -> HttpResponse:
    """What our members claimed, wherever it is."""
    place = unit_of(request)
    rows = claims_of_unit(request.actor, place)
    return Listing(rows, request, unit_claims(rows)).response(
        "offers/unit_claims.html", {"place": place}
    )
