"""How members stand under an adopted policy: by branch or unit, person by person, and one of them
with the records that it rests on."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from baodao.adoptions.models import Adoption
from baodao.adoptions.queries.adoptions import adoption_of, adoptions, adoptions_to_decide
from baodao.adoptions.queries.deeds import counted_lines, left_out_lines
from baodao.adoptions.queries.results import (
    period_at_day,
    periods_said,
    result_of,
    results_in,
    said_before,
    with_urgency,
)
from baodao.adoptions.rules.adoptions import may_withdraw
from baodao.adoptions.tables.later_results import later_words
from baodao.adoptions.tables.lists import (
    adoption_words,
    own_sentences,
    period_text,
    results_spec,
    standing_lines,
    total_of,
)
from baodao.kernel import clock
from baodao.kernel.authz import Permission
from baodao.orgs.requests import acting_for
from baodao.orgs.rules.tree import Kind
from baodao.policies.queries.wording import entered_words, explained
from baodao.ui.guards import reading
from baodao.ui.listing import Listing
from baodao.ui.requests import ActorRequest


@reading
def standing(request: ActorRequest, adoption_id: UUID) -> HttpResponse:
    """One adopted policy: what it asks, and of a period how many stand how, and who."""
    place = acting_for(request, tuple(Kind), Permission.POLICY_READ)
    row = adoption_of(request.actor, adoption_id)
    periods = periods_said(row)
    first = period_at_day(periods, request.GET.get("period", ""))
    rows = results_in(request.actor, place, row, first)
    lines = standing_lines(rows, place)
    context = {
        "place": place,
        "periods": [(one, period_text(one, last), one == first) for one, last in periods.items()],
        "lines": lines,
        "total": total_of(lines, place),
        "first": first,
    }
    listing = Listing(with_urgency(rows), request, results_spec(lines))
    return listing.response("adoptions/standing.html", context | _about(request, row))


def _about(request: ActorRequest, row: Adoption) -> dict[str, object]:
    """The adoption itself, and what its reader may do with it."""
    return {
        "adoption": row,
        "words": adoption_words(row),
        "asks": explained(row.rules),
        "decides": adoptions_to_decide(request.actor).filter(pk=row.pk).exists(),
        "withdraws": may_withdraw(row.from_on, clock.day_of(row.adopted_at), clock.today()),
    }


@reading
def result(request: ActorRequest, result_id: UUID) -> HttpResponse:
    """What the policy says of one, with what was counted and what not, and what it said before."""
    row = result_of(request.actor, result_id)
    [sentences] = own_sentences([row])
    context = sentences | {
        "knows": adoptions(request.actor).filter(pk=row.adoption_id).exists(),
        "counted": counted_lines(row),
        "left_out": left_out_lines(row),
        "entered": entered_words(row.entered_on),
        "before": own_sentences(list(said_before(row)[:20])),
        "later": later_words([row]).get(row.pk),
    }
    return render(request, "adoptions/result.html", context)
