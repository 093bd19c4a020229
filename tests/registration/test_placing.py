"""Many members into a grid and a team at once: in how many taps, whom, and back again."""

import re
from uuid import uuid4

import pytest

from baodao.documents.queries import issued_items
from baodao.kernel import clock, journal
from baodao.kernel.errors import Absent, Refused
from baodao.kernel.undo import take_back
from baodao.notices.models import Notice
from baodao.orgs.rules.tree import Kind
from baodao.registration.commands import arrivals, letters, placements
from baodao.registration.models import Registration
from tests.registration import steps
from tests.registration.browsing import browser, client_id, text
from tests.world import World

PAGE = "/members/place/"


def received(world: World, count: int) -> list[Registration]:
    """So many members whom An has received, in the order of their names."""
    ids = [person.pk for person in steps.members(world, count)]
    rows = letters.issue_letters(world.actor("deng"), person_ids=ids).done
    batch = arrivals.accept(world.actor("an"), registration_ids=[row.pk for row in rows])
    return sorted(batch.done, key=lambda row: row.person.pinyin)


def placed(world: World) -> int:
    return Registration.objects.filter(grid=world.grid, team=world.team).count()


def test_eighty_people_are_placed_in_five_taps(world: World) -> None:
    """Place them · all of the list · the grid · the team · place: five, none a page of its own."""
    received(world, 80)
    an = browser(world, "an")
    assert "/members/?placed=no" in text(an.get("/today/"))
    page = an.get("/members/?placed=no")
    assert "本列表全部 80 条" in text(page)
    form = {"client_id": client_id(page), "all": "1"}
    places = {"grid": world.grid.pk, "team": world.team.pk}
    sent = an.post(f"{PAGE}?placed=no", form | places, follow=True)
    assert "已编入 80 人" in text(sent)
    assert placed(world) == 80
    assert sent.context["listing"].count == 0


def test_the_ticked_alone_are_placed_and_what_is_left_open_stays(world: World) -> None:
    one, other = received(world, 2)
    an = browser(world, "an")
    an.post(PAGE, {"client_id": uuid4(), "ids": [one.pk], "grid": world.grid.pk, "team": ""})
    an.post(PAGE, {"client_id": uuid4(), "ids": [one.pk], "grid": "", "team": world.team.pk})
    assert placed(world) == 1
    assert steps.fresh(other).grid is None
    an.post(PAGE, {"client_id": uuid4(), "ids": [one.pk], "grid": "none", "team": ""})
    row = steps.fresh(one)
    assert (row.grid, row.team) == (None, world.team)


def test_who_stands_there_already_hears_nothing(world: World) -> None:
    rows = received(world, 2)
    an, places = world.actor("an"), {Kind.GRID: world.grid.pk}
    placements.place_many(an, registration_ids=[rows[0].pk], places=places)
    batch = placements.place_many(an, registration_ids=[row.pk for row in rows], places=places)
    assert len(batch.done) == 2
    stories = [row for row in rows if "registration.placed" in _verbs(row)]
    assert [_verbs(row).count("registration.placed") for row in stories] == [1, 1]


def _verbs(row: Registration) -> list[str]:
    return [entry.verb for entry in journal.timeline(row.pk)]


def test_nothing_chosen_and_what_is_not_ours_is_refused(world: World) -> None:
    [row] = received(world, 1)
    page = text(
        browser(world, "an").post(
            PAGE, {"client_id": uuid4(), "ids": [row.pk], "grid": "", "team": ""}, follow=True
        )
    )
    assert "请选择要编入的网格或服务队" in page
    none = {"client_id": uuid4(), "grid": world.grid.pk, "team": ""}
    assert "至少勾选一" in text(browser(world, "an").post(PAGE, none, follow=True))
    assert browser(world, "bao").post(PAGE, none | {"ids": [row.pk]}).status_code == 404
    with pytest.raises(Absent):
        placements.place_many(
            world.actor("bao"), registration_ids=[row.pk], places={Kind.GRID: None}
        )


def test_placing_is_taken_back_from_the_cards_too(world: World) -> None:
    rows = received(world, 3)
    an, ids = world.actor("an"), [row.pk for row in rows]
    places = {Kind.GRID: world.grid.pk, Kind.TEAM: world.team.pk}
    placements.place(an, registration_id=ids[0], grid_id=world.grid.pk, team_id=None)
    undo_id = placements.place_many(an, registration_ids=ids, places=places).undo_id
    assert undo_id
    placements.place(an, registration_id=ids[2], grid_id=None, team_id=world.team.pk)
    Notice.objects.filter(person=rows[1].person_id).update(read_at=clock.now())
    with pytest.raises(Absent):
        take_back(world.actor("ji"), undo_id=undo_id)
    batch = take_back(an, undo_id=undo_id)
    assert [row.pk for row in batch.done] == sorted(ids[:2])
    assert [no.code for _, no in batch.refused] == ["placement.changed"]
    now = [steps.fresh(row) for row in rows]
    assert [(row.grid, row.team) for row in now] == [
        (world.grid, None),
        (None, None),
        (None, world.team),
    ]
    cards = issued_items(ids, "registration-card")
    assert [(card["grid"], card["team"]) for card in cards[:2]] == [("第一网格", ""), ("", "")]
    assert [_told(row) for row in rows] == [["placed"], ["placed", "unplaced"], ["placed"] * 2]


def _told(row: Registration) -> list[str]:
    """What the member hears of being placed: what was taken back unread was never said."""
    notices = Notice.objects.filter(person=row.person_id).order_by("created_at", "pk")
    kinds = [one.kind.removeprefix("registration-") for one in notices]
    return [kind for kind in kinds if kind in ("placed", "unplaced")]


def test_the_page_offers_to_undo_it(world: World) -> None:
    rows = received(world, 2)
    an = browser(world, "an")
    body = {"client_id": uuid4(), "all": "1", "grid": world.grid.pk, "team": ""}
    page = an.post(PAGE, body, follow=True).content.decode()
    [address] = re.findall(r'action="(/undo/[^"]+)"', page)
    an.post(address, {"client_id": uuid4()})
    assert [steps.fresh(row).grid for row in rows] == [None, None]


def test_placing_before_acceptance_is_named(world: World) -> None:
    registration = steps.submitted(world)
    [one] = received(world, 1)
    batch = placements.place_many(
        world.actor("an"),
        registration_ids=[registration.pk, one.pk],
        places={Kind.TEAM: world.team.pk},
    )
    assert [row.pk for row in batch.done] == [one.pk]
    assert [no.code for _, no in batch.refused] == ["registration.not-accepted"]
    with pytest.raises(Refused, match=r"placement\.empty"):
        placements.place_many(world.actor("an"), registration_ids=[one.pk], places={})


def test_cards_and_receipts_of_the_ticked_are_printed(world: World) -> None:
    one, other = received(world, 2)
    for name, page, file in (
        ("an", "/members/cards/", "/members/cards.docx"),
        ("dai", "/receipts/papers/", "/receipts/papers.docx"),
    ):
        client = browser(world, name)
        some = client.post(page, {"ids": [one.pk], "format": "docx"}, follow=True)
        assert some.redirect_chain == [(f"{file}?ids={one.pk}", 302)]
        every = client.post(f"{page}?q=x", {"ids": [one.pk], "all": "1", "format": "docx"})
        assert every.headers["Location"] == f"{file}?q=x"
        assert client.get(f"{file}?ids={other.pk}").status_code == 200
        assert client.post(page, {"ids": [one.pk], "format": "doc"}).status_code == 404
