"""Mine: commit in one form, see how far along it is, take it back, or that it may be read."""

from functools import partial
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from baodao.agenda.queries.openings import Home, own_community
from baodao.commitments.commands import commitments as commands
from baodao.commitments.forms import CommitmentForm
from baodao.commitments.models import Commitment
from baodao.commitments.queries.choices import choices_of, skills_where, to_begin_with
from baodao.commitments.queries.commitments import (
    own_board,
    own_commitment,
    own_commitments,
    own_in_force,
    posted_in,
    posts_up,
)
from baodao.commitments.queries.progress import progress_of
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.errors import Absent
from baodao.ui.guards import asking, member_only, reading, writing
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound, phone_question, submit

OWN = "commitments:own"


@reading
@member_only
def own(request: ActorRequest) -> HttpResponse:
    """This year's commitment with how far along it is, and every version before it."""
    row = own_commitment(request.actor)
    versions = own_commitments(request.actor)
    context = {
        "year": clock.today().year,
        "commitment": row,
        "progress": progress_of(request.actor, row) if row else None,
        "versions": versions.exclude(pk=row.pk) if row else versions,
        "board": own_board(request.actor),
        "registered": own_community(request.actor).registration is not None,
    }
    return render(request, "commitments/own.html", context)


@asking
@member_only
def edit(request: ActorRequest) -> HttpResponse:
    """Commit, or commit anew: what was taken on is ticked, and what was said before filled in."""
    home, year = own_community(request.actor), clock.today().year
    form = _form_of(request, home)
    page = FormPage(form, "commitments/edit.html").beside(year=year, community=home.community)

    def act(actor: Actor, **_: object) -> Commitment:
        return commands.commit(actor, year=year, facts=form.facts())

    message = gettext("Committed. Thank you.")
    return submit(request, act, to=reverse(OWN), message=message, page=page)


def _form_of(request: ActorRequest, home: Home) -> CommitmentForm:
    """The form of who is received in a community; raises `Absent` for anybody else."""
    if home.registration is None:
        raise Absent("registration")
    choices = choices_of(request.actor)
    return bound(
        request,
        CommitmentForm,
        choices=choices,
        skills=skills_where(home),
        posts=posts_up(home.registration.community),
        # no edit: each version is written as a whole, and the one before it is kept
        initial=to_begin_with(request.actor, home, choices),
    )


@writing
@member_only
def hide(request: ActorRequest, own_commitment_id: UUID) -> HttpResponse:
    """Nobody reads it on the notice board from now on."""
    act = partial(commands.revoke_consent, commitment_id=own_commitment_id)
    message = gettext("Taken back. Your commitment is not posted up any more.")
    return submit(request, act, to=reverse(OWN), message=message)


@asking
@member_only
def withdraw(request: ActorRequest, own_commitment_id: UUID) -> HttpResponse:
    """Ask once, then take the commitment back."""
    # no end: only one that is in force is found
    row = own_in_force(request.actor, own_commitment_id)
    page = phone_question(
        bound(request, Form),
        gettext("Withdraw this year's commitment"),
        gettext("Withdraw"),
        gettext("Nobody else reads it any more, and nobody asks why. What you claimed stays."),
    )
    act = partial(commands.withdraw_commitment, commitment_id=row.pk)
    return submit(request, act, to=reverse(OWN), message=gettext("Withdrawn."), page=page)


@reading
@member_only
def board(request: ActorRequest) -> HttpResponse:
    """What members of one's community committed to and agree that others read, by name."""
    community = own_board(request.actor)
    if community is None:
        raise Absent("board")
    context = {"community": community, "commitments": posted_in(community)}
    return render(request, "commitments/board.html", context)
