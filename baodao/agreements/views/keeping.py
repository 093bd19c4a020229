"""Clauses of a signed agreement that were kept: said by one side, confirmed by the other."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext

from baodao.agreements.commands import keeping as commands
from baodao.agreements.forms import KeptForm
from baodao.agreements.models import Agreement
from baodao.agreements.queries.agreements import agreement_to_write, side_of
from baodao.agreements.queries.keeping import check_unstated, waiting_for
from baodao.agreements.rules.agreements import AGREEMENT, AgreementState
from baodao.agreements.views.agreements import address
from baodao.agreements.views.clauses import clause_of
from baodao.ui.forms import ReasonForm
from baodao.ui.guards import asking, ids_of, writing
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import bound, question, submit


@asking
def state(request: ActorRequest, agreement_id: UUID, clause_id: UUID) -> HttpResponse:
    """Say that a clause was kept."""
    row = agreement_to_write(request.actor, agreement_id)
    one = clause_of(row, clause_id)
    page = question(
        bound(request, KeptForm),
        gettext("“%(title)s” was kept") % {"title": one.clause.title},
        gettext("Tell the other side"),
        gettext("It counts once the other side says so too."),
        [(one.clause.title, one.wording.text)],
    ).beside(cancel=address(row))
    act = partial(commands.state_kept, agreement_id=row.pk, clause_id=clause_id)
    message = gettext("Written down. The other side is asked to confirm it.")
    page = page.while_open(check_unstated, row, one.clause)
    return submit(request, act, to=address(row), message=message, page=page)


@writing
def confirm(request: ActorRequest, agreement_id: UUID) -> HttpResponse:
    """Say so too, of one clause or of all that the other side has named."""
    ids = ids_of(request)
    act = partial(commands.confirm_kept, agreement_id=agreement_id, clause_ids=ids)
    return submit(request, act, to=address, message=gettext("Confirmed."))


@asking
def decline(request: ActorRequest, agreement_id: UUID, clause_id: UUID) -> HttpResponse:
    """Say why one does not see it so."""
    row = agreement_to_write(request.actor, agreement_id)
    one = clause_of(row, clause_id)
    words = _words_of(request, row, clause_id)
    page = question(
        bound(request, ReasonForm),
        gettext("“%(title)s” is not kept yet") % {"title": one.clause.title},
        gettext("Tell the other side"),
        gettext("The other side reads why, and may say it anew."),
        [(one.clause.title, words)],
    ).beside(cancel=address(row))
    act = partial(commands.decline_kept, agreement_id=row.pk, clause_id=clause_id)
    page = page.while_open(AGREEMENT.check, row.state, AgreementState.SIGNED)
    return submit(
        request, act, to=address(row), message=gettext("The other side is told."), page=page
    )


def _words_of(request: ActorRequest, row: Agreement, clause_id: UUID) -> str:
    """What the other side says of the clause. Raises `Absent` where nothing waits."""
    side = side_of(request.actor, row)
    assert side is not None
    return waiting_for(row, side, clause_of(row, clause_id).clause).words
