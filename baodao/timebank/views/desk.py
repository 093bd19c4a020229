"""The time bank at the window: orders of the community, accounts by their number, the pool."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from baodao.documents.views import paper_page
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.orgs.requests import acting_community, acting_for
from baodao.orgs.rules.policies import AUTHORITIES
from baodao.residents.queries.counts import last_quarter
from baodao.talents.queries.talents import talent_of
from baodao.timebank.commands import accounts as commands
from baodao.timebank.commands import orders as ordering
from baodao.timebank.documents import statement_file, statement_item
from baodao.timebank.forms import (
    AccountNumberForm,
    KinForm,
    OrderByHandForm,
    PoolForm,
    TimeConsentForm,
    kin_choices,
)
from baodao.timebank.models import TimeAccount, TimeKin, TimeOrder
from baodao.timebank.queries.accounts import (
    account_in_charge,
    check_on,
    check_opening,
    holders_numbered,
    is_open_at,
    kin_of,
    owner_name,
    pools_in,
    talent_without_account,
)
from baodao.timebank.queries.counts import time_counts
from baodao.timebank.queries.lines import statement_of
from baodao.timebank.queries.orders import (
    order_in_charge,
    orders_in,
    orders_of,
    story_of_order,
)
from baodao.timebank.rules.accounts import HOLDERS, AccountKind
from baodao.timebank.rules.orders import TIME_ORDER, TimeOrderState
from baodao.timebank.rules.papers import TIME_STATEMENT
from baodao.timebank.tables import FIRST_TAB, TABS, for_whom, orders_spec
from baodao.ui.forms import ConfirmForm, ReasonForm
from baodao.ui.guards import asking, reading, writing
from baodao.ui.listing import Listing, paper_download
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import bound, question, submit

BOARD = "timebank:board"


@reading
def board(request: ActorRequest) -> HttpResponse:
    """The orders of the community by what became of them, and its pool."""
    community = acting_community(request, Permission.TIMEBANK_SERVE)
    tab = request.GET.get("state", "") or FIRST_TAB
    context = {
        "place": community,
        "on": is_open_at(community),
        "tabs": [(key, label, key == tab) for key, (label, _) in TABS.items()],
        "pools": pools_in(request.actor, community),
    }
    listing = Listing(orders_in(request.actor, community), request, orders_spec())
    return listing.response("timebank/board.html", context)


@reading
def counts(request: ActorRequest) -> HttpResponse:
    """What is told of the time bank in each place below, of the last quarter."""
    place = acting_for(request, tuple(AUTHORITIES), Permission.FIGURE_READ)
    period = last_quarter()
    rows = time_counts(request.actor, place, period)
    context = {"place": place, "rows": rows, "since": period.first, "on": period.last}
    return render(request, "timebank/counts.html", context)


@reading
def find(request: ActorRequest) -> HttpResponse:
    """The account of who stands at the window, by their volunteer number."""
    community = acting_community(request, Permission.TIMEBANK_SERVE)
    number = request.GET.get("number", "").strip()
    row = holders_numbered(request.actor, community, number).first() if number else None
    if row is not None:
        return redirect(_address(row))
    context = {
        "form": AccountNumberForm(request.GET or None),
        "number": number,
        "place": community,
        "talent": talent_without_account(request.actor, community, number),
    }
    return render(request, "timebank/find.html", context)


def _address(row: TimeAccount) -> str:
    return reverse("timebank:account", args=[row.pk])


def _order_address(row: TimeOrder) -> str:
    return reverse("timebank:order", args=[row.pk])


def _held_by(request: ActorRequest, account_id: UUID, *kinds: AccountKind) -> TimeAccount:
    """An open account of one of these kinds. Raises `Absent`."""
    row = account_in_charge(request.actor, account_id)
    if row.kind not in kinds:
        raise Absent("account")
    return row


@reading
def account(request: ActorRequest, time_account_id: UUID) -> HttpResponse:
    """An account at the window: what it holds and what was ordered, for who stands there."""
    row = account_in_charge(request.actor, time_account_id)
    context = {
        "account": row,
        "name": owner_name(row),
        "statement": statement_of(row),
        "orders": orders_of(row)[:20],
        "kin": kin_of(row),
        "on": is_open_at(row.community),
    }
    return render(request, "timebank/account.html", context)


@asking
def create_for_talent(request: ActorRequest, talent_id: UUID) -> HttpResponse:
    """Open an account for somebody of the list of talents who asks for it."""
    talent = talent_of(request.actor, talent_id)
    form = bound(request, TimeConsentForm)
    headline = gettext("Open an account for %(name)s") % {"name": talent.name}
    page = question(form, headline, gettext("Open an account"))
    page = page.beside(cancel=reverse("talents:talent", args=[talent.pk]))
    page = page.while_open(check_opening, talent)

    def act(actor: Actor, **_: object) -> TimeAccount:
        return commands.create_for_talent(actor, talent_id=talent.pk, consent=form.consents())

    return submit(request, act, to=_address, message=gettext("Opened."), page=page)


@asking
def create_pool(request: ActorRequest) -> HttpResponse:
    """Open the pool of the community."""
    community = acting_community(request, Permission.TIMEBANK_SERVE)
    lead = gettext("People give hours to it; the community spends them for who has none.")
    label = gettext("Open a pool")
    page = question(bound(request, PoolForm), label, label, lead).beside(cancel=reverse(BOARD))
    act = partial(commands.create_pool, community_id=community.pk)
    return submit(request, act, to=_address, message=gettext("Opened."), page=page)


@asking
def close(request: ActorRequest, time_account_id: UUID) -> HttpResponse:
    """Close the account of a talent who asks for it."""
    # no end: only open accounts are found
    row = _held_by(request, time_account_id, AccountKind.TALENT)
    label = gettext("Close the account")
    lead = gettext("Help that has not come is cancelled; what it holds goes. Records stay.")
    page = question(bound(request, ConfirmForm), label, label, lead).beside(cancel=_address(row))
    act = partial(commands.close_by_hand, account_id=row.pk)
    return submit(
        request, act, to=reverse(BOARD), message=gettext("The account is closed."), page=page
    )


@asking
def add_kin(request: ActorRequest, time_account_id: UUID) -> HttpResponse:
    """Name a relative for who stands at the window."""
    row, form = _held_by(request, time_account_id, *HOLDERS), bound(request, KinForm)
    page = question(form, gettext("Name a relative"), gettext("Save"))
    page = page.beside(cancel=_address(row)).while_open(check_on, row.community)

    def act(actor: Actor, **_: object) -> TimeKin:
        return commands.add_kin_by_hand(actor, account_id=row.pk, facts=form.facts())

    return submit(request, act, to=_address(row), message=gettext("Saved."), page=page)


@asking
def order_by_hand(request: ActorRequest, time_account_id: UUID) -> HttpResponse:
    """Take an order down at the window or on the telephone."""
    row = account_in_charge(request.actor, time_account_id)
    form = bound(request, OrderByHandForm, kin=kin_choices(row))
    lead = gettext("The minutes are booked off now, and come back if the help does not come.")
    page = question(form, gettext("Order help"), gettext("Order help now"), lead)
    page = page.beside(cancel=_address(row)).while_open(check_on, row.community)

    def act(actor: Actor, **_: object) -> TimeOrder:
        return ordering.order_by_hand(actor, account_id=row.pk, facts=form.facts())

    return submit(request, act, to=_order_address, message=gettext("Ordered."), page=page)


@reading
def statement(request: ActorRequest, time_account_id: UUID, ending: str) -> HttpResponse:
    """对账单, printed for who owns the account."""
    row = account_in_charge(request.actor, time_account_id)
    item = statement_item(statement_of(row))
    if ending != "html":
        return paper_download(request, statement_file(item, TIME_STATEMENT.file_in(ending)))
    return paper_page(request, TIME_STATEMENT, [item])


@reading
def order(request: ActorRequest, time_order_id: UUID) -> HttpResponse:
    """One order: what, for whom, and what can be done next."""
    row = order_in_charge(request.actor, time_order_id)
    context = {
        "order": row,
        "whom": for_whom(row),
        "owner": owner_name(row.account),
        "items": story_of_order(row),
    }
    return render(request, "timebank/order.html", context)


@writing
def confirm(request: ActorRequest, time_order_id: UUID) -> HttpResponse:
    """The help came."""
    row = order_in_charge(request.actor, time_order_id)
    act = partial(ordering.confirm_order, order_id=row.pk)
    return submit(request, act, to=_order_address(row), message=gettext("Noted."))


@asking
def cancel(request: ActorRequest, time_order_id: UUID) -> HttpResponse:
    """The help does not come; the minutes go back."""
    row = order_in_charge(request.actor, time_order_id)
    page = question(
        bound(request, ReasonForm),
        gettext("Cancel the order"),
        gettext("Cancel the order"),
        gettext("The minutes go back to the account at once; the owner reads the reason."),
    ).beside(cancel=_order_address(row))
    page = page.while_open(TIME_ORDER.check, row.state, TimeOrderState.ORDERED)
    act = partial(ordering.cancel_order, order_id=row.pk)
    return submit(request, act, to=_order_address(row), message=gettext("Cancelled."), page=page)
