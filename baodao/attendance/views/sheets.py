"""签到表: the list of an activity on paper, and its codes typed in afterwards."""

from functools import partial
from typing import Any
from uuid import UUID

from csp.constants import WASM_UNSAFE_EVAL
from csp.decorators import csp_update
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import ngettext

from baodao.attendance.commands.lines import note_lines
from baodao.attendance.documents import attendance_item, attendance_sheet
from baodao.attendance.forms import AttendanceSheetForm
from baodao.attendance.models import CheckIn
from baodao.attendance.queries.lines import is_over, printed_rows, typed_sheet
from baodao.attendance.queries.rolls import list_to_keep
from baodao.attendance.rules.check_ins import CheckSide, CheckWay, check_shown
from baodao.attendance.rules.papers import ATTENDANCE_SHEET
from baodao.attendance.views.rolls import page_behind
from baodao.documents.views import paper_page
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.batch import Batch
from baodao.offers.models import Offer
from baodao.ui.guards import asking, reading
from baodao.ui.listing import paper_download
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound, submit


@csp_update({"script-src": [WASM_UNSAFE_EVAL]})  # type: ignore[arg-type]
@asking
def sheet(request: ActorRequest, offer_id: UUID) -> HttpResponse:
    """The list on paper and on a phone; once it has begun, one field for the codes of the paper,
    typed or read from photographs by WebAssembly, which runs on this page alone."""
    offer = list_to_keep(request.actor, offer_id)
    typed = partial(typed_sheet, request.actor, offer)
    form = bound(request, partial(AttendanceSheetForm, reading=typed))
    begun = offer.starts_at is not None and offer.starts_at <= clock.now()
    beside = {"offer": offer, "begun": begun, "back": page_behind(request.actor, offer)}
    beside["over"] = begun and is_over(offer)
    beside["rows"] = printed_rows(offer) if begun else []
    page = FormPage(form, "attendance/sheet.html", beside)
    page = page.while_open(check_shown, offer.kind, offer.state).beside(cancel=beside["back"])
    to = reverse("attendance:roll", args=[offer.pk])
    return submit(request, partial(_enter, offer), page=page, to=to, message=_message)


def _enter(offer: Offer, actor: Actor, **typed: Any) -> list[CheckIn]:
    """Write down what the sheet says; what was refused since it was read stays in the field."""
    batch: Batch[CheckIn] = note_lines(
        actor, offer_id=offer.pk, lines=typed["lines"], way=CheckWay.SHEET
    )
    if batch.refused:
        raise batch.refused[0][1]
    return batch.done


def _message(rows: list[CheckIn]) -> str:
    """How many came by the sheet."""
    count = sum(row.side == CheckSide.ARRIVAL for row in rows)
    message = ngettext(
        "%(count)s person of the sheet is ticked. Look at the list and record it.",
        "%(count)s persons of the sheet are ticked. Look at the list and record it.",
        count,
    )
    return message % {"count": count}


@reading
def paper(request: ActorRequest, offer_id: UUID, ending: str) -> HttpResponse:
    """The list with a code a row, to print."""
    offer = list_to_keep(request.actor, offer_id)
    check_shown(offer.kind, offer.state)
    if ending != "html":
        return paper_download(request, attendance_sheet(offer, ending))
    return paper_page(request, ATTENDANCE_SHEET, [attendance_item(offer)])
