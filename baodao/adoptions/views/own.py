"""Mine: what adopted policies ask, what is done and what is missing, what would count next."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from baodao.adoptions.queries.deeds import counted_lines, left_out_lines
from baodao.adoptions.queries.openings import openings_for
from baodao.adoptions.queries.results import own_results, present
from baodao.adoptions.rules.outcomes import ResultState
from baodao.adoptions.tables.later_results import later_words
from baodao.adoptions.tables.lists import own_sentences
from baodao.kernel import clock
from baodao.policies.queries.wording import explained
from baodao.ui.guards import member_only, reading
from baodao.ui.requests import ActorRequest


@reading
@member_only
def own(request: ActorRequest) -> HttpResponse:
    """Every policy that is about the member in its present period, with its records, and what was
    said of periods before."""
    rows = own_results(request.actor)
    now = list(present(rows, clock.today()))
    waiting = next((row for row in now if _waits(row)), None)
    past = list(rows.exclude(pk__in=[row.pk for row in now])[:20])
    later = later_words(past)
    context = {
        "entered_on": next((row.entered_on for row in now if row.entered_on), None),
        "sections": [sentences | _records(sentences["result"]) for sentences in own_sentences(now)],
        "before": [
            one | {"later": later.get(row.pk)}
            for row, one in zip(past, own_sentences(past), strict=True)
        ],
        "openings": openings_for(request.actor, waiting) if waiting else None,
    }
    return render(request, "adoptions/own.html", context)


def _waits(row: Any) -> bool:
    """Whether something is still to be done, also where something else was missed already."""
    return any(one["state"] == ResultState.OPEN for one in row.lines)


def _records(row: Any) -> dict[str, object]:
    """What the policy of a result says, what was counted and what not."""
    return {
        "asks": explained(row.adoption.rules),
        "counted": counted_lines(row),
        "left_out": left_out_lines(row),
    }
