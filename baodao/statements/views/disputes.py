"""Objections to records: raised by a member, answered by the community."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from baodao.kernel.authz import Permission
from baodao.kernel.errors import Absent
from baodao.ledger.queries.records import own_record
from baodao.orgs.queries.communities import answerer_of
from baodao.orgs.queries.policies import values_at
from baodao.orgs.requests import acting_for
from baodao.orgs.rules.policies import AUTHORITIES
from baodao.orgs.rules.tree import Kind
from baodao.statements.commands import disputes as commands
from baodao.statements.forms import DisputeAnswerForm, DisputeForm
from baodao.statements.queries import disputes as queries
from baodao.statements.rules.disputes import DISPUTE, DisputeState
from baodao.statements.rules.policies import ANSWER_DAYS
from baodao.ui.guards import asking, member_only, reading
from baodao.ui.paging import Paging
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import bound, phone_question, question, submit


@reading
def disputes(request: ActorRequest) -> HttpResponse:
    """Objections to records, the first due first; below, those that were answered."""
    place = acting_for(request, {Kind.COMMUNITY, *AUTHORITIES}, Permission.RECORD_READ)
    context = {
        "open": queries.open_disputes(request.actor, place),
        "listing": Paging(queries.answered_disputes(request.actor, place), request),
    }
    return render(request, "statements/disputes.html", context)


@asking
def answer(request: ActorRequest, dispute_id: UUID) -> HttpResponse:
    """Answer one objection; the record is put right before."""
    objection = queries.disputes(request.actor).filter(pk=dispute_id).first()
    if objection is None:
        raise Absent("dispute")
    undone = getattr(objection, "undone", False)
    outcome = DisputeState.CORRECTED if undone else DisputeState.KEPT
    # no edit: an objection is answered once
    form = bound(request, DisputeAnswerForm, initial={"outcome": outcome})
    headline = gettext("Answer the objection of %(name)s") % {"name": objection.person.name}
    page = question(form, headline, gettext("Answer"), objection.text)
    page = page.while_open(DISPUTE.check, objection.state, DisputeState.OPEN)
    act = partial(commands.answer_dispute, dispute_id=objection.pk)
    message = gettext("Answered. The member has been told.")
    return submit(request, act, to=reverse("statements:disputes"), message=message, page=page)


@asking
@member_only
def dispute(request: ActorRequest, community_id: int, record_id: UUID) -> HttpResponse:
    """Object to one of one's own records."""
    record = own_record(request.actor, community_id, record_id)
    page = phone_question(
        bound(request, DisputeForm),
        gettext("What is wrong with this record?"),
        gettext("Send"),
        gettext("%(community)s answers within %(time)s.")
        % {
            "community": answerer_of(record.community).name,
            "time": values_at(record.community.path).words(ANSWER_DAYS),
        },
    ).while_open(commands.check_disputed, request.actor, record)
    act = partial(commands.dispute, community_id=community_id, record_id=record_id)
    message = gettext("Sent. You are told when it is answered.")
    return submit(request, act, to=reverse("statements:own"), message=message, page=page)
