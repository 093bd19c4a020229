"""阵地预约单 of a booking, and the poster of a place; always in Chinese."""

from django.utils import translation

from baodao.documents.files import Rendered, render
from baodao.documents.posters import Poster, poster
from baodao.documents.sheets import Item
from baodao.kernel import clock
from baodao.kernel.masks import masked_name, masked_phone
from baodao.orgs.queries.tree import standing_of
from baodao.ui.hours import week_lines
from baodao.ui.wording import span_words
from baodao.venues.models import RoomBooking, Venue
from baodao.venues.rules.papers import ROOM_SLIP


def room_slip_item(row: RoomBooking, handler: str) -> Item:
    """What stands on the slip; who booked and their telephone are masked: it lies about."""
    venue = row.room.venue
    with translation.override("zh-hans"):
        return {
            "booking_code": row.code,
            "venue_name": venue.name,
            "room_title": row.room.title,
            "venue_address": venue.address,
            "booked_for": span_words(row.starts_at, row.ends_at),
            "booking_state": str(row.get_state_display()),
            "visitor": row.unit.name if row.unit else masked_name(_booker(row)),
            "visitor_phone": masked_phone(row.phone),
            "booking_notes": row.notes,
            "booked_on": clock.local(row.booked_at).date(),
            "venue_phone": venue.phone,
            "venue_keeper": row.organisation.name,
            "handler": handler,
            "issued_on": clock.today(),
        }


def _booker(row: RoomBooking) -> str:
    return row.person.name if row.person else row.visitor


def room_slip_file(item: Item, ending: str) -> Rendered:
    """The slip in one medium."""
    return render(ROOM_SLIP.code, [item], ending)


def poster_of(venue: Venue, address: str) -> Rendered:
    """A poster for the door: when it is open, what is done there, the code of its public page."""
    with translation.override("zh-hans"):
        hours = "；".join(f"{day} {words}" for day, words in week_lines(venue.weekly))
        kind = str(venue.get_kind_display())
    lines = (("开放时间", hours), ("地址", venue.address), ("服务内容", venue.text))
    return poster(
        Poster(
            title=f"{standing_of(venue.organisation).name} · {kind}",
            headline=venue.name,
            lines=tuple(f"{name}：{words}" for name, words in lines if words),
            address=address,
            foot="扫码看是否开放、预约活动室" + (f"，电话：{venue.phone}" if venue.phone else ""),
            filename=f"阵地海报-{venue.name}.pdf",
        )
    )
