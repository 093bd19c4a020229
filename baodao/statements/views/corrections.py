"""Putting one record right: reversed, or corrected, with the reason that its person will read."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.ledger.commands import corrections
from baodao.ledger.models import ServiceRecord
from baodao.ledger.queries.records import record_of
from baodao.statements.forms import CorrectForm, RecordReasonForm
from baodao.statements.tables.words import Kinds, time_words
from baodao.ui.guards import asking
from baodao.ui.questions import Question, asked, fresh
from baodao.ui.requests import ActorRequest


def _record(request: ActorRequest, community_id: int, record_id: UUID) -> ServiceRecord:
    return record_of(request.actor, Permission.RECORD_REVERSE, community_id, record_id)


def _page_of(record: ServiceRecord) -> str:
    return reverse("statements:record", args=[record.community_id, record.id])


@asking
def undo(request: ActorRequest, community_id: int, record_id: UUID) -> HttpResponse:
    """Reverse one record."""
    record = _record(request, community_id, record_id)
    question = Question(
        gettext("Reverse the record of %(name)s") % {"name": record.person.name},
        gettext("Reverse"),
        _page_of(record),
        gettext(
            "Nothing is deleted: a negative record is added, and the member reads your reason."
        ),
        facts=_facts(record),
    )
    write = partial(corrections.reverse, community_id=community_id, record_id=record_id)
    sentence = gettext("Reversed. The member has been told why.")
    return asked(request, fresh(request, RecordReasonForm), question, write, sentence)


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
    record = _record(request, community_id, record_id)
    form = fresh(request, CorrectForm, kinds=record.community, initial=_initial(record))
    act = partial(corrections.correct, community_id=community_id, record_id=record_id)

    def write(actor: Actor, reason: str, **_: object) -> None:
        act(actor, entry=form.entry(record.person_id), reason=reason)

    sentence = gettext("Corrected. The member has been told why.")
    return asked(request, form, _question(record), write, sentence)


def _question(record: ServiceRecord) -> Question:
    return Question(
        gettext("Correct the record of %(name)s") % {"name": record.person.name},
        gettext("Correct"),
        _page_of(record),
        gettext("The old record is reversed and this one takes its place; the member is told."),
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
