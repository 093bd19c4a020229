"""The word on one: who is named, another word with its reason, objections, the certificate."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from baodao.honours.commands import publicity, signatures
from baodao.honours.commands import rounds as commands
from baodao.honours.documents import certificate_items, has_certificate
from baodao.honours.forms import HonourAnswerForm, KeepForm, NominationForm, VerdictForm
from baodao.honours.models import HonourProposal
from baodao.honours.queries.grounds import later_ground
from baodao.honours.queries.papers import word_digest
from baodao.honours.queries.rounds import (
    DECIDE,
    PROPOSE,
    honoured_one,
    objection_of,
    proposal_read,
    proposals_to_decide,
    round_to_act,
    rounds_to_act,
    word_objected,
)
from baodao.honours.queries.words import title_of, words_of_verdict
from baodao.honours.rules.lives import HONOUR_ROUND, SIGNABLE, HonourObjectionState, HonourState
from baodao.honours.rules.papers import HONOUR_CERTIFICATE
from baodao.honours.views.rounds import paper_response, to_round
from baodao.kernel.errors import Absent
from baodao.ui.forms import SignForm
from baodao.ui.guards import asking, reading, writing
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound, submit


@reading
def one(request: ActorRequest, honour_proposal_id: UUID) -> HttpResponse:
    """What is proposed of one and why, every word that was signed, and what can be done."""
    row = proposal_read(request.actor, honour_proposal_id)
    acts = rounds_to_act(request.actor, DECIDE).filter(pk=row.round_id).exists()
    is_named = row.round.state == HonourState.DRAFT and row.nomination and not row.verdict
    context = {
        "proposal": row,
        "round": row.round,
        "changes": acts and row.round.state in SIGNABLE,
        "removes": is_named and not row.round.counted_at,
        "certificate": has_certificate(row),
        "later": later_ground(row),
        "keeps": acts and row.verdict and row.round.state in SIGNABLE,
    }
    return render(request, "honours/proposal.html", context)


@asking
def nominate(request: ActorRequest, honour_id: UUID) -> HttpResponse:
    """Name somebody, or a unit, for the honour of a round."""
    row = round_to_act(request.actor, honour_id, PROPOSE)
    page = FormPage(bound(request, NominationForm), "honours/form.html").beside(
        headline=gettext("Name somebody"),
        lead=title_of(row),
        label=gettext("Name them"),
        cancel=to_round(row),
    )
    page = page.while_open(HONOUR_ROUND.check, row.state, HonourState.DRAFT)
    act = partial(commands.nominate, round_id=row.pk)
    return submit(request, act, to=to_round(row), message=gettext("Named."), page=page)


@writing
def remove(request: ActorRequest, honour_proposal_id: UUID) -> HttpResponse:
    """Take out who was named."""
    row = proposal_read(request.actor, honour_proposal_id)
    act = partial(commands.remove_nominee, proposal_id=row.pk)
    return submit(request, act, to=to_round(row.round), message=gettext("Taken out."))


@asking
def word(request: ActorRequest, honour_proposal_id: UUID) -> HttpResponse:
    """Sign another word with a reason; after the final list, correct it."""
    row = proposals_to_decide(request.actor).filter(pk=honour_proposal_id).first()
    if row is None:
        raise Absent("proposal")
    is_final = row.round.state == HonourState.FINAL
    form = _below_word(request, row, VerdictForm, kind=row.round.kind)
    page = FormPage(form, "honours/form.html").beside(
        headline=gettext("Correct the word") if is_final else gettext("Sign another word"),
        lead=_word_read(row),
        label=gettext("Sign the word"),
        cancel=_to_proposal(row),
    )
    page = page.while_open(HONOUR_ROUND.check, row.round.state, *SIGNABLE)
    command = publicity.correct_verdict if is_final else signatures.sign_otherwise
    act = partial(command, proposal_id=row.pk)
    return submit(request, act, to=_to_proposal, message=gettext("The word is signed."), page=page)


@asking
def keep(request: ActorRequest, honour_proposal_id: UUID) -> HttpResponse:
    """Let a word stand though the records say otherwise now, with a reason."""
    row = proposals_to_decide(request.actor).filter(pk=honour_proposal_id).first()
    if row is None:
        raise Absent("proposal")
    page = FormPage(_below_word(request, row, KeepForm), "honours/form.html").beside(
        headline=gettext("Keep the word"),
        lead=_word_read(row),
        label=gettext("Keep the word"),
        cancel=_to_proposal(row),
    )
    page = page.while_open(HONOUR_ROUND.check, row.round.state, *SIGNABLE)
    act = partial(signatures.affirm_verdict, proposal_id=row.pk)
    message = gettext("The word stays.")
    return submit(request, act, to=_to_proposal, message=message, page=page)


def _to_proposal(row: HonourProposal) -> str:
    return reverse("honours:proposal", args=[row.pk])


def _below_word(
    request: ActorRequest, row: HonourProposal, form: type[SignForm], **options: object
) -> SignForm:
    """The form that is signed below the word on one: it carries the hash of what was read."""
    # no edit: nothing is put right here
    return bound(request, form, initial={"seen": word_digest(row)}, **options)


def _word_read(row: HonourProposal) -> str:
    """Who it is on, of what, and the word that holds with who signed it."""
    word = f"{words_of_verdict(row.verdict)}（{row.signed_by}）" if row.verdict else ""
    return " · ".join(filter(None, (row.name, title_of(row.round), word)))


@asking
def objection(request: ActorRequest, honour_objection_id: UUID) -> HttpResponse:
    """Read an objection and answer it; afterwards what was answered."""
    # no end: afterwards the page shows what was answered
    row = objection_of(request.actor, honour_objection_id)
    proposal, objected = row.proposal, word_objected(row)
    context: dict[str, object] = {"objection": row, "proposal": proposal, "objected": objected}
    context["round"] = proposal.round
    if row.state != HonourObjectionState.OPEN:
        return render(request, "honours/objection.html", context)
    options = {"round": proposal.round, "present": proposal.verdict}
    form = _below_word(request, proposal, HonourAnswerForm, **options)
    page = FormPage(form, "honours/objection.html", context)
    act = partial(publicity.answer_objection, objection_id=row.pk)
    message = gettext("Answered; who objected is told.")
    return submit(request, act, to=to_round(proposal.round), message=message, page=page)


@reading
def certificate(request: ActorRequest, honour_proposal_id: UUID, ending: str) -> HttpResponse:
    """The certificate of who is honoured, for who it is, for the unit that it is, and for who reads
    the round."""
    row = honoured_one(request.actor, honour_proposal_id)
    return paper_response(request, HONOUR_CERTIFICATE, certificate_items(row), ending)
