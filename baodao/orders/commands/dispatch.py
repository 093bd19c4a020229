"""下单: an order becomes an offer, and goes to members, to one of them, or to units."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from baodao.agenda.commands.messages import ask
from baodao.claims.commands.assignments import assign
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.batch import Batch
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.offers.commands.answers import draft_offer
from baodao.offers.commands.offers import edit, publish
from baodao.offers.kinds.order.kind import ORDER
from baodao.offers.models import Offer
from baodao.offers.queries.offers import offer_of
from baodao.offers.rules.offers import OfferFacts
from baodao.orders.commands.whistles import whistle
from baodao.orders.rules.stages import Road
from baodao.orders.rules.whistles import check_chosen, check_one
from baodao.people.queries.members import lock_persons


@dataclass(frozen=True)
class Dispatch:
    """By which road an order goes, and to which of these members or units."""

    road: str
    person_ids: Collection[UUID] = ()
    unit_ids: Collection[int] = ()


@dataclass(frozen=True)
class OrderWords:
    """What everybody reads of an order: nothing that tells who asked."""

    title: str
    schedule: str = ""
    text: str = ""


@command
def send_order(actor: Actor, *, need_id: UUID, words: OrderWords, to: Dispatch) -> Batch[Offer]:
    """Offer a need that waits as an order, and send it on its road: all of it, or nothing.

    Refused where something else is drafted for it already, or where nobody could be told. Cannot be
    taken back: who asked reads it at once; an order is cancelled, with a reason.
    """
    lock_persons(to.person_ids)
    draft = draft_offer(actor, need_id=need_id, kind=ORDER.code)
    if draft.kind != ORDER:
        raise Refused(
            "order.drafted",
            gettext_noop("“%(title)s” is drafted for it already; publish or cancel that first."),
            title=draft.title,
        )
    facts = OfferFacts(
        kind=ORDER,
        title=words.title,
        category=draft.category,
        text=words.text,
        schedule=words.schedule,
        places=draft.places,
    )
    edit(actor, offer_id=draft.pk, facts=facts)
    offer = publish(actor, offer_id=draft.pk)
    return send_on(actor, offer_id=offer.pk, to=to)


@command
def send_on(actor: Actor, *, offer_id: UUID, to: Dispatch) -> Batch[Offer]:
    """Send an offer for one person, open to members, on its road: ask a few, keep it for one,
    whistle for units. Who could not be told is named. Raises `Absent` for any other offer. Cannot
    be taken back: it is read at once."""
    if not offer_of(actor, offer_id, Permission.OFFER_EDIT).kind.personal:
        raise Absent("order")
    outcome: Batch[Any] = Batch()
    match to.road:
        case Road.MEMBERS:
            pass
        case Road.ASKED:
            check_chosen(to.person_ids)
            outcome = ask(actor, offer_id=offer_id, person_ids=to.person_ids)
        case Road.NAMED:
            check_one(to.person_ids)
            [person_id] = to.person_ids
            assign(actor, offer_id=offer_id, person_id=person_id)
        case Road.UNITS:
            outcome = whistle(actor, offer_id=offer_id, unit_ids=to.unit_ids)
        case _:
            raise Refused("order.road", gettext_noop("Choose to whom it goes."))
    if outcome.refused and not outcome.done:
        name, refused = outcome.refused[0]
        refused.name = name
        raise refused
    return Batch([offer_of(actor, offer_id, Permission.OFFER_EDIT)], outcome.refused)
