"""Mine: the account of hours, what it holds and how it came about; spend, give, name kin."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from baodao.documents.views import paper_page
from baodao.kernel.authz import Actor
from baodao.kernel.errors import Absent
from baodao.orgs.queries.policies import value_of
from baodao.orgs.queries.tree import standing_of
from baodao.timebank.commands import accounts as commands
from baodao.timebank.commands import orders as ordering
from baodao.timebank.documents import statement_file, statement_item
from baodao.timebank.forms import (
    KinForm,
    PersonGiftForm,
    PoolGiftForm,
    TimeConsentForm,
    TimeOrderForm,
    kin_choices,
)
from baodao.timebank.models import TimeAccount, TimeKin, TimeOrder
from baodao.timebank.queries.accounts import (
    check_on,
    home_of,
    is_open_at,
    kin_of,
    open_own,
    own_account,
)
from baodao.timebank.queries.lines import statement_of
from baodao.timebank.queries.orders import orders_of
from baodao.timebank.rules.papers import TIME_STATEMENT
from baodao.timebank.rules.policies import ANYBODY, DONATION, NOWHERE
from baodao.ui.forms import ConfirmForm
from baodao.ui.guards import asking, member_only, reading, writing
from baodao.ui.listing import paper_download
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import bound, phone_question, submit

OWN = "timebank:own"


def _open(request: ActorRequest) -> TimeAccount:
    """The actor's account, while it is open. Raises `Absent`."""
    row = open_own(request.actor).first()
    if row is None:
        raise Absent("account")
    return row


@reading
@member_only
def own(request: ActorRequest) -> HttpResponse:
    """What my account holds, and how it came about; a statement of before while it is off."""
    account = own_account(request.actor)
    if account is None:
        person_id = request.actor.person_id
        home = home_of(person_id) if person_id else None
        on = home is not None and is_open_at(home)
        return render(request, "timebank/begin.html", {"on": on})
    return render(request, "timebank/own.html", _context_of(account))


def _context_of(account: TimeAccount) -> dict[str, object]:
    gifts = value_of(DONATION, standing_of(account.community))
    live = account.closed_at is None and is_open_at(account.community)
    return {
        "account": account,
        "statement": statement_of(account),
        "orders": orders_of(account)[:20],
        "kin": kin_of(account),
        "live": live,
        "gives": live and gifts != NOWHERE,
        "gives_to": live and gifts == ANYBODY,
    }


@asking
@member_only
def begin(request: ActorRequest) -> HttpResponse:
    """Open my account, by consent that is never ticked beforehand."""
    form = bound(request, TimeConsentForm)
    lead = gettext("Services that are recorded from now on are credited; nobody ranks them.")
    label = gettext("Open an account")
    page = phone_question(form, label, label, lead).beside(cancel=reverse(OWN))

    def act(actor: Actor, **_: object) -> TimeAccount:
        return commands.create_account(actor, consent=form.consents())

    return submit(request, act, to=reverse(OWN), message=gettext("Opened."), page=page)


@asking
@member_only
def end(request: ActorRequest) -> HttpResponse:
    """Close my account."""
    _open(request)
    label = gettext("Close the account")
    lead = gettext("Help that has not come is cancelled; what it holds goes. Records stay.")
    page = phone_question(bound(request, ConfirmForm), label, label, lead)
    page = page.beside(cancel=reverse(OWN))
    message = gettext("The account is closed.")
    return submit(request, commands.close_own, to=reverse(OWN), message=message, page=page)


@asking
@member_only
def order(request: ActorRequest) -> HttpResponse:
    """Order help for myself or for my kin; the minutes are booked off at once."""
    account = _open(request)
    form = bound(request, TimeOrderForm, kin=kin_choices(account))
    lead = gettext("The minutes are booked off now, and come back if the help does not come.")
    page = phone_question(form, gettext("Order help"), gettext("Order help now"), lead)
    page = page.beside(cancel=reverse(OWN)).while_open(check_on, account.community)

    def act(actor: Actor, **_: object) -> TimeOrder:
        return ordering.order_help(actor, facts=form.facts())

    message = gettext("Ordered. The community reads it.")
    return submit(request, act, to=reverse(OWN), message=message, page=page)


@writing
@member_only
def cancel_order(request: ActorRequest, own_time_order_id: UUID) -> HttpResponse:
    """I need it no more; the minutes come back."""
    act = partial(ordering.cancel_own_order, order_id=own_time_order_id)
    message = gettext("Cancelled. The minutes are back.")
    return submit(request, act, to=reverse(OWN), message=message)


@asking
@member_only
def add_kin(request: ActorRequest) -> HttpResponse:
    """Name a relative for whom I spend hours."""
    account, form = _open(request), bound(request, KinForm)
    label = gettext("Name a relative")
    lead = gettext("You then order help for them; the community reads who it is for.")
    page = phone_question(form, label, gettext("Save"), lead).beside(cancel=reverse(OWN))
    page = page.while_open(check_on, account.community)

    def act(actor: Actor, **_: object) -> TimeKin:
        return commands.add_kin(actor, facts=form.facts())

    return submit(request, act, to=reverse(OWN), message=gettext("Saved."), page=page)


@writing
@member_only
def end_kin(request: ActorRequest, kin_id: UUID) -> HttpResponse:
    """Name them no more; the name is deleted."""
    act = partial(commands.end_kin, kin_id=kin_id)
    return submit(request, act, to=reverse(OWN), message=gettext("The name is deleted."))


@asking
@member_only
def give(request: ActorRequest) -> HttpResponse:
    """Give hours to the pool of the community."""
    account, label = _open(request), gettext("Give hours to the pool")
    lead = gettext("The community spends them for residents who have none. They do not come back.")
    page = phone_question(bound(request, PoolGiftForm), label, gettext("Give"), lead)
    page = page.beside(cancel=reverse(OWN)).while_open(check_on, account.community)
    message = gettext("Given. Thank you.")
    return submit(request, commands.donate_to_pool, to=reverse(OWN), message=message, page=page)


@asking
@member_only
def give_to(request: ActorRequest) -> HttpResponse:
    """Give hours to somebody who has an account."""
    account, label = _open(request), gettext("Give hours to somebody")
    lead = gettext("They do not come back. Who gets them is told, not of whom they are.")
    page = phone_question(bound(request, PersonGiftForm), label, gettext("Give"), lead)
    page = page.beside(cancel=reverse(OWN)).while_open(check_on, account.community)
    message = gettext("Given. Thank you.")
    return submit(request, commands.donate_to_person, to=reverse(OWN), message=message, page=page)


@reading
@member_only
def statement(request: ActorRequest, ending: str) -> HttpResponse:
    """对账单 of my account, to look at and as a file."""
    account = own_account(request.actor)
    if account is None:
        raise Absent("account")
    item = statement_item(statement_of(account))
    if ending != "html":
        return paper_download(request, statement_file(item, TIME_STATEMENT.file_in(ending)))
    return paper_page(request, TIME_STATEMENT, [item])
