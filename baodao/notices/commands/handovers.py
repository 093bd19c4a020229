"""Who is told that an organisation was reorganised, and what is told no more to who died."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from django.db.models import QuerySet

from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.errors import gettext_noop, ngettext_noop
from baodao.notices.commands.notices import Message, announce, announce_handover
from baodao.notices.models import Delivery, Notice
from baodao.notices.rules.deliveries import DeliveryState
from baodao.orgs.queries.tree import by_id
from baodao.orgs.rules.handovers import (
    Fate,
    Handover,
    HandoverLine,
    Reform,
    ReorganisationPlan,
    Restoration,
    UndoList,
)
from baodao.people.commands.endings import EndingRows
from baodao.people.commands.handovers import members_below, members_of
from baodao.people.rules.departures import Departure, Ending, Json, Obstacles

UNSENT = (DeliveryState.COLLECTING, DeliveryState.SENDING, DeliveryState.WAITING)


def _organisations(plan: ReorganisationPlan) -> list[int]:
    """The organisation itself, where it goes on, everyone that takes over, and where it is moved
    the one below which it stood and the one below which it stands from now on."""
    own = [] if plan.organisation_id in plan.ending else [plan.organisation_id]
    above = []
    if plan.reform is Reform.MOVED:
        above = [by_id(plan.organisation_id).parent_id, plan.aim.parent_id]
    return [*own, *(one for one in above if one is not None), *plan.aim.successor_ids]


def _lines(plan: ReorganisationPlan) -> Iterator[HandoverLine]:
    words = ngettext_noop("%(count)s organisation is told.", "%(count)s organisations are told.")
    yield HandoverLine(Fate.GOES, len(_organisations(plan)), words)


def _to_members(plan: ReorganisationPlan, kind: str) -> Iterator[Message]:
    """Who is in another branch now, and who is in another unit with their branch."""
    facts = {"name": plan.name, "target": plan.target, "reason": plan.reason}
    for person_id in members_of(plan):
        yield Message(kind, person_id=person_id, facts=facts)
    below = members_below(plan)
    names = {heir_id: by_id(heir_id).name for heir_id in {heir_id for _, heir_id in below}}
    for person_id, heir_id in below:
        goes = {"name": plan.name, "target": names[heir_id], "reason": plan.reason}
        yield Message("organisation-taken-over", person_id=person_id, facts=goes)


def _tell(_actor: Actor, plan: ReorganisationPlan, changes: UndoList) -> None:
    kind = f"organisation-{plan.reform.value}"
    facts = {"name": plan.name, "target": plan.target, "reason": plan.reason}
    announce_handover(
        changes,
        [
            *(Message(kind, organisation_id=one, facts=facts) for one in _organisations(plan)),
            *_to_members(plan, kind),
        ],
    )


def tell_restored(restoration: Restoration) -> None:
    """Whoever was told of a reorganisation hears that it was undone."""
    kind, facts = "organisation-restored", {"name": restoration.name}
    announce(
        [
            *(
                Message(kind, organisation_id=one, facts=facts)
                for one in sorted(restoration.organisation_ids)
            ),
            *(Message(kind, person_id=one, facts=facts) for one in sorted(restoration.person_ids)),
        ]
    )


HANDOVERS = (
    Handover("notice", _lines, _tell),
    Handover("channel"),
    Handover("complaint", words=gettext_noop("complaints and suggestions")),
)


def _unread(departures: Sequence[Departure]) -> QuerySet[Notice]:
    died = [one.person_id for one in departures if one.ending is Ending.DIED]
    return Notice.objects.filter(person__in=died, read_at=None)


def _fall_silent(_actor: Actor, rows: Sequence[Notice], _gone: Mapping[UUID, Departure]) -> None:
    """Count notices to who died as read."""
    Notice.objects.filter(pk__in=[row.pk for row in rows]).update(read_at=clock.now())


UNREAD = EndingRows(Notice, ("read_at",), _unread, _fall_silent)


class Unsent:
    """What was to be sent outside to who died is given up. It is not sent later either: what it
    tells of is unread again in the app."""

    key = "notices.delivery"

    def let_go(self, actor: Actor, departures: Sequence[Departure]) -> Json:  # noqa: ARG002 - a step's shape
        died = [one.person_id for one in departures if one.ending is Ending.DIED]
        unsent = Delivery.objects.filter(channel__account__person__in=died, state__in=UNSENT)
        unsent.update(state=DeliveryState.GIVEN_UP, next_at=None)
        return {}

    def obstacles(self, marks: Json) -> Obstacles:  # noqa: ARG002
        return {}

    def take_back(self, actor: Actor, marks: Json) -> None:
        """Nothing is kept to be put back."""
