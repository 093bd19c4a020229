"""阵地预约单 of a booking, and the poster of a place; always in Chinese."""

from django.utils import translation

from baodao.bookings.documents import booking_item
from baodao.documents.files import Rendered
from baodao.documents.posters import Poster, poster
from baodao.documents.sheets import Item
from baodao.kernel.masks import masked_name
from baodao.orgs.queries.tree import standing_of
from baodao.ui.hours import week_lines
from baodao.venues.models import RoomBooking, Venue


def room_slip_item(row: RoomBooking, handler: str) -> Item:
    """What stands on the slip."""
    venue = row.room.venue
    item: dict[str, object]
    with translation.override("zh-hans"):
        item = {
            **booking_item(row, handler),
            "venue_name": venue.name,
            "room_title": row.room.title,
            "venue_address": venue.address,
            "venue_phone": venue.phone,
            "venue_keeper": row.organisation.name,
        }
    if row.unit:
        item["visitor"] = row.unit.name
    elif row.person:
        item["visitor"] = masked_name(row.person.name)
    return item


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
