"""The page of the authority above two units that entered one number with different names."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from baodao.identities.commands.checks import ask_units
from baodao.identities.queries.contests import contest_views
from baodao.identities.queries.corrections import waiting_corrections
from baodao.identities.queries.merges import merge_views
from baodao.kernel.authz import Permission
from baodao.orgs.requests import acting_for
from baodao.orgs.rules.policies import AUTHORITIES
from baodao.ui.guards import reading, writing
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import submit


@reading
def all_contests(request: ActorRequest) -> HttpResponse:
    """The two entries of each number side by side, what waits for a second person, and what can
    still be undone."""
    place = acting_for(request, AUTHORITIES, Permission.IDENTITY_SETTLE)
    context = {
        "place": place,
        "rows": contest_views(request.actor),
        "corrections": waiting_corrections(request.actor),
        "merges": merge_views(request.actor),
        "own": request.actor.account_id,
    }
    return render(request, "identities/contests.html", context)


@writing
def ask(request: ActorRequest, person_id: UUID) -> HttpResponse:
    """Ask both units to compare the number with the card."""
    act = partial(ask_units, person_id=person_id)
    message = _("The units are asked. Their answers are seen here.")
    return submit(request, act, to=reverse("identities:contests"), message=message)


def list_for(request: ActorRequest, unit_list: str) -> str:
    """Where an act on an entry leads back to: the list of the unit, or the contests of the
    authority."""
    above = request.acting is not None and request.acting.kind in AUTHORITIES
    return reverse("identities:contests" if above else unit_list)
