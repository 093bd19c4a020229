"""Statements: made and withdrawn by a member; confirmed at once, or returned, by the community."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.ledger.queries.categories import Kinds
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import ids_below, standing_of
from baodao.orgs.requests import acting_community
from baodao.people.models import Person
from baodao.statements.commands import statements as commands
from baodao.statements.forms import RecordReasonForm, StateForm
from baodao.statements.models import Statement
from baodao.statements.queries import statements as queries
from baodao.statements.rules.statements import STATEMENT, StatementState
from baodao.ui.guards import asking, ids_of, member_only, reading, writing
from baodao.ui.paging import Paging
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound, phone_question, question, submit
from baodao.ui.wording import time_words

PAGE_ROWS = 200


@reading
def statements(request: ActorRequest) -> HttpResponse:
    """Everything that waits, the longest first, ticked unless something speaks against it: one
    button confirms a page of them."""
    community = acting_community(request, Permission.RECORD_CONFIRM)
    waiting = queries.waiting_statements(request.actor, community)
    here = queries.statements(request.actor).filter(community__in=ids_below(community.path))
    listing = Paging(waiting, request, PAGE_ROWS)
    context = {
        "community": community,
        "listing": listing,
        "doubts": queries.doubts_of(listing.rows),
        "kinds": Kinds(),
        "returned": here.filter(state=StatementState.RETURNED),
    }
    return render(request, "statements/statements.html", context)


@writing
def confirm(request: ActorRequest) -> HttpResponse:
    """Make records of the ticked ones; what cannot be recorded is named."""
    acting_community(request, Permission.RECORD_CONFIRM)
    act = partial(commands.confirm_statements, statement_ids=ids_of(request))
    return submit(request, act, to=reverse("statements:statements"), message=_confirmed)


def _confirmed(count: int) -> str:
    sentence = ngettext("%(count)s statement confirmed.", "%(count)s statements confirmed.", count)
    return sentence % {"count": count}


@asking
def give_back(request: ActorRequest, statement_id: UUID) -> HttpResponse:
    """Return one statement with the reason that the member will read."""
    statement = queries.statements(request.actor).filter(pk=statement_id).first()
    if statement is None:
        raise Absent("statement")
    page = question(
        bound(request, RecordReasonForm),
        gettext("Return what %(name)s stated") % {"name": statement.person.name},
        gettext("Return"),
        gettext("The member reads your reason, and can correct it and send it again."),
        _facts(statement),
    ).while_open(STATEMENT.move, statement.state, StatementState.RETURNED)
    act = partial(commands.return_statement, statement_id=statement.pk)
    message = gettext("Returned. The member has been told why.")
    return submit(request, act, to=reverse("statements:statements"), message=message, page=page)


def _facts(statement: Statement) -> list[tuple[str, object]]:
    return [
        (gettext("Day of service"), statement.served_on),
        (gettext("Time served"), time_words(statement.minutes)),
    ]


@asking
@member_only
def state(request: ActorRequest) -> HttpResponse:
    """Say what one did; `again` in the address names a returned statement to be put right."""
    again = _again(request)
    communities = queries.places_for(request.actor, again)
    if not communities:
        raise Absent("community")
    form = _form(request, communities, again)
    page = _state_page(form, again)
    act, to = partial(_state, form, again), reverse("statements:own")
    message = gettext("Sent. The community confirms it.")
    return submit(request, act, to=to, message=message, page=page)


def _state_page(form: StateForm, again: Statement | None) -> FormPage:
    page = phone_question(
        form,
        gettext("What did you do?"),
        gettext("Send to the community"),
        gettext("The community confirms it; until then it does not count."),
    )
    if again is None:
        return page
    return page.editing(again.person, partial(_stated, again.pk), again.pk)


def _form(
    request: ActorRequest, communities: list[Organisation], again: Statement | None
) -> StateForm:
    return bound(
        request,
        StateForm,
        communities=communities,
        same_day=partial(queries.same_day, request.actor),
        kept=again.category if again else "",
        offered=bool(again and again.offer_id),
        initial={"served_on": clock.today()},
    )


def _state(
    form: StateForm, again: Statement | None, actor: Actor, community: int, **_: object
) -> Statement:
    service = form.entry(actor.person_id)  # type: ignore[arg-type]
    again_id = again.pk if again else None
    return commands.state(actor, community_id=community, entry=service, statement_id=again_id)


def _again(request: ActorRequest) -> Statement | None:
    """The statement to be put right; `Absent` when there is no such one of one's own."""
    text = request.GET.get("again", "")
    if not text:
        return None
    try:
        statement = queries.own_statements(request.actor).filter(pk=UUID(text)).first()
    except ValueError as error:
        raise Absent("statement") from error
    if statement is None:
        raise Absent("statement")
    return statement


def _stated(statement_id: UUID, person: Person) -> dict[str, object]:
    """What a statement says of a service of the person."""
    again = Statement.objects.get(pk=statement_id, person=person)
    return {
        "community": standing_of(again.community).pk,
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
    act = partial(commands.withdraw_statement, statement_id=statement_id)
    return submit(request, act, to=reverse("statements:own"), message=gettext("Withdrawn."))
