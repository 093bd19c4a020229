"""What everybody in scope reads: lists in publicity and final ones; one's own word; objections."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from baodao.honours.commands.publicity import check_objecting, object_to_verdict
from baodao.honours.documents import list_paper, with_certificate
from baodao.honours.forms import HonourObjectionForm
from baodao.honours.queries.papers import change_words
from baodao.honours.queries.rounds import (
    honoured,
    objectable,
    own_objections,
    own_proposals,
    public_lines,
    public_round,
    public_rounds,
)
from baodao.honours.queries.votes import own_voters
from baodao.honours.rules.lives import HonourObjectionState, HonourState
from baodao.honours.views.rounds import paper_response
from baodao.kernel import clock
from baodao.ui.guards import asking, member_only, reading
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound, submit

MOST_LISTS = 50
WAITING = HonourObjectionState.OPEN


@reading
def lists(request: ActorRequest) -> HttpResponse:
    """Lists in publicity and final ones, the latest first, and the votes that are asked."""
    votes = own_voters(request.actor).filter(round__state=HonourState.VOTE, voted_on=None)
    context = {
        "rounds": public_rounds(request.actor)[:MOST_LISTS],
        "votes": votes.filter(round__ballot_until__gte=clock.today()),
        "objections": own_objections(request.actor)[:MOST_LISTS],
    }
    return render(request, "honours/public_lists.html", context)


@reading
def one_list(request: ActorRequest, public_honour_id: UUID) -> HttpResponse:
    """One list: who stands on it, in the order of the tree and of names."""
    row = public_round(request.actor, public_honour_id)
    is_open = row.state == HonourState.PUBLIC and row.public_until is not None
    ours, lines = honoured(request.actor).filter(round=row), list(public_lines(row))
    objections = list(own_objections(request.actor).filter(proposal__round=row))
    context = {
        "round": row,
        "certificates": set(with_certificate(ours).values_list("pk", flat=True)),
        "lines": lines,
        "listed": {line.pk for line in lines},
        "objections": objections,
        "waiting": {one.proposal_id for one in objections if one.state == WAITING},
        "change": change_words(row),
        "objects": is_open and clock.today() <= row.public_until,  # type: ignore[operator]
    }
    return render(request, "honours/public_list.html", context)


@reading
def list_on_paper(request: ActorRequest, public_honour_id: UUID, ending: str) -> HttpResponse:
    """The same on paper."""
    form, items = list_paper(public_round(request.actor, public_honour_id))
    return paper_response(request, form, items, ending)


@reading
@member_only
def own(request: ActorRequest) -> HttpResponse:
    """What was signed on oneself, with its reasons; what one objected to; votes."""
    context = {
        "proposals": own_proposals(request.actor)[:MOST_LISTS],
        "objections": own_objections(request.actor)[:MOST_LISTS],
        "today": clock.today(),
    }
    return render(request, "honours/own.html", context)


@asking
def object_to(request: ActorRequest, public_proposal_id: UUID) -> HttpResponse:
    """Object to a word on the list, or to the one on oneself."""
    row = objectable(request.actor, public_proposal_id)
    page = FormPage(bound(request, HonourObjectionForm), "honours/object.html").beside(
        proposal=row, round=row.round
    )
    page = page.while_open(check_objecting, request.actor, row)
    to = reverse("honours:public_list", args=[row.round_id])
    act = partial(object_to_verdict, proposal_id=row.pk)
    message = gettext("Sent. You are told what was found.")
    return submit(request, act, to=to, message=message, page=page)
