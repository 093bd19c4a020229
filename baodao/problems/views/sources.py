"""A problem put on the list: written down, or made of a need, a feedback card, an opinion or a
visit with one tap."""

from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext

from baodao.appraisal.queries.cards import card_of
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.needs.queries.needs import need_of
from baodao.opinions.queries.rounds import answers_in
from baodao.orgs.models import Organisation
from baodao.orgs.queries.choices import Choices
from baodao.orgs.queries.tree import place_name, standing_of
from baodao.orgs.requests import acting_for
from baodao.orgs.rules.tree import PLACES
from baodao.problems.commands.problems import raise_from_visit, raise_problem
from baodao.problems.forms import ProblemForm, ProblemOfForm, ProblemTextForm
from baodao.problems.models import PlaceProblem
from baodao.problems.queries.problems import may_edit, owners_for, problem_from
from baodao.problems.rules.problems import USUAL_DAYS, ProblemFacts, ProblemSource
from baodao.ui.guards import asking
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import bound, phone_question, question, submit
from baodao.visits.queries.visits import is_own, topic_of, visit_to_use


def _proposal(place: Organisation) -> dict[str, object]:
    """The place itself in two weeks, until somebody says otherwise."""
    return {"owner": place_name(place), "due_on": clock.today() + timedelta(days=USUAL_DAYS)}


def _page_of(problem: PlaceProblem) -> str:
    return reverse("problems:problem", args=[problem.pk])


def _place(request: ActorRequest) -> Organisation:
    place = acting_for(request, PLACES, Permission.PROBLEM_READ)
    if not may_edit(request.actor, place):
        raise Absent("organisation")
    return place


@asking
def new(request: ActorRequest) -> HttpResponse:
    """Write a problem down, with who solves it and by when."""
    place = _place(request)
    # no edit: a proposal; nothing is kept before it is sent
    form = bound(request, ProblemForm, find=Choices(owners_for(place)), initial=_proposal(place))
    lead = gettext("Without names in the words: whoever solves it reads them.")
    page = question(form, gettext("A new problem"), gettext("Put on the list"), lead)

    def act(actor: Actor, **_: object) -> PlaceProblem:
        facts, duty = form.facts(), form.duty()
        return raise_problem(actor, place_id=place.pk, facts=facts, duty=duty)

    cancel = reverse("problems:list")
    return submit(request, act, to=_page_of, message=_on_list, page=page.beside(cancel=cancel))


@asking
def of_need(request: ActorRequest, need_id: UUID) -> HttpResponse:
    """Of a need that help alone does not solve, in its words; who asked stays with the need."""
    # no end: it is made of what is over too
    need = need_of(request.actor, Permission.NEED_SCREEN, need_id)
    if (present := problem_from(need_id=need.pk)) is not None:
        return redirect("problems:problem", present)
    origin = partial(ProblemFacts, ProblemSource.NEED, spot=need.place, need_id=need.pk)
    return _of(request, standing_of(need.community), need.text, origin)


@asking
def of_card(request: ActorRequest, card_id: UUID) -> HttpResponse:
    """Of what a feedback card says, in the words of whoever makes it."""
    # no end: it is made of what is over too
    card = card_of(request.actor, card_id)
    place = standing_of(card.community)
    if not may_edit(request.actor, place):
        raise Absent("card")
    if (present := problem_from(card_id=card.pk)) is not None:
        return redirect("problems:problem", present)
    origin = partial(ProblemFacts, ProblemSource.CARD, card_id=card.pk)
    return _of(request, place, card.opinion or card.judgement, origin)


@asking
def of_opinion(request: ActorRequest, answer_id: UUID) -> HttpResponse:
    """Of what somebody said whom the community asked, in the words of whoever makes it."""
    # no end: it is made of what is over too
    answer = answers_in(request.actor, Permission.OPINION_ASK).filter(pk=answer_id).first()
    place = standing_of(answer.round.asker) if answer else None
    if answer is None or place is None or not may_edit(request.actor, place):
        raise Absent("opinion")
    if (present := problem_from(opinion_id=answer.pk)) is not None:
        return redirect("problems:problem", present)
    origin = partial(ProblemFacts, ProblemSource.OPINION, opinion_id=answer.pk)
    return _of(request, place, answer.text, origin)


@asking
def of_visit(request: ActorRequest, contact_visit_id: UUID) -> HttpResponse:
    """Of what was seen or heard on a visit: by who looks after the place with who solves it, by the
    contact in one field, for the community."""
    # no end: only a visit that may be used is found
    visit = visit_to_use(request.actor, contact_visit_id)
    place, words = standing_of(visit.community), topic_of(visit)
    if not is_own(request.actor, visit):
        return _of(
            request, place, words, partial(ProblemFacts, ProblemSource.VISIT, visit_id=visit.pk)
        )
    # no edit: a proposal; nothing is kept before it is sent
    form = bound(request, ProblemTextForm, initial={"text": words})
    lead = gettext("The community solves it or asks who can. It stays linked to the visit.")
    page = phone_question(form, gettext("A problem to be solved"), gettext("Put on the list"), lead)
    to = reverse("visits:visit", args=[visit.pk])
    due_on = clock.today() + timedelta(days=USUAL_DAYS)
    act = partial(raise_from_visit, visit_id=visit.pk, due_on=due_on)
    message = gettext("The community has it on its list.")
    return submit(request, act, to=to, message=message, page=page.beside(cancel=to))


def _of(request: ActorRequest, place: Organisation, words: str, origin: Any) -> HttpResponse:
    """The page on which it is made, filled in, with one button."""
    # no edit: a proposal; nothing is kept before it is sent
    form = bound(
        request,
        ProblemOfForm,
        find=Choices(owners_for(place)),
        initial={"text": words[:200], **_proposal(place)},
    )
    lead = gettext("It stays linked to where it comes from; nothing is entered twice.")
    page = question(form, gettext("A problem to be solved"), gettext("Put on the list"), lead)

    def act(actor: Actor, **_: object) -> PlaceProblem:
        facts = origin(text=form.cleaned_data["text"])
        return raise_problem(actor, place_id=place.pk, facts=facts, duty=form.duty())

    cancel = reverse("problems:list")
    return submit(request, act, to=_page_of, message=_on_list, page=page.beside(cancel=cancel))


def _on_list(_problem: PlaceProblem) -> str:
    return gettext("It is on the list. Divide it into tasks here, or close it once it is solved.")
