"""Dates of a member or a team as a calendar that phones read, the poster of a service, the list of
wishes."""

from collections.abc import Sequence

from django.utils import translation
from icalendar import Calendar, Event

from baodao.agenda.models import Feed
from baodao.agenda.queries.feeds import FeedAppointment
from baodao.agenda.queries.wishes import WishStory
from baodao.agenda.rules.papers import WISH_LIST
from baodao.documents.files import Rendered, render
from baodao.documents.posters import Poster, poster
from baodao.documents.sheets import Item
from baodao.kernel import clock
from baodao.kernel.masks import masked_phone
from baodao.needs.rules.life import NeedState
from baodao.offers.models import Offer
from baodao.offers.queries.words import in_words, when

OWN = "我认领的服务"
"""What phones call a member's own calendar; in Chinese, as every paper."""


def poster_of(offer: Offer, address: str) -> Rendered:
    """A poster for the notice board that leads members to a service; in Chinese, as every paper."""
    with translation.override("zh-hans"):
        times = when(offer)
    lines = (("时间", times), ("地点", offer.place), ("请自带", offer.bring), ("内容", offer.text))
    phone = offer.community.contact_phone
    return poster(
        Poster(
            title=offer.community.name,
            headline=offer.title,
            lines=tuple(f"{name}：{words}" for name, words in lines if words),
            address=address,
            foot="党员扫码认领" + (f"，社区电话：{phone}" if phone else ""),
            filename=f"海报-{offer.title}.pdf",
        )
    )


def calendar_of(feed: Feed, appointments: Sequence[FeedAppointment]) -> bytes:
    """These dates as iCalendar (RFC 5545, 7986) in UTF-8, each with its own standing id."""
    place = feed.unit or feed.team
    title = f"报到 · {place.name if place else OWN}"
    calendar = Calendar()
    calendar.add("prodid", "-//Baodao//claims//ZH")
    calendar.add("version", "2.0")
    for name in ("name", "x-wr-calname"):
        calendar.add(name, title)
    calendar.add("x-wr-timezone", str(clock.ZONE))
    for appointment in appointments:
        calendar.add_component(_event(appointment))
    content: bytes = calendar.to_ical()
    return content


def _event(appointment: FeedAppointment) -> Event:
    offer, changed_at = appointment.offer, appointment.changed_at
    where = (offer.community.name, offer.place)
    event = Event()
    event.add("uid", f"{appointment.key}@baodao")
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


def wish_list(place: str, wishes: Sequence[WishStory], ending: str) -> Rendered:
    """微心愿登记表 of a community, telephones masked."""
    return render(WISH_LIST.code, [wish_list_item(place, wishes)], ending)


def wish_list_item(place: str, wishes: Sequence[WishStory]) -> Item:
    """The wishes in the order given, in Chinese whatever the reader's language."""
    with translation.override("zh-hans"):
        rows = [_wish_row(wish) for wish in wishes]
    return {"organisation": place, "as_of": clock.today(), "rows": rows}


def _wish_row(wish: WishStory) -> dict[str, object]:
    offer, need = wish.offer, wish.need
    first = wish.claims[0].claimed_at if wish.claims else None
    return {
        "name": need.asker if need else "",
        "situation": "、".join(str(words) for words in in_words(offer)),
        "phone": masked_phone(need.phone) if need and need.phone else "",
        "offer": offer.title,
        "place": need.place if need else offer.place,
        "claimed_by": "、".join(claim.claimant_name for claim in wish.claims),
        "claimed_on": clock.day_of(first),
        "met_on": clock.day_of(need.closed_at) if need and need.state == NeedState.MET else None,
        "satisfied": need.get_satisfied_display() if need and need.satisfied else "",
    }
