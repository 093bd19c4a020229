"""A community claims for a member, or a team, that came to its window, or telephoned."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from baodao.agenda.queries.parties import sought_by_party
from baodao.agenda.queries.teams import work_of
from baodao.agenda.queries.window import visit_of
from baodao.agenda.tables.suggestions import finds_of, search_of
from baodao.agenda.views.parties import fill_places
from baodao.claims.commands.window import claim_at_window, claim_for_team
from baodao.claims.models import Claim
from baodao.claims.queries.claims import numbers_in_line, window_teams
from baodao.claims.rules.lives import ClaimState
from baodao.kernel.errors import Absent
from baodao.orgs.models import Organisation
from baodao.ui.guards import choosing, reading, writing
from baodao.ui.paging import Paging
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import submit


@reading
def services(request: ActorRequest, person_id: UUID) -> HttpResponse:
    """What this member could claim now, what fits them best first, each with one tap."""
    search = search_of(request.GET.dict())
    visit = visit_of(request.actor, person_id, search)
    finds = finds_of(visit.fits, search, visit.home.community)
    rows = (*finds.here, *finds.nearby, *finds.full, *finds.barred)
    context = {"person": visit.person, "home": visit.home, "finds": finds, "rows": rows}
    return render(request, "agenda/window.html", context)


@reading
def team_services(request: ActorRequest, team_id: int) -> HttpResponse:
    """What a team of the community could take on, each with who of it would serve."""
    team = _team(request, team_id)
    search = search_of(request.GET.dict())
    taken_on = set(work_of(team).claims.values_list("offer", flat=True))
    offers = sought_by_party(request.actor, team, search, taken_on)
    context = {"team": team, "listing": Paging(offers.every, request), "search": search}
    return render(request, "agenda/team_window.html", context)


@choosing
def team_claim(request: ActorRequest, team_id: int, offer_id: UUID) -> HttpResponse:
    """Tick who of the team serves, and claim for all of them or nobody."""
    # no end: only what is open to them is found
    team = _team(request, team_id)
    return fill_places(
        request, team, offer_id, reverse("agenda:team", args=[team.pk]), claim_for_team
    )


def _team(request: ActorRequest, team_id: int) -> Organisation:
    """A team whose community the actor decides claims for. Raises `Absent`."""
    team = window_teams(request.actor).select_related("parent").filter(pk=team_id).first()
    if team is None:
        raise Absent("team")
    return team


@writing
def claim(request: ActorRequest, person_id: UUID, offer_id: UUID) -> HttpResponse:
    """Claim it for them; afterwards their page says what they have taken on."""
    act = partial(claim_at_window, offer_id=offer_id, person_id=person_id)
    to = reverse("home:person", args=[person_id])
    return submit(request, act, to=to, message=window_message)


def window_message(claim: Claim) -> str:
    """What is said about a claim for somebody else."""
    if claim.state == ClaimState.WAITING:
        message = gettext("Claimed. All places are taken; they are number %(number)s in line.")
        return message % {"number": numbers_in_line([claim])[claim.pk]}
    if claim.state == ClaimState.ACTIVE:
        return gettext("Claimed. They have a place, and read of it.")
    return gettext("Claimed. Approve it with the other claims to decide.")
