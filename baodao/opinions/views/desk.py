"""征求意见: ask, read what was answered, say what became of it."""

from functools import partial
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from baodao.documents.views import paper_page
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.opinions.commands import rounds as commands
from baodao.opinions.documents import summary, summary_item
from baodao.opinions.forms import ReplyForm, RoundForm
from baodao.opinions.models import OpinionRound
from baodao.opinions.queries.rounds import (
    answers_in,
    audiences_of,
    one_round,
    result_of,
    rounds,
    rounds_of,
    sheets_for,
    silent,
)
from baodao.opinions.rules.papers import OPINION_SUMMARY
from baodao.opinions.rules.rounds import check_open
from baodao.opinions.tables import rounds_below, rounds_table
from baodao.orgs.requests import acting_for
from baodao.orgs.rules.tree import PLACES, Kind
from baodao.ui.follow_ups import follow_ups_of
from baodao.ui.guards import asking, choosing, reading, writing
from baodao.ui.listing import Listing, paper_download
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound, question, submit

ASKERS = (Kind.COMMUNITY, Kind.UNIT)
LIST, ROUND = "opinions:list", "opinions:round"


@reading
def opinions(request: ActorRequest) -> HttpResponse:
    """What the organisation asked, and what it is asked; of an authority every round below it."""
    place = acting_for(request, (*PLACES, Kind.UNIT), Permission.OPINION_READ)
    asks = place.kind in ASKERS
    rows = rounds_of(request.actor, place)
    listing = Listing(rows, request, rounds_table() if asks else rounds_below())
    context = {
        "place": place,
        "asks": asks and request.actor.may(Permission.OPINION_ASK, place.path),
        "sheets": sheets_for(request.actor, place) if asks else (),
    }
    return listing.response("opinions/list.html", context)


@asking
def ask(request: ActorRequest) -> HttpResponse:
    """Ask: whom, about which months, until when."""
    asker = acting_for(request, ASKERS, Permission.OPINION_ASK)
    form = bound(request, RoundForm, audiences=audiences_of(asker))
    page = FormPage(form, "opinions/ask.html").beside(asker=asker)

    def act(actor: Actor, **_: object) -> OpinionRound:
        return commands.ask_opinions(actor, asker_id=asker.pk, facts=form.facts())

    message = gettext("They have been asked. You read their answers here.")
    return submit(request, act, to=_to_round, message=message, page=page)


def _to_round(row: OpinionRound) -> str:
    return reverse(ROUND, args=[row.pk])


@reading
def one(request: ActorRequest, round_id: UUID) -> HttpResponse:
    """A round: who has not answered, marks line by line, words with their replies."""
    row = one_round(request.actor, round_id)
    result = result_of(row)
    follow_ups = follow_ups_of(request.actor, "opinion", [answer.pk for answer in result.answers])
    context = {
        "round": row,
        "result": result,
        "follow_ups": follow_ups,
        "silent": [sheet.organisation for sheet in silent(row) if sheet.organisation],
        "may_ask": request.actor.may(Permission.OPINION_ASK, row.asker.path),
    }
    return render(request, "opinions/round.html", context)


@writing
def remind(request: ActorRequest, round_id: UUID) -> HttpResponse:
    """Remind everybody who has not answered."""
    act = partial(commands.remind_silent, round_id=round_id)
    return submit(request, act, to=_to_round, message=gettext("They have been reminded."))


@choosing
def end(request: ActorRequest, round_id: UUID) -> HttpResponse:
    """Ask once, then let nobody answer any more."""
    row = rounds(request.actor, Permission.OPINION_ASK).filter(pk=round_id).first()
    if row is None:
        raise Absent("round")
    page = question(
        bound(request, Form),
        gettext("End this round"),
        gettext("End it"),
        gettext("Nobody can answer any more. What was answered stays."),
    ).while_open(partial(check_open, is_over=row.is_over))
    act = partial(commands.end_round, round_id=row.pk)
    return submit(request, act, to=_to_round, message=gettext("Ended."), page=page)


@asking
def reply(request: ActorRequest, answer_id: UUID) -> HttpResponse:
    """Say what became of an opinion."""
    row = answers_in(request.actor, Permission.OPINION_ASK).filter(pk=answer_id).first()
    if row is None or row.sheet is None:
        raise Absent("answer")
    # no end: an opinion may be replied to once more
    # no edit: a reply is written anew, and the former one was read by who gave the opinion
    form = bound(request, ReplyForm, initial={"words": row.reply})
    page = FormPage(form, "opinions/reply.html").beside(answer=row, round=row.round)
    to = reverse(ROUND, args=[row.round_id])
    message = gettext("Sent. They are asked whether it is settled.")
    act = partial(commands.reply, answer_id=row.pk)
    return submit(request, act, to=to, message=message, page=page)


@reading
def paper(request: ActorRequest, round_id: UUID, ending: str) -> HttpResponse:
    """征求意见汇总表 of a round, to look at and as a file."""
    row = one_round(request.actor, round_id)
    if ending not in OPINION_SUMMARY.formats:
        raise Absent("format")
    if ending == "html":
        return paper_page(request, OPINION_SUMMARY, [summary_item(row)])
    return paper_download(request, summary(row, ending))
