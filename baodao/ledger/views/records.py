"""A community's records: the list, one record with its story, putting it right."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.ledger import commands, queries
from baodao.ledger.forms import CorrectForm, ReasonForm
from baodao.ledger.models import ServiceRecord
from baodao.ledger.tables import Kinds, time_words
from baodao.ledger.tables.lists import records_here
from baodao.ledger.views.acting import community_of
from baodao.ui.guards import asking, reading
from baodao.ui.listing import Listing
from baodao.ui.questions import Question, asked, fresh
from baodao.ui.requests import ActorRequest


@reading
def records(request: ActorRequest) -> HttpResponse:
    """What was recorded here; what was reversed stands there struck, with the reason."""
    community = community_of(request, Permission.RECORD_READ)
    here = queries.records(request.actor).filter(community=community)
    may_enter = request.actor.may(Permission.RECORD_CREATE, community.path)
    listing = Listing(
        queries.originals(here), request, records_here(community, may_enter=may_enter)
    )
    context = {
        "community": community,
        "kinds": Kinds(),
        "totals": queries.totals_of(here),
        "may_enter": may_enter,
        "waiting": queries.waiting_statements(request.actor, community).count(),
        "disputed": queries.open_disputes(request.actor, community).count(),
    }
    return listing.response("ledger/records.html", context)


@reading
def record(request: ActorRequest, community_id: int, record_id: UUID) -> HttpResponse:
    """One record: all facts, how it came in, its place in the chain, what happened to it."""
    held = queries.record_of(request.actor, Permission.RECORD_READ, community_id, record_id)
    undone = queries.reversal_of(held)
    may_reverse = request.actor.may(Permission.RECORD_REVERSE, held.community_path)
    context = {
        "record": held,
        "undone": undone,
        "right": queries.correction_of(held),
        "items": queries.timeline_of(held),
        "may_put_right": may_reverse and not undone and held.reverses is None,
        "disputes": queries.disputes(request.actor).filter(record_id=held.id),
    }
    return render(request, "ledger/record.html", context)


def _reversible(request: ActorRequest, community_id: int, record_id: UUID) -> ServiceRecord:
    return queries.record_of(request.actor, Permission.RECORD_REVERSE, community_id, record_id)


def _back(held: ServiceRecord) -> str:
    return reverse("ledger:record", args=[held.community_id, held.id])


def _facts(held: ServiceRecord) -> list[tuple[str, object]]:
    return [
        (gettext("Name"), held.person.name),
        (gettext("Day of service"), held.served_on),
        (gettext("Time served"), time_words(held.minutes)),
        (gettext("Kind of service"), Kinds().of(held)),
    ]


@asking
def undo(request: ActorRequest, community_id: int, record_id: UUID) -> HttpResponse:
    """Reverse one record with the reason that its person will read."""
    held = _reversible(request, community_id, record_id)
    question = Question(
        gettext("Reverse the record of %(name)s") % {"name": held.person.name},
        gettext("Reverse"),
        _back(held),
        gettext(
            "Nothing is deleted: a negative record is added, and the member reads your reason."
        ),
        facts=_facts(held),
    )
    write = partial(commands.reverse, community_id=community_id, record_id=record_id)
    said = gettext("Reversed. The member has been told why.")
    return asked(request, fresh(request, ReasonForm), question, write, said)


@asking
def correct(request: ActorRequest, community_id: int, record_id: UUID) -> HttpResponse:
    """Put one record right: the old one is reversed and a new one recorded, in one act."""
    held = _reversible(request, community_id, record_id)
    form = fresh(request, CorrectForm, kinds=held.community, initial=_initial(held))
    act = partial(commands.correct, community_id=community_id, record_id=record_id)

    def write(actor: Actor, reason: str, **_: object) -> None:
        act(actor, entry=form.entry(held.person_id), reason=reason)

    said = gettext("Corrected. The member has been told why.")
    return asked(request, form, _correcting(held), write, said)


def _correcting(held: ServiceRecord) -> Question:
    return Question(
        gettext("Correct the record of %(name)s") % {"name": held.person.name},
        gettext("Correct"),
        _back(held),
        gettext("The old record is reversed and this one takes its place; the member is told."),
    )


def _initial(held: ServiceRecord) -> dict[str, object]:
    return {
        "served_on": held.served_on,
        "began": clock.local(held.began_at).time() if held.began_at else None,
        "minutes": time_words(held.minutes),
        "category": held.category,
        "way": held.way,
        "place": held.place,
        "result": held.result,
    }
