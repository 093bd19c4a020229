"""What members stated: all ticked, confirmed at once, one given back; and their objections."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from baodao.kernel.authz import Permission
from baodao.kernel.errors import Absent
from baodao.ledger import commands, queries
from baodao.ledger.forms import AnswerForm, ReasonForm
from baodao.ledger.models import Statement
from baodao.ledger.tables import Kinds, time_words
from baodao.ledger.views.acting import community_of
from baodao.ui.guards import asking, ids_of, reading, writing
from baodao.ui.questions import Question, asked, batch_sent, fresh
from baodao.ui.requests import ActorRequest

SHOWN = 200
"""On one page; the others follow once these are decided."""


@reading
def statements(request: ActorRequest) -> HttpResponse:
    """Everything that waits, the longest first, all ticked: one button confirms them."""
    community = community_of(request)
    waiting = queries.waiting_statements(request.actor, community)
    shown, count = waiting[:SHOWN], waiting.count()
    context = {
        "community": community,
        "shown": shown,
        "count": count,
        "hidden": max(0, count - SHOWN),
        "kinds": Kinds(),
        "returned": queries.statements(request.actor).filter(community=community, state="returned"),
    }
    return render(request, "ledger/statements.html", context)


def confirmed(count: int) -> str:
    """What is said after confirming."""
    told = ngettext("%(count)s statement confirmed.", "%(count)s statements confirmed.", count)
    return told % {"count": count}


@writing
def confirm(request: ActorRequest) -> HttpResponse:
    """Make records of the ticked ones; what cannot be recorded is named."""
    community_of(request)
    return batch_sent(
        request,
        partial(commands.confirm_statements, statement_ids=ids_of(request)),
        to=reverse("ledger:statements"),
        said=confirmed,
    )


@asking
def give_back(request: ActorRequest, statement_id: UUID) -> HttpResponse:
    """Return one statement with the reason that the member will read."""
    held = queries.statements(request.actor).filter(pk=statement_id).first()
    if held is None:
        raise Absent("statement")
    question = Question(
        gettext("Return what %(name)s stated") % {"name": held.person.name},
        gettext("Return"),
        reverse("ledger:statements"),
        gettext("The member reads your reason, and can correct it and send it again."),
        facts=_facts(held),
    )
    write = partial(commands.return_statement, statement_id=held.pk)
    said = gettext("Returned. The member has been told why.")
    return asked(request, fresh(request, ReasonForm), question, write, said)


def _facts(held: Statement) -> list[tuple[str, object]]:
    return [
        (gettext("Day of service"), held.served_on),
        (gettext("Time served"), time_words(held.minutes)),
    ]


@reading
def disputes(request: ActorRequest) -> HttpResponse:
    """Objections to records, the first due first; below, those that were answered."""
    community = community_of(request, Permission.RECORD_REVERSE)
    answered = queries.disputes(request.actor).filter(community=community).exclude(outcome="")
    context = {
        "community": community,
        "open": queries.open_disputes(request.actor, community),
        "answered": answered.order_by("-answered_at")[:SHOWN],
    }
    return render(request, "ledger/disputes.html", context)


@asking
def answer(request: ActorRequest, dispute_id: UUID) -> HttpResponse:
    """Answer one objection; the record is put right before."""
    held = queries.disputes(request.actor).filter(pk=dispute_id).first()
    if held is None:
        raise Absent("dispute")
    name, back = held.person.name, reverse("ledger:disputes")
    headline = gettext("Answer the objection of %(name)s") % {"name": name}
    question = Question(headline, gettext("Answer"), back, held.text)
    undone = getattr(held, "undone", False)
    form = fresh(request, AnswerForm, initial={"outcome": "corrected" if undone else "kept"})
    write = partial(commands.answer_dispute, dispute_id=held.pk)
    return asked(request, form, question, write, gettext("Answered. The member has been told."))
