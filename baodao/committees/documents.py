"""会议纪要 as a paper, and a meeting as an appointment that phones read."""

from icalendar import Calendar, Event

from baodao.committees.commands.minutes import minutes_facts
from baodao.committees.models import Meeting, Minutes
from baodao.committees.rules.committees import MeetingState
from baodao.committees.rules.papers import MINUTES
from baodao.documents.queries import issued_items
from baodao.documents.sheets import Item
from baodao.kernel import clock


def minutes_item(row: Minutes) -> Item:
    """What stands on minutes: as they were issued, or a draft as it would be issued now."""
    if row.issued_at is None:
        return minutes_facts(row)
    [item] = issued_items([row.pk], MINUTES.code)
    return item


def appointment(meeting: Meeting) -> bytes:
    """One meeting as iCalendar (RFC 5545) in UTF-8, with its own standing id."""
    calendar = Calendar()
    calendar.add("prodid", "-//Baodao//meetings//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-timezone", str(clock.ZONE))
    event = Event()
    event.add("uid", f"{meeting.pk}@baodao")
    event.add("summary", meeting.committee_name)
    over = meeting.state == MeetingState.CANCELLED
    event.add("status", "CANCELLED" if over else "CONFIRMED")
    event.add("dtstamp", meeting.cancelled_at or meeting.called_at)
    event.add("dtstart", meeting.starts_at)
    event.add("location", meeting.spot)
    items = meeting.items.order_by("position").values_list("text", flat=True)
    event.add("description", "\n".join(items))
    calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content
