"""A vote: opened, given more days, counted; and the sheet of who votes."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from baodao.honours.commands import votes as commands
from baodao.honours.forms import BallotForm, ExtensionForm, TieForm, VoteForm
from baodao.honours.models import HonourProposal, HonourRound
from baodao.honours.queries.rounds import DECIDE, PROPOSE, proposals_of, round_to_act
from baodao.honours.queries.votes import own_voter, tie_of
from baodao.honours.queries.words import title_of
from baodao.honours.rules.lives import HONOUR_ROUND, HonourState
from baodao.honours.rules.votes import check_voting
from baodao.honours.views.rounds import to_round
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.ui.guards import asking, choosing
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound, submit


@asking
def begin_vote(request: ActorRequest, honour_id: UUID) -> HttpResponse:
    """Open the vote: by which roles, who else, until when."""
    row = round_to_act(request.actor, honour_id, PROPOSE)
    form = bound(request, VoteForm)
    page = _page(row, form, gettext("Let people vote"), gettext("Open the vote"))
    page = page.while_open(HONOUR_ROUND.check, row.state, HonourState.DRAFT)

    def act(actor: Actor, **_: object) -> HonourRound:
        return commands.begin_vote(actor, round_id=row.pk, facts=form.facts())

    message = gettext("The vote is open; who votes is told. Nobody sees for whom.")
    return submit(request, act, to=to_round, message=message, page=page)


def _page(row: HonourRound, form: object, headline: str, label: str) -> FormPage:
    page = FormPage(form, "honours/form.html")  # type: ignore[arg-type]
    words = {"headline": headline, "label": label, "lead": title_of(row)}
    return page.beside(cancel=to_round(row), **words)


@asking
def extend(request: ActorRequest, honour_id: UUID) -> HttpResponse:
    """Give the vote more days."""
    row = round_to_act(request.actor, honour_id, PROPOSE)
    # no edit: a later day replaces the former, and the act refuses an earlier one
    form = bound(request, ExtensionForm, initial={"until": row.ballot_until})
    page = _page(row, form, gettext("Give the vote more days"), gettext("Set the day"))
    page = page.while_open(HONOUR_ROUND.check, row.state, HonourState.VOTE)
    act = partial(commands.extend_vote, round_id=row.pk)
    return submit(request, act, to=to_round, message=gettext("The vote goes on."), page=page)


@asking
def count(request: ActorRequest, honour_id: UUID) -> HttpResponse:
    """Count the sheets; where several have the same number for the last places, choose with a
    reason."""
    row = round_to_act(request.actor, honour_id, DECIDE)
    result = tie_of(row)
    tied = [_choice(one) for one in proposals_of(row).filter(pk__in=result.tied)]
    form = bound(request, TieForm, tied=tied, places=result.places)
    page = _page(row, form, gettext("Count the vote"), gettext("Count"))
    page = page.while_open(HONOUR_ROUND.check, row.state, HonourState.VOTE)
    act = partial(commands.count_ballots, round_id=row.pk)
    message = gettext("Counted. Look at the proposals and sign each.")
    return submit(request, act, to=to_round, message=message, page=page)


def _choice(row: HonourProposal) -> tuple[str, str]:
    return str(row.pk), f"{row.name}（{row.branch.name}）" if row.person_id else row.name


@choosing
def ballot(request: ActorRequest, vote_honour_id: UUID) -> HttpResponse:
    """The sheet of who votes: nobody sees who ticked whom."""
    voter = own_voter(request.actor, vote_honour_id)
    row, voted = voter.round, voter.voted_on is not None
    rows = list(proposals_of(row))
    form = bound(request, BallotForm, candidates=[_choice(one) for one in rows], most=row.most)
    page = FormPage(form, "honours/ballot.html").beside(round=row, candidates=rows)
    check = partial(check_voting, voted=voted, until=row.ballot_until, today=clock.today())
    page = page.while_open(check)
    act = partial(commands.cast_ballot, round_id=row.pk)
    message = gettext("Your vote is counted. Thank you.")
    return submit(request, act, to=reverse("honours:public_lists"), message=message, page=page)
