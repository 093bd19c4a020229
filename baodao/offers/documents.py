"""Offers on paper and in a calendar: the table of claims, a member's dates."""

from collections.abc import Sequence

from django.utils import translation
from icalendar import Calendar, Event

from baodao.documents.filling import Item
from baodao.documents.rendering import Rendered, render
from baodao.kernel import clock
from baodao.kernel.masks import masked_phone
from baodao.offers.models import Claim
from baodao.offers.queries.calendars import Appointment
from baodao.offers.rules.papers import CLAIM_LIST
from baodao.offers.tables.words import kind_word, when
from baodao.people.queries.members import unit_of

TITLE = "报到 · 我认领的服务"
"""What phones call the calendar; in Chinese, as every paper."""


def calendar_of(appointments: Sequence[Appointment]) -> bytes:
    """These dates as iCalendar (RFC 5545, 7986) in UTF-8, each with its own standing id."""
    calendar = Calendar()
    calendar.add("prodid", "-//Baodao//claims//ZH")
    calendar.add("version", "2.0")
    for name in ("name", "x-wr-calname"):
        calendar.add(name, TITLE)
    calendar.add("x-wr-timezone", str(clock.ZONE))
    for appointment in appointments:
        calendar.add_component(_event(appointment))
    content: bytes = calendar.to_ical()
    return content


def _event(appointment: Appointment) -> Event:
    claim, changed_at = appointment.seat.claim, appointment.changed_at
    offer = claim.offer
    where = (offer.community.name, offer.place)
    event = Event()
    event.add("uid", f"{claim.pk}@baodao")
    event.add("summary", offer.title)
    event.add("status", appointment.standing.value)
    event.add("sequence", appointment.sequence)
    event.add("dtstamp", changed_at)
    event.add("last-modified", changed_at)
    event.add("dtstart", offer.starts_at)
    event.add("dtend", offer.ends_at)
    event.add("location", "，".join(part for part in where if part))
    event.add("description", offer.text)
    return event


def claim_list(place: str, claims: Sequence[Claim], ending: str) -> Rendered:
    """认领登记表 of a community, a unit or one offer, telephones masked."""
    return render(CLAIM_LIST.code, [claim_list_item(place, claims)], ending)


def claim_list_item(place: str, claims: Sequence[Claim]) -> Item:
    """The claims in the order given, in Chinese whatever the reader's language."""
    with translation.override("zh-hans"):
        rows = [_row(claim) for claim in claims]
    return {"organisation": place, "as_of": clock.today(), "rows": rows}


def _row(claim: Claim) -> dict[str, object]:
    offer = claim.offer
    return {
        "name": claim.claimant.name,
        "unit": unit_of(claim.branch).name,
        "phone": masked_phone(claim.person.phone) if claim.person else "",
        "offer": offer.title,
        "kind": kind_word(offer.kind),
        "when": when(offer),
        "place": offer.place,
        "claimed_on": clock.local(claim.claimed_at).date(),
        "state": claim.get_state_display(),
    }
