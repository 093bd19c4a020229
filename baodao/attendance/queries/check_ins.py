"""Codes that are shown on the spot, and who checked in and out by them."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from baodao.attendance.models import CheckIn
from baodao.attendance.rules.check_ins import (
    CheckWay,
    PlaceCode,
    Presence,
    PresenceMark,
    read,
    turn_of,
    written,
)
from baodao.attendance.rules.lines import presences_of
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.crypto import ring
from baodao.kernel.errors import Absent
from baodao.offers.models import Offer
from baodao.offers.queries.offers import offer_rows
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import ids_below
from baodao.people.queries.members import entries_of


def _sign(content: bytes) -> bytes:
    return ring().blind(content.hex(), "place-code")


def code_now(offer: Offer) -> str:
    """The code that is shown now where an offer takes place; the caller may record there."""
    return written(PlaceCode(offer.pk, turn_of(clock.now())), _sign)


def code_by_text(text: str) -> PlaceCode:
    """What a scanned code says; raises `Refused` for one that is not ours."""
    return read(text, _sign)


def hours_of(offer: Offer) -> tuple[datetime, datetime]:
    """From when until when an offer with a list lasts."""
    assert offer.starts_at is not None
    assert offer.ends_at is not None
    return offer.starts_at, offer.ends_at


def day_of(offer: Offer) -> date:
    """The day of an offer with a list: the one on which it begins."""
    return clock.local(hours_of(offer)[0]).date()


def offer_attended(actor: Actor, offer_id: UUID) -> Offer:
    """An offer to which the actor came, whatever became of it; raises `Absent`."""
    entries = entries_of([actor.person_id] if actor.person_id else [])
    rows = CheckIn.objects.filter(offer_id=offer_id, person__in=entries)
    offer = offer_rows().filter(pk=offer_id).first() if rows.exists() else None
    if offer is None:
        raise Absent("offer")
    return offer


def own_presence(actor: Actor, offer: Offer) -> Presence:
    """From when until when the actor was there, as far as they checked in and out."""
    if actor.person_id is None:
        return Presence()
    rows = check_ins_at(offer).filter(person__in=entries_of([actor.person_id]))
    return _presences(rows).get(actor.person_id, Presence())


def check_ins_at(offer: Offer) -> QuerySet[Any]:
    """Who came to an offer and who left, whichever way it was written down, each with the `owner`:
    the person, or whom they were merged into. For whoever fetched the offer in their scope."""
    return check_ins_in(offer.community, offer.pk)


def check_ins_in(community: Organisation, offer_id: UUID) -> QuerySet[Any]:
    """Who came to an offer of a community and who left, by the id of the offer alone."""
    rows = CheckIn.objects.filter(community__in=ids_below(community.path), offer_id=offer_id)
    owned = rows.annotate(owner=Coalesce(F("person__merged_into"), F("person")))
    return owned.order_by("scanned_at")


def presences(offer: Offer) -> dict[UUID, Presence]:
    """From when until when people were at an offer, as far as they checked in and out or whoever
    kept the list wrote it down, by the person. For whoever fetched the offer in their scope."""
    return _presences(check_ins_at(offer))


def _presences(rows: Iterable[Any]) -> dict[UUID, Presence]:
    return presences_of(
        (row.owner, PresenceMark(row.side, row.scanned_at, row.way)) for row in rows
    )


REQUIREMENTS: list[Callable[[Offer], bool]] = []


def register_requirement(requires: Callable[[Offer], bool]) -> None:
    """Add what says of an offer whether checking in is required there: a slice above that has a
    basis for it."""
    REQUIREMENTS.append(requires)


def kept_on_the_spot(offer: Offer) -> bool:
    """Whether somebody kept the list of an offer on a phone or on paper, or checking in is required
    there: then that says who came."""
    if any(requires(offer) for requires in REQUIREMENTS):
        return True
    return check_ins_at(offer).exclude(way=CheckWay.SCAN).exists()
