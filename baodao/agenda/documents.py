"""A member's dates as a calendar that phones read."""

from collections.abc import Sequence

from icalendar import Calendar, Event

from baodao.agenda.queries.calendars import Appointment
from baodao.kernel import clock

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
    event.add("status", appointment.status.value)
    event.add("sequence", appointment.sequence)
    event.add("dtstamp", changed_at)
    event.add("last-modified", changed_at)
    event.add("dtstart", offer.starts_at)
    event.add("dtend", offer.ends_at)
    event.add("location", "，".join(part for part in where if part))
    event.add("description", offer.text)
    return event
