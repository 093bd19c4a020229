"""Codes that are shown on the spot, and who checked in and out by them."""

from datetime import date, datetime, timedelta
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
    check_fresh,
    check_hours,
    check_shown,
    read,
    turn_of,
    written,
)
from baodao.attendance.rules.lines import presences_of
from baodao.attendance.rules.policies import AROUND_MINUTES, CODE_MINUTES
from baodao.attendance.rules.rolls import EXPECTED
from baodao.claims.queries.seats import seats_ever_of
from baodao.claims.rules.lives import ClaimState
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.crypto import ring
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.offers.models import Offer
from baodao.offers.queries.offers import offer_rows
from baodao.orgs.queries.policies import values_at
from baodao.orgs.queries.tree import ids_below, standing_of
from baodao.registration.queries.registrations import in_force_on, own_registrations


def _sign(content: bytes) -> bytes:
    return ring().blind(content.hex(), "place-code")


def code_now(offer: Offer) -> str:
    """The code that is shown now where an offer takes place; the caller may record there."""
    return written(PlaceCode(offer.pk, turn_of(clock.now())), _sign)


def offer_by_code(actor: Actor, text: str) -> Offer:
    """The offer at which the actor may check in or out now, by a code that they scanned there.

    Raises `Refused` with what stands in the way: a code that is forged or no longer shown, hours
    that are not those of the offer, a list that is closed, somebody who belongs elsewhere.
    """
    code, now = read(text, _sign), clock.now()
    offer = offer_rows().filter(pk=code.offer_id).first()
    if offer is None:
        raise Absent("offer")
    values = values_at(offer.community.path)
    check_fresh(code, now, values.of(CODE_MINUTES))
    check_shown(offer.kind, offer.state)
    check_hours(hours_of(offer), now, timedelta(minutes=values.of(AROUND_MINUTES)))
    if not _belongs_to(actor, offer):
        raise Refused(
            "check-in.elsewhere",
            gettext_noop(
                "You have not claimed this and are not registered in %(community)s; ask who is in "
                "charge on the spot."
            ),
            community=offer.community.name,
        )
    return offer


def hours_of(offer: Offer) -> tuple[datetime, datetime]:
    """From when until when an offer with a list lasts."""
    assert offer.starts_at is not None
    assert offer.ends_at is not None
    return offer.starts_at, offer.ends_at


def day_of(offer: Offer) -> date:
    """The day of an offer with a list: the one on which it begins."""
    return clock.local(hours_of(offer)[0]).date()


def _belongs_to(actor: Actor, offer: Offer) -> bool:
    """Whether the actor may come to an offer: with a place in it, also a recorded one, waiting for
    one, or registered in the community of its day."""
    if actor.person_id is None:
        return False
    states = (*EXPECTED, ClaimState.WAITING, ClaimState.DONE)
    seats = seats_ever_of(actor.person_id).filter(until=None, claim__state__in=states)
    if seats.filter(claim__offer=offer.pk).exists():
        return True
    day = day_of(offer)
    community = standing_of(offer.community, day)
    here = own_registrations(actor).filter(community__in=ids_below(community.path))
    return in_force_on(here, day).exists()


def own_presence(actor: Actor, offer: Offer) -> Presence:
    """From when until when the actor was there, as far as they checked in and out."""
    return presences(offer).get(actor.person_id, Presence()) if actor.person_id else Presence()


def check_ins_at(offer: Offer) -> QuerySet[Any]:
    """Who came to an offer and who left, whichever way it was written down, each with the `owner`:
    the person, or whom they were merged into. For whoever fetched the offer in their scope."""
    rows = CheckIn.objects.filter(
        community__in=ids_below(offer.community.path), offer_id=offer.pk
    ).order_by("scanned_at")
    return rows.annotate(owner=Coalesce(F("person__merged_into"), F("person")))


def presences(offer: Offer) -> dict[UUID, Presence]:
    """From when until when people were at an offer, as far as they checked in and out or whoever
    kept the list wrote it down, by the person. For whoever fetched the offer in their scope."""
    rows = check_ins_at(offer)
    return presences_of(
        (row.owner, PresenceMark(row.side, row.scanned_at, row.way)) for row in rows
    )


def kept_on_the_spot(offer: Offer) -> bool:
    """Whether somebody kept the list of an offer on a phone or on paper: then it says who came."""
    return check_ins_at(offer).exclude(way=CheckWay.SCAN).exists()
