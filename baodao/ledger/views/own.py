"""我的服务: a member's records, what they state and object to, their code and papers."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.errors import Absent
from baodao.ledger import commands, queries
from baodao.ledger.forms import DisputeForm, StateForm
from baodao.ledger.models import Statement
from baodao.ledger.rules.policies import ANSWER_DAYS
from baodao.ledger.tables import Kinds, time_words
from baodao.orgs.queries.policies import values_at
from baodao.ui.guards import asking, member_only, reading, writing
from baodao.ui.questions import Question, asked, fresh, sent
from baodao.ui.requests import ActorRequest

SHOWN = 100
OPEN = ("waiting", "returned")


@reading
@member_only
def services(request: ActorRequest) -> HttpResponse:
    """How much in words, every record with how it came in, and what waits."""
    rows = queries.own_records(request.actor)
    shown = queries.originals(rows)
    asked_about = {row.record_id: row for row in reversed(queries.own_disputes(request.actor))}
    context = {
        "totals": queries.totals_of(rows),
        "records": [(row, asked_about.get(row.id)) for row in shown[:SHOWN]],
        "more": max(0, shown.count() - SHOWN),
        "statements": queries.own_statements(request.actor).filter(state__in=OPEN),
        "may_state": queries.stating_places(request.actor).exists(),
        "code": queries.own_code(request.actor),
        "sheets": queries.own_sheets(request.actor),
        "kinds": Kinds(),
        "this_year": clock.today().year,
    }
    return render(request, "ledger/own.html", context)


@asking
@member_only
def state(request: ActorRequest) -> HttpResponse:
    """Say what one did; `again` in the address names a returned statement to be put right."""
    communities = list(queries.stating_places(request.actor))
    if not communities:
        raise Absent("community")
    again = _returned(request)
    form = fresh(request, StateForm, communities=communities, initial=_initial(again))

    def write(actor: Actor, community: int, **_: object) -> None:
        told = form.entry(actor.person_id)  # type: ignore[arg-type]
        again_id = again.pk if again else None
        commands.state(actor, community_id=community, entry=told, statement_id=again_id)

    return asked(request, form, _stating(), write, gettext("Sent. The community confirms it."))


def _stating() -> Question:
    return Question(
        gettext("What did you do?"),
        gettext("Send to the community"),
        reverse("ledger:own"),
        gettext("The community confirms it; until then it does not count."),
        template="ui/phone_confirm.html",
    )


def _returned(request: ActorRequest) -> Statement | None:
    """The statement to be put right; `Absent` when there is no such one of one's own."""
    asked_for = request.GET.get("again", "")
    if not asked_for:
        return None
    try:
        found = queries.own_statements(request.actor).filter(pk=UUID(asked_for)).first()
    except ValueError as error:
        raise Absent("statement") from error
    if found is None:
        raise Absent("statement")
    return found


def _initial(again: Statement | None) -> dict[str, Any]:
    if again is None:
        return {"served_on": clock.today()}
    return {
        "community": again.community_id,
        "served_on": again.served_on,
        "began": clock.local(again.began_at).time() if again.began_at else None,
        "minutes": time_words(again.minutes),
        "category": again.category,
        "way": again.way,
        "place": again.place,
        "result": again.result,
    }


@writing
@member_only
def withdraw(request: ActorRequest, statement_id: UUID) -> HttpResponse:
    """Take back what was not confirmed."""
    return sent(
        request,
        partial(commands.withdraw_statement, statement_id=statement_id),
        to=reverse("ledger:own"),
        said=gettext("Withdrawn."),
    )


@asking
@member_only
def dispute(request: ActorRequest, community_id: int, record_id: UUID) -> HttpResponse:
    """Object to one of one's own records."""
    held = queries.own_record(request.actor, community_id, record_id)
    question = Question(
        gettext("What is wrong with this record?"),
        gettext("Send"),
        reverse("ledger:own"),
        gettext("%(community)s answers within %(time)s.")
        % {
            "community": held.community.name,
            "time": values_at(held.community.path).words(ANSWER_DAYS),
        },
        template="ui/phone_confirm.html",
    )
    write = partial(commands.dispute, community_id=community_id, record_id=record_id)
    said = gettext("Sent. You are told when it is answered.")
    return asked(request, fresh(request, DisputeForm), question, write, said)


@writing
@member_only
def renew_code(request: ActorRequest) -> HttpResponse:
    """Make a code, or a new one: who has the old one sees nothing any more."""
    return sent(
        request,
        commands.renew_code,
        to=f"{reverse('ledger:own')}#code",
        said=gettext("This is your code now. An earlier one opens nothing any more."),
    )
