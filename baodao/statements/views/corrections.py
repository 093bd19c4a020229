"""Putting one record right: reversed, or corrected, with the reason that its person will read."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.ledger.commands import corrections
from baodao.ledger.models import ServiceRecord
from baodao.ledger.queries.categories import Kinds
from baodao.ledger.queries.records import record_to_put_right, reversal_of
from baodao.ledger.rules.records import check_reversible
from baodao.statements.forms import CorrectForm, RecordReasonForm
from baodao.ui.guards import asking
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import bound, question, submit
from baodao.ui.wording import time_words


def _page_of(record: ServiceRecord) -> str:
    return reverse("statements:record", args=[record.community_id, record.id])


@asking
def undo(request: ActorRequest, community_id: int, record_id: UUID) -> HttpResponse:
    """Reverse one record."""
    record = record_to_put_right(request.actor, community_id, record_id)
    page = question(
        bound(request, RecordReasonForm),
        gettext("Reverse the record of %(name)s") % {"name": record.person.name},
        gettext("Reverse"),
        gettext(
            "Nothing is deleted: a negative record is added, and the member reads your reason."
        ),
        _facts(record),
    ).while_open(_check_standing, record)
    act = partial(corrections.reverse, community_id=community_id, record_id=record_id)
    message = gettext("Reversed. The member has been told why.")
    return submit(request, act, to=_page_of(record), message=message, page=page)


def _check_standing(record: ServiceRecord) -> None:
    reversed_by = reversal_of(record)
    check_reversible(is_reversal=record.reverses is not None, is_reversed=reversed_by is not None)


def _facts(record: ServiceRecord) -> list[tuple[str, object]]:
    return [
        (gettext("Name"), record.person.name),
        (gettext("Day of service"), record.served_on),
        (gettext("Time served"), time_words(record.minutes)),
        (gettext("Kind of service"), Kinds().of(record)),
    ]


@asking
def correct(request: ActorRequest, community_id: int, record_id: UUID) -> HttpResponse:
    """Reverse one record and record what it should have said, in one act."""
    record = record_to_put_right(request.actor, community_id, record_id)
    kinds = {"kinds": record.community, "kept": record.category}
    # no edit: a record never changes, and is corrected once
    form = bound(request, CorrectForm, **kinds, initial=_initial(record))
    page = question(
        form,
        gettext("Correct the record of %(name)s") % {"name": record.person.name},
        gettext("Correct"),
        gettext("The old record is reversed and this one takes its place; the member is told."),
    ).while_open(_check_standing, record)
    message = gettext("Corrected. The member has been told why.")
    act = partial(_correct, record, form)
    return submit(request, act, to=_page_of(record), message=message, page=page)


def _correct(
    record: ServiceRecord, form: CorrectForm, actor: Actor, reason: str, **_: object
) -> ServiceRecord:
    return corrections.correct(
        actor,
        community_id=record.community_id,
        record_id=record.id,
        entry=form.entry(record.person_id),
        reason=reason,
    )


def _initial(record: ServiceRecord) -> dict[str, object]:
    return {
        "served_on": record.served_on,
        "began": clock.local(record.began_at).time() if record.began_at else None,
        "minutes": time_words(record.minutes),
        "category": record.category,
        "way": record.way,
        "place": record.place,
        "result": record.result,
    }
