"""The supply ledger of a call-up: read with a form for the next line, corrected, printed."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from baodao.callups.commands.supplies import add_supply, counter_supply
from baodao.callups.documents import supply_ledger, supply_ledger_item
from baodao.callups.forms import SupplyForm
from baodao.callups.models import SupplyEntry
from baodao.callups.queries.callups import CALL_UP, one_call, one_supply
from baodao.callups.queries.supplies import check_counterable, stocks_of, supply_lines
from baodao.callups.rules.callups import CallStage
from baodao.callups.rules.papers import SUPPLY_LEDGER
from baodao.documents.views import paper_page
from baodao.kernel.authz import Actor
from baodao.ui.forms import ReasonForm
from baodao.ui.guards import asking, reading
from baodao.ui.listing import paper_download
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound, question, submit


@asking
def supplies(request: ActorRequest, callup_id: UUID) -> HttpResponse:
    """Every line with what was left after it, and the form for the next one."""
    # no end: the page has its form while the call-up goes on
    call = one_call(request.actor, callup_id)
    form = bound(request, SupplyForm)
    writes = call.stage in (CallStage.SENDING, CallStage.OPEN)
    page = FormPage(form, "callups/supplies.html").beside(
        call=call,
        lines=supply_lines(call),
        stocks=stocks_of(call),
        writes=writes and bool(request.actor.paths(CALL_UP)),
    )

    def act(actor: Actor, **_: object) -> SupplyEntry:
        return add_supply(actor, call_id=call.pk, facts=form.facts())

    message = gettext("Entered in the ledger.")
    return submit(request, act, to=_page(call.pk), message=message, page=page)


def _page(call_id: UUID) -> str:
    return reverse("callups:supplies", args=[call_id])


@asking
def counter(request: ActorRequest, supply_id: UUID) -> HttpResponse:
    """Take a line back, asked once."""
    entry = one_supply(request.actor, supply_id)
    page = question(
        bound(request, ReasonForm),
        gettext("Take “%(item)s” back") % {"item": entry.item},
        gettext("Write the counter entry"),
        gettext("Both lines stay in the ledger."),
    ).beside(cancel=_page(entry.call_id))
    act = partial(counter_supply, entry_id=entry.pk)
    page = page.while_open(check_counterable, entry)
    return submit(request, act, to=_page(entry.call_id), message=gettext("Saved."), page=page)


@reading
def paper(request: ActorRequest, callup_id: UUID, ending: str) -> HttpResponse:
    """物资台账 to look at and as a file."""
    call = one_call(request.actor, callup_id)
    if ending != "html":
        return paper_download(request, supply_ledger(call, SUPPLY_LEDGER.file_in(ending)))
    return paper_page(request, SUPPLY_LEDGER, [supply_ledger_item(call)])
