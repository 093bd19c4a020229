"""Places of service: kept by their level, open by their hours, their rooms lent to one an hour."""

from dataclasses import replace
from datetime import time, timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from baodao.bookings.commands import bookings as acts
from baodao.bookings.rules.bookings import BookingFacts
from baodao.kernel import clock
from baodao.kernel.authz import NOBODY, Permission
from baodao.kernel.days import month_day
from baodao.kernel.errors import Absent, Refused
from baodao.kernel.models import JournalEntry
from baodao.needs.queries.residents import page_elsewhere
from baodao.notices.models import Notice
from baodao.orgs.rules.tree import Kind
from baodao.venues.commands import bookings as commands
from baodao.venues.commands.bookings import ROOMS
from baodao.venues.commands.venues import (
    add_venue,
    edit_venue,
    end_room,
    end_venue,
    remove_day,
    set_days,
)
from baodao.venues.models import Venue
from baodao.venues.queries.venues import kept_in, opening_of, venues_near
from baodao.venues.rules.venues import OtherDays, check_days, check_room, check_venue
from baodao.venues.tasks import forget_visitors
from tests.alliance.steps import hour, token
from tests.ledger import steps as ledger
from tests.offers import steps as offer_steps
from tests.programs import program
from tests.registration.browsing import browser, text
from tests.venues.steps import (
    DAILY,
    ROOM,
    STATION,
    VISITOR,
    booked,
    free_hours,
    fresh,
    room,
    venue,
)
from tests.world import World


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name": " "}, "venue.words"),
        ({"address": ""}, "venue.words"),
        ({"kind": "shop"}, "venue.words"),
        ({"weekly": ("",) * 7}, "venue.week"),
        ({"weekly": ("上午",) * 7}, "hours.unreadable"),
    ],
)
def test_a_place_says_what_and_where_it_is_and_when_it_opens(
    change: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        check_venue(replace(STATION, **change))
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"title": ""}, "venue.room"),
        ({"seats": 0}, "venue.room"),
        ({"minutes": 5}, "venue.minutes"),
    ],
)
def test_a_room_says_for_how_many_and_how_long(change: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refused:
        check_room(replace(ROOM, **change))
    assert refused.value.code == code


@pytest.mark.parametrize(("first", "last"), [(-1, 1), (3, 2), (0, 92)])
def test_days_that_differ_are_ahead_and_not_too_many(first: int, last: int) -> None:
    today = clock.today()
    other = OtherDays(today + timedelta(first), today + timedelta(last), "", "放假")
    with pytest.raises(Refused):
        check_days(other, today)


def test_each_level_keeps_its_own_places_and_members_see_those_near(world: World) -> None:
    an, fan = world.actor("an"), world.actor("fan")
    centre = replace(STATION, kind="centre", name="东岸区党群服务中心")
    of_east = add_venue(fan, organisation_id=world.east.pk, kind=Kind.DISTRICT, facts=centre)
    of_street = replace(STATION, kind="centre", name="柳荫街道党群服务中心")
    street = add_venue(
        fan, organisation_id=world.willow_street.pk, kind=Kind.STREET, facts=of_street
    )
    station = venue(world)
    post = replace(STATION, kind="post", name="网格驿站")
    of_grid = add_venue(an, organisation_id=world.grid.pk, kind=Kind.GRID, facts=post)
    assert set(kept_in(an, world.willow)) == {station, of_grid}
    assert set(kept_in(fan, world.east)) == {of_east, street}
    assert set(venues_near(world.willow)) == {of_east, street, station, of_grid}
    assert set(venues_near(world.bridge)) == {of_east, street}
    for name, place, kind in (
        ("fan", world.willow, Kind.COMMUNITY),
        ("an", world.willow_street, Kind.STREET),
        ("bao", world.willow, Kind.COMMUNITY),
        ("deng", world.willow, Kind.COMMUNITY),
    ):
        with pytest.raises(Absent):
            add_venue(world.actor(name), organisation_id=place.pk, kind=kind, facts=STATION)


def test_it_says_whether_it_is_open_until_when_and_when_next(world: World) -> None:
    row, day = venue(world), hour(2).date()
    ten, noon, one = hour(1, time(10)), hour(1, time(12)), hour(1, time(13))
    nine, other, three = hour(2), hour(2, time(9, 30)), hour(2, time(15))
    with clock.at(ten):
        now = opening_of(row)
        assert now.until is not None
        assert now.until.ends_at == noon
    with clock.at(one):
        now = opening_of(row)
        assert (now.until, now.following and now.following.starts_at) == (None, nine)
        differs = OtherDays(day, day, "15:00-16:00", "停电检修")
        set_days(world.actor("an"), venue_id=row.pk, other=differs)
        following = opening_of(row).following
        assert following is not None
        assert following.starts_at == three
    with clock.at(other):
        assert opening_of(row).reason == "停电检修"


def test_a_resident_books_and_the_community_confirms(world: World) -> None:
    row = room(world)
    assert hour() in free_hours(row)
    one = booked(row)
    assert hour() not in free_hours(row)
    told = Notice.objects.get(kind="room-booked")
    assert (told.organisation, told.url) == (world.willow, f"/bookings/{one.pk}/")
    acts.confirm_booking(world.actor("ji"), kind=ROOMS, booking_id=one.pk, hour=one.hour)
    assert fresh(one).state == "agreed"
    assert not any(part in str(list(JournalEntry.objects.values())) for part in VISITOR)
    with pytest.raises(Refused) as taken:
        booked(row)
    assert taken.value.code == "hours.taken"
    other = booked(row, hour(1, time(10)))
    with pytest.raises(DatabaseError), transaction.atomic():
        type(one).objects.filter(pk=other.pk).update(
            starts_at=hour(1, time(9, 15)), ends_at=hour(1, time(9, 45))
        )


def test_whoever_knows_the_code_moves_and_cancels(world: World) -> None:
    row = room(world)
    one = booked(row)
    acts.confirm_booking(world.actor("an"), kind=ROOMS, booking_id=one.pk, hour=one.hour)
    assert page_elsewhere(one.code.lower()) == f"/booking/{one.code}/"
    acts.move_booking(world.actor("chen"), kind=ROOMS, code=one.code, starts_at=hour(2))
    assert (fresh(one).state, fresh(one).starts_at) == ("booked", hour(2))
    acts.cancel_by_code(NOBODY, kind=ROOMS, code=one.code)
    assert Notice.objects.filter(kind="room-given-back", about=one.pk).exists()
    with pytest.raises(Refused):
        acts.cancel_by_code(NOBODY, kind=ROOMS, code=one.code)
    names = JournalEntry.objects.filter(about=one.pk).values_list("actor_name", flat=True)
    assert "陈晓宇" not in names


def test_closing_releases_what_was_booked_and_tells_who_booked(world: World) -> None:
    [actor] = offer_steps.registered(world, 1)
    an, row = world.actor("an"), room(world)
    facts = BookingFacts(hour(), notes="读书会")
    mine = commands.book_for_oneself(actor, room_id=row.pk, facts=facts)
    late = booked(row, hour(1, time(11)))
    after = booked(row, hour(2))
    day = hour().date()
    closed = OtherDays(day, day, "10:30-12:00", "上午消防检查")
    assert set_days(an, venue_id=row.venue_id, other=closed) == 1
    assert (fresh(mine).state, fresh(mine).why) == ("cancelled", "上午消防检查")
    assert (fresh(late).state, fresh(after).state) == ("booked", "booked")
    told = Notice.objects.get(kind="room-cancelled")
    assert (told.person_id, told.url) == (actor.person_id, "/me/rooms/")
    assert hour() not in free_hours(row)
    remove_day(an, venue_id=row.venue_id, on=day)
    assert hour() in free_hours(row)
    edit_venue(an, venue_id=row.venue_id, facts=replace(STATION, weekly=("14:00-16:00",) * 7))
    assert fresh(after).state == "booked"
    end_room(an, room_id=row.pk)
    assert fresh(after).state == "cancelled"
    end_venue(an, venue_id=row.venue_id)
    assert not venues_near(world.willow)


def test_a_member_and_a_unit_book_near_where_they_belong(world: World) -> None:
    [actor] = offer_steps.registered(world, 1)
    deng, row = world.actor("deng"), room(world)
    facts = BookingFacts(hour(), notes="主题党日")
    with pytest.raises(Absent):
        commands.book_for_unit(actor, unit_id=world.bureau.pk, room_id=row.pk, facts=facts)
    with pytest.raises(Absent):
        commands.book_for_oneself(world.actor("hao") if "hao" in world.accounts else NOBODY,
                                  room_id=row.pk, facts=facts)  # fmt: skip
    one = commands.book_for_oneself(actor, room_id=row.pk, facts=facts)
    acts.confirm_booking(world.actor("an"), kind=ROOMS, booking_id=one.pk, hour=one.hour)
    told = Notice.objects.get(kind="room-confirmed")
    assert (told.person_id, told.organisation) == (actor.person_id, None)
    centre = replace(STATION, kind="centre", name="东岸区党群服务中心")
    fan = world.actor("fan")
    of_east = add_venue(fan, organisation_id=world.east.pk, kind=Kind.DISTRICT, facts=centre)
    hall = Venue.objects.get(pk=of_east.pk).rooms.create(title="礼堂", seats=100, minutes=60)
    theirs = commands.book_for_unit(deng, unit_id=world.bureau.pk, room_id=hall.pk, facts=facts)
    assert (theirs.unit, theirs.person) == (world.bureau, None)
    assert Notice.objects.get(kind="room-booked", about=theirs.pk).organisation == world.east
    acts.cancel_booking(fan, kind=ROOMS, booking_id=theirs.pk, reason="另有会议")
    assert Notice.objects.get(kind="room-cancelled").organisation == world.bureau


def test_nobody_else_reads_or_acts(world: World) -> None:
    row = room(world)
    one = booked(row)
    for name in ("bao", "deng", "fan", "chen", "sun"):
        actor = world.actor(name)
        for act in (
            lambda actor=actor: acts.confirm_booking(
                actor, kind=ROOMS, booking_id=one.pk, hour=one.hour
            ),
            lambda actor=actor: acts.unmask_visitor(
                actor, kind=ROOMS, booking_id=one.pk, reason="联系预约人"
            ),
            lambda actor=actor: end_venue(actor, venue_id=row.venue_id),
            lambda actor=actor: commands.book_by_hand(
                actor, room_id=row.pk, facts=BookingFacts(hour(2), way="window")
            ),
        ):
            with pytest.raises(Absent):
                act()
    an = world.actor("an")
    assert acts.unmask_visitor(an, kind=ROOMS, booking_id=one.pk, reason="联系预约人") == VISITOR[1]
    facts = BookingFacts(hour(2), way="phone")
    taken = commands.book_by_hand(an, room_id=row.pk, facts=facts)
    assert (taken.way, taken.booked_by, taken.state) == ("phone", "安静", "agreed")


def test_no_form_is_shown_to_who_keeps_or_is_near_a_room_of_which_no_hour_is_free(
    world: World,
) -> None:
    row = room(world)
    ledger.hosted(world)
    Venue.objects.update(weekly=[""] * 7)
    pages = [browser(world, "an").get(f"/venues/rooms/{row.pk}/book/")]
    pages.append(browser(world, "chen").get(f"/me/rooms/{row.pk}/"))
    for page in pages:
        assert "没有空闲时段" in text(page), page.wsgi_request.path
        assert 'name="client_id"' not in page.content.decode()


def test_who_booked_is_forgotten_after_a_month_or_at_once_by_the_code(world: World) -> None:
    row = room(world)
    old, own = booked(row), booked(row, hour(1, time(10)))
    acts.withdraw_visitor(NOBODY, kind=ROOMS, code=own.code)
    assert (fresh(own).visitor, fresh(own).phone, fresh(own).state) == ("", "", "booked")
    desk = browser(world, "an")
    asked = desk.get(f"/bookings/{own.pk}/telephone/")
    assert (asked.status_code, "没有留" in text(asked)) == (409, True)
    with clock.at(clock.now() + timedelta(days=20)):
        forget_visitors()
        assert fresh(old).visitor == VISITOR[0]
    with clock.at(clock.now() + timedelta(days=40)):
        forget_visitors()
    assert (fresh(old).visitor, fresh(old).phone) == ("", "")


def test_the_public_page_shows_what_is_public_and_books_without_an_account(world: World) -> None:
    row, client = room(world), Client()
    one = booked(row, hour(1, time(10)))
    address = f"/venue/{row.venue.token}/"
    page = client.get(address).content.decode()
    assert all(words in page for words in ("活动室一", "综合窗口", "柳荫里8号一楼"))
    assert not any(part in page for part in (*VISITOR, one.code))
    typed = {"starts_at": hour().isoformat(), "notes": "下棋"}
    answer = client.post(f"{address}{row.pk}/", typed | {"phone": VISITOR[1]})
    assert answer.status_code == 422
    near = client.get(f"/ask/{token(world)}/venues/").content.decode()
    assert address in near
    own = client.post(f"{address}{row.pk}/", typed | {"visitor": VISITOR[0]})["Location"]
    assert VISITOR[0] not in client.get(own).content.decode()
    assert client.post(f"{own}move/", {"starts_at": hour(2).isoformat()}).status_code == 302
    assert client.post(f"{own}cancel/").status_code == 302
    assert "预约已取消" in client.get(own).content.decode()


def test_pages_papers_and_lists_of_who_keeps_it(world: World) -> None:
    row = room(world)
    one, client = booked(row), browser(world, "an")
    for address in (
        "/venues/?export=xlsx",
        f"/venues/{row.venue_id}/",
        f"/venues/{row.venue_id}/poster.pdf",
        f"/venues/{row.venue_id}/edit/",
        "/bookings/?q=活动室",
        f"/bookings/{one.pk}/slip.pdf",
    ):
        assert client.get(address).status_code == 200, address
    listed = client.get("/venues/").content.decode()
    assert "09:00–12:00" in listed
    assert "&lt;span" not in listed
    slip = client.get(f"/bookings/{one.pk}/slip.html").content.decode()
    assert (VISITOR[0] in slip, VISITOR[1] in slip, one.code in slip) == (False, False, True)
    typed = {"title": "活动室二", "seats": 10, "minutes": 30}
    assert client.post(f"/venues/{row.venue_id}/rooms/", typed).status_code == 302
    new = {"organisation": world.grid.pk, "kind": "post", "name": "驿站", "address": "二楼"}
    new |= {f"day_{number}": hours for number, hours in enumerate(DAILY)}
    assert client.post("/venues/new/", new).status_code == 302
    assert Venue.objects.get(name="驿站").organisation == world.grid
    assert browser(world, "bao").get(f"/venues/{row.venue_id}/").status_code == 404
    assert browser(world, "fan").get(f"/bookings/{one.pk}/").status_code == 404


def test_programs_read_what_is_public(world: World) -> None:
    row = room(world)
    booked(row)
    deng = program(world, "deng", "bureau", Permission.OFFER_READ)
    answer = deng.get("/venues/", organisation=world.willow.code)
    assert [one["name"] for one in answer.json()["items"]] == ["柳荫党群服务站"]
    assert deng.get(f"/venues/{row.venue_id}/").json()["rooms"][0]["title"] == "活动室一"
    assert not any(part in answer.content.decode() for part in (*VISITOR, row.venue.token))


def test_free_hours_are_chosen_by_day_and_a_link_chooses_one(world: World) -> None:
    row, client = room(world), Client()
    address = f"/venue/{row.venue.token}/"
    chosen = f"{address}{row.pk}/?at={quote(hour(2).isoformat())}"
    assert chosen in client.get(address).content.decode()
    page = client.get(chosen).content.decode()
    [shown] = [part for part in page.split("<details")[1:] if part.split(">")[0].endswith(" open")]
    assert f'value="{hour(2).isoformat()}" checked' in shown
    assert page.count(" checked") == 1
    assert f"可预约到{month_day(hour(14).date(), clock.today())}" in page
    booked(row, hour(2))
    typed = {"starts_at": hour(2).isoformat(), "notes": "下棋"}
    page = client.post(f"{address}{row.pk}/", typed).content.decode()
    [shown] = [part for part in page.split("<details")[1:] if part.split(">")[0].endswith(" open")]
    assert f'value="{hour(2, time(10)).isoformat()}"' in shown
    assert page.index("field-error") < page.index("<details"), (
        "what is wrong is told before the days"
    )
