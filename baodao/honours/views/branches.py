"""What a branch's secretary reads of the rounds of the unit: the words on the branch's own members,
with their reasons."""

from uuid import UUID

from django.http import HttpResponse

from baodao.honours.queries import rounds
from baodao.honours.queries.words import title_of
from baodao.honours.rules.lives import BY_NAME
from baodao.honours.tables.lists import branch_rounds_spec, proposals_spec
from baodao.orgs.requests import acting_for
from baodao.orgs.rules.tree import Kind
from baodao.ui.guards import reading
from baodao.ui.listing import Listing
from baodao.ui.requests import ActorRequest


@reading
def branch_rounds(request: ActorRequest) -> HttpResponse:
    """The rounds of the unit in which somebody of the branch is judged."""
    place = acting_for(request, (Kind.BRANCH,), rounds.READ)
    rows = rounds.branch_rounds(request.actor)
    return Listing(rows, request, branch_rounds_spec()).response(
        "honours/branch_rounds.html", {"place": place}
    )


@reading
def branch_round(request: ActorRequest, branch_honour_id: UUID) -> HttpResponse:
    """The words on the members of the branch in one round."""
    place = acting_for(request, (Kind.BRANCH,), rounds.READ)
    row = rounds.branch_round(request.actor, branch_honour_id)
    rows = rounds.branch_proposals(request.actor).filter(round=row)
    spec = proposals_spec(signs=False, names=row.kind in BY_NAME)
    context = {"place": place, "round": row, "title": title_of(row)}
    return Listing(rows, request, spec).response("honours/branch_round.html", context)
