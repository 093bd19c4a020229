"""The list on a phone: what it takes along, who may, and what becomes of what it delivers."""

import json
import re
from datetime import timedelta
from itertools import permutations
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from baodao.attendance.commands.lines import note_lines
from baodao.attendance.commands.rolls import Turnout, record_roll
from baodao.attendance.forms import lines_of
from baodao.attendance.models import CheckIn
from baodao.attendance.queries.check_ins import presences
from baodao.attendance.queries.lines import code_of
from baodao.attendance.rules.check_ins import CheckSide, CheckWay
from baodao.attendance.rules.lines import MOST_LINES, RULES, SpotLine
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.errors import Refused
from baodao.kernel.ids import new_id
from baodao.ledger.models import ServiceRecord
from baodao.offers.commands import offers
from baodao.offers.models import Offer
from baodao.orgs.rules.handovers import Aim, Reform
from baodao.people.models import Person
from baodao.registration.commands.departures import end
from baodao.registration.rules.states import EndReason
from tests import factories
from tests.attendance.test_check_ins import scan
from tests.offers import steps
from tests.offers.test_proposals import proposed
from tests.orgs.test_reorganisations import done
from tests.registration import steps as road
from tests.registration.browsing import browser
from tests.world import World

FILES = ("worker.js", "manifest.webmanifest")


@pytest.fixture
def three(world: World) -> tuple[Offer, list[Actor], list[str]]:
    """An activity, three members with a place in it, and their codes."""
    offer = steps.published(world)
    members = steps.registered(world, 3)
    held = steps.claimed(offer, *members)
    return offer, members, [code_of(offer, claim.seats.get()) for claim in held]


def at(hour: int, minute: int = 0) -> int:
    return int((steps.hour(at=hour) + timedelta(minutes=minute)).timestamp())


def line(code: str, when: int, side: str = "arrival") -> dict[str, Any]:
    return {"id": str(uuid4()), "side": side, "at": when, "ahead": 0, "code": code}


def walk_in(name: str, tail: str, when: int) -> dict[str, Any]:
    who = {"name": name, "tail": tail}
    return {"id": str(uuid4()), "side": "arrival", "at": when, "ahead": 0} | who


def pack(world: World, offer: Offer, who: str = "an") -> dict[str, Any]:
    with clock.at(steps.hour(at=8)):
        return dict(browser(world, who).get(f"/along/{offer.pk}/pack/").json())


def delivered(
    world: World,
    offer: Offer,
    *lines: dict[str, Any],
    who: str = "an",
    key: str = "",
    batch: UUID | None = None,
) -> Any:
    """The answer to lines of the list that somebody took along, or that is delivered by a `key`."""
    key = key or pack(world, offer, who)["key"]
    sent = {"key": key, "lines": json.dumps(lines), "client_id": str(batch or uuid4())}
    with clock.at(steps.hour(at=12)):
        return browser(world, who).post(f"/along/{offer.pk}/deliver/", sent)


def test_a_phone_takes_names_and_tails_along_and_nothing_else_of_anybody(
    world: World, three: tuple[Offer, list[Actor], list[str]]
) -> None:
    offer, members, codes = three
    taken = pack(world, offer)
    people = {actor.name: Person.objects.get(pk=actor.person_id) for actor in members}
    columns = {"code", "name", "tail", "waiting"}
    assert [set(row) for row in taken["rows"]] == [columns] * 3
    tails = [people[row["name"]].number[-4:] for row in taken["rows"]]
    assert [row["tail"] for row in taken["rows"]] == tails
    assert {row["code"] for row in taken["rows"]} == set(codes) == set(taken["bounds"]["codes"])
    text = json.dumps(taken, ensure_ascii=False)
    for person in people.values():
        assert not [one for one in (person.number, person.phone, str(person.pk)) if one in text]
    assert [rule["code"] for rule in taken["rules"]] == [rule.code for rule in RULES]
    assert taken["most"] == MOST_LINES
    assert taken["bounds"]["opens_at"] == at(8)
    assert taken["bounds"]["shared"] == []
    assert taken["bounds"]["expires_at"] == at(11) + 7 * 86_400


def test_who_does_not_keep_the_list_takes_nothing_and_delivers_nothing(
    world: World, three: tuple[Offer, list[Actor], list[str]]
) -> None:
    offer, _members, codes = three
    key, came = pack(world, offer)["key"], line(codes[0], at(9))
    for name in ("bao", "deng", "fan", "chen"):
        assert browser(world, name).get(f"/along/{offer.pk}/pack/").status_code == 404
        assert delivered(world, offer, came, who=name, key=key).status_code == 404
    forwarded = delivered(world, offer, came, who="ji", key=key)
    forged = delivered(world, offer, came, key=key[:-1] + "1")
    assert [answer.status_code for answer in (forwarded, forged)] == [409, 409]
    assert "由其他账号带走" in forwarded.json()["reason"]
    assert "不是从这里带走的" in forged.json()["reason"]
    assert not CheckIn.objects.exists()
    assert delivered(world, offer, came, key=key).json()["taken"] == [came["id"]]


def test_the_page_and_its_files_name_nobody_and_are_the_same_for_everybody(world: World) -> None:
    pages = [client.get("/along/") for client in (Client(), browser(world, "an"))]
    assert [page.status_code for page in pages] == [200, 200]
    assert pages[0].content == pages[1].content
    worker, manifest = (Client().get(f"/along/{name}") for name in FILES)
    assert worker["Content-Type"].startswith("text/javascript")
    assert (manifest.json()["scope"], manifest.json()["start_url"]) == ("/along/", "/along/")
    files = re.findall(r'(?:src|href)="(/[^"#]+\.\w+)"', pages[0].content.decode())
    assert all(file.startswith(("/static/", "/along/")) for file in files)


def test_lines_are_written_down_and_refusals_come_back_by_line(
    world: World, three: tuple[Offer, list[Actor], list[str]]
) -> None:
    offer, members, codes = three
    good = [line(codes[0], at(9, 5)), line(codes[0], at(10), "departure")]
    bad = [line(codes[1], at(5)), line("AB3DE5FGHJ", at(9)), walk_in("路人甲", "0000", at(9))]
    answer = delivered(world, offer, *good, *bad).json()
    assert answer["taken"] == [one["id"] for one in good]
    assert [one["id"] for one in answer["refused"]] == [one["id"] for one in bad]
    reasons = ("早于", "没有这个行码", "没有这个姓名和号码")
    for one, words in zip(answer["refused"], reasons, strict=True):
        assert words in one["reason"]
    came = presences(offer)[members[0].person_id]
    arrived_at = steps.hour(at=9) + timedelta(minutes=5)
    assert (came.arrived_at, came.left_at) == (arrived_at, steps.hour(at=10))


def test_a_batch_is_taken_once_and_another_content_of_it_is_refused(
    world: World, three: tuple[Offer, list[Actor], list[str]]
) -> None:
    offer, _members, codes = three
    batch, key = uuid4(), pack(world, offer)["key"]
    lines = [line(codes[0], at(9)), line(codes[1], at(5))]
    answers = [delivered(world, offer, *lines, batch=batch, key=key).json() for _copy in range(3)]
    assert answers[0] == answers[1] == answers[2]
    assert CheckIn.objects.count() == 1
    assert delivered(world, offer, line(codes[2], at(9)), batch=batch).status_code == 409
    assert delivered(world, offer, *lines).json() == answers[0], "the same lines in another batch"
    assert CheckIn.objects.count() == 1


@pytest.mark.parametrize(
    "change",
    [
        {"id": "1"},
        {"id": 5},
        {"id": None},
        {"side": "dance"},
        {"at": 1e99},
        {"at": True},
        {"ahead": "1"},
        {"code": None},
        {"code": ["A"]},
        {"code": "A" * 400},
        {"code": None, "name": "A"},
        {"code": None, "name": "何\0新", "tail": "1234"},
        {"code": None, "name": "何\ud800新", "tail": "1234"},
        {"name": "A", "tail": "1234"},
    ],
)
def test_what_no_page_of_ours_sends_is_refused(change: dict[str, Any]) -> None:
    good = line("A", 1)
    assert lines_of(json.dumps([good]))
    for text in (
        json.dumps([good | change]),
        "",
        "{",
        "[1]",
        "[{}]",
        json.dumps([good] * 501),
        "[" * 100_000,
    ):
        with pytest.raises(Refused, match=r"line\.unreadable"):
            lines_of(text)


def spot(code: str, when: int, side: CheckSide = CheckSide.ARRIVAL, ahead: int = 0) -> SpotLine:
    return SpotLine(new_id(), side, when + ahead, ahead, code=code, label=code)


def test_batches_in_any_order_twice_and_by_wrong_clocks_end_in_the_same_rows(
    world: World,
) -> None:
    """Two phones, one of them a day ahead, both with the same member; another scans as well."""
    members = steps.registered(world, 2)
    ends = set()
    for number, order in enumerate(permutations(range(3))):
        offer = steps.published(world)
        held = steps.claimed(offer, *members)
        first, second = (code_of(offer, claim.seats.get()) for claim in held)
        batches = [
            [spot(first, at(9, 5)), spot(second, at(9, 6))],
            [spot(first, at(9, 2), ahead=86_400), spot(second, at(10), CheckSide.DEPARTURE)],
            [spot(second, at(9, 1)), spot(first, at(5))],
        ]
        if number % 2:
            scan(members[1], offer, steps.hour(at=9) + timedelta(minutes=3))
        with clock.at(steps.hour(at=12)):
            for place in (*order, order[0]):
                note_lines(
                    world.actor("an"), offer_id=offer.pk, lines=batches[place], way=CheckWay.PHONE
                )
        came = presences(offer)
        one, two = (came[member.person_id] for member in members)
        ends.add((one.arrived_at, one.left_at, two.arrived_at, two.left_at))
        assert (one.scanned, two.scanned) == (False, bool(number % 2))
        assert CheckIn.objects.filter(offer_id=offer.pk, way=CheckWay.PHONE).count() == 5
        offers.cancel(world.actor("an"), offer_id=offer.pk, reason="换下一次")
    nine = steps.hour(at=9)
    minutes = [nine + timedelta(minutes=minute) for minute in (2, 1)]
    assert ends == {(minutes[0], None, minutes[1], steps.hour(at=10))}


def test_a_line_of_one_activity_is_not_one_of_another(
    world: World, three: tuple[Offer, list[Actor], list[str]]
) -> None:
    offer, members, codes = three
    other = steps.published(world, starts_at=steps.hour(at=11), ends_at=steps.hour(at=13))
    there = code_of(other, steps.claimed(other, members[0])[0].seats.get())
    spotted = spot(codes[0], at(11))
    stolen = SpotLine(spotted.id, spotted.side, spotted.at, code=there)
    with clock.at(steps.hour(at=12)):
        an = world.actor("an")
        note_lines(an, offer_id=offer.pk, lines=[spotted], way=CheckWay.PHONE)
        batch = note_lines(an, offer_id=other.pk, lines=[stolen], way=CheckWay.PHONE)
    assert [no.code for _, no in batch.refused] == ["line.reused"]


def test_who_came_without_claiming_is_known_by_name_and_tail_where_the_page_permits_it(
    world: World,
) -> None:
    offer = proposed(world)
    offers.publish(world.actor("an"), offer_id=offer.pk)
    phone = "13900001234"
    walker = factories.member("何新", world.second, home_community=world.willow, phone=phone)
    road.accepted(world, walker)
    for tail in (phone[-4:], walker.number[-4:]):
        assert delivered(world, offer, walk_in("何新", tail, at(9))).json()["refused"] == []
    answer = delivered(world, offer, walk_in("何新", phone[-4:], at(9)), who="deng").json()
    assert "由社区添加" in answer["refused"][0]["reason"]
    assert set(presences(offer)) == {walker.pk}


def test_the_telephone_of_who_has_left_the_community_is_compared_no_longer(world: World) -> None:
    offer = steps.published(world)
    phone = "13900001234"
    walker = factories.member("何新", world.second, home_community=world.willow, phone=phone)
    registration, day = road.accepted(world, walker), clock.local(steps.hour()).date()
    with clock.at(steps.hour(days=8)):
        end(
            world.actor("an"), registration_id=registration.pk, reason=EndReason.MOVED, ended_on=day
        )
    key, nine = pack(world, offer)["key"], at(9)
    answers = []
    with clock.at(steps.hour(days=9)):
        for tail in (phone[-4:], walker.number[-4:]):
            sent = {"key": key, "lines": json.dumps([walk_in("何新", tail, nine)])}
            address = f"/along/{offer.pk}/deliver/"
            answer = browser(world, "an").post(address, {**sent, "client_id": str(uuid4())})
            answers.append(len(answer.json()["taken"]))
    assert answers == [0, 1]


def test_who_scanned_is_counted_beside_the_code_and_who_was_ticked_on_a_phone_is_not(
    world: World, three: tuple[Offer, list[Actor], list[str]]
) -> None:
    offer, members, codes = three
    scan(members[0], offer, steps.hour(at=9))
    delivered(world, offer, line(codes[1], at(9)))
    with clock.at(steps.hour(at=10)):
        page = browser(world, "an").get(f"/offers/{offer.pk}/code/").content.decode()
    assert "已签到 1 人" in page


def test_the_list_kept_on_a_phone_is_recorded_as_the_one_that_is_ticked_online(
    world: World, three: tuple[Offer, list[Actor], list[str]]
) -> None:
    offer, members, codes = three
    lines = [line(codes[0], at(9)), line(codes[1], at(9, 30)), line(codes[1], at(10), "departure")]
    delivered(world, offer, *lines)
    with clock.at(steps.hour(at=12)):
        page = browser(world, "an").get(f"/offers/{offer.pk}/roll/").content.decode()
        assert page.count('name="ids"') == 3
        assert page.count("checked>") == 3  # two who came, and that times count
        came = [actor.person_id for actor in members[:2]]
        record_roll(world.actor("an"), offer_id=offer.pk, turnout=Turnout(came, 120))
    rows = ServiceRecord.objects.order_by("minutes").values_list("minutes", "origin")
    assert list(rows) == [(30, "list"), (120, "list")]


def test_what_a_phone_kept_when_its_grant_ended_by_a_merger_is_typed_in_by_the_successor(
    world: World, three: tuple[Offer, list[Actor], list[str]]
) -> None:
    """The phone shows its rows as the sheet is typed; who acts is asked of grants in force."""
    offer, members, codes = three
    key, came = pack(world, offer)["key"], line(codes[0], at(9, 5))
    done(world, world.willow, Aim(Reform.MERGED, successor_id=world.bridge.pk))
    assert browser(world, "an").get(f"/along/{offer.pk}/pack/").status_code == 404
    assert delivered(world, offer, came, key=key).status_code == 404
    sheet = {"rows": f"{codes[0]} 09:05 10:00", "client_id": str(uuid4())}
    with clock.at(steps.hour(at=12)):
        answer = browser(world, "bao").post(f"/offers/{offer.pk}/sheet/", sheet, follow=True)
    assert "1 人" in answer.content.decode()
    there = presences(Offer.objects.get(pk=offer.pk))[members[0].person_id]
    arrived_at = steps.hour(at=9) + timedelta(minutes=5)
    assert (there.arrived_at, there.left_at) == (arrived_at, steps.hour(at=10))


def test_signing_out_empties_the_storage_of_the_phone(world: World) -> None:
    an = browser(world, "an")
    assert "Clear-Site-Data" not in an.get("/sign-out/")
    answer = an.post("/sign-out/")
    assert (answer.status_code, answer["Clear-Site-Data"]) == (302, '"storage"')
