"""What a community's worker sees and does, and that the worker next door sees none of it."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baodao.ledger.queries.records import described, records
from baodao.orgs.models import Organisation
from baodao.orgs.rules.handovers import Aim, Reform
from baodao.orgs.rules.tree import Kind
from baodao.registration.commands import arrivals
from baodao.registration.queries.desks import arrival_counts, desk, groups_of
from tests.ledger.steps import record
from tests.orgs.test_reorganisations import done
from tests.registration import steps
from tests.registration.browsing import browser, client_id, text
from tests.world import World

PAGES = ("/today/", "/desk/", "/members/", "/places/", "/places/add/")


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_for_an_empty_community_and_for_a_busy_one(
    world: World, page: str
) -> None:
    worker = browser(world, "an")
    assert worker.get(page).status_code == 200
    steps.accepted(world)
    for person in steps.members(world, 2):
        steps.submitted(world, person)
    assert worker.get(page).status_code == 200


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", ["deng", "fan", "chen", "gu", "su"])
def test_no_page_of_a_community_exists_for_others(world: World, page: str, who: str) -> None:
    assert browser(world, who).get(page).status_code == 404


def test_who_waits_from_a_merged_branch_waits_with_their_unit(world: World) -> None:
    first, second = steps.members(world, 1)[0], steps.members(world, 1, world.second)[0]
    for person in (first, second):
        steps.submitted(world, person)
    record(world, first)
    into = Aim(Reform.MERGED, successor_id=world.second.pk)
    done(world, world.first, into)
    an = world.actor("an")
    [group] = groups_of(desk(an, world.willow))
    assert (group.unit.name, len(group.registrations)) == ("区城建局机关党委", 2)
    [line] = arrival_counts(an, world.willow).answer()
    assert (line.unit, line.count) == ("区城建局机关党委", 2)
    [row] = described(records(an))
    assert (row.unit_name, row.branch_name) == ("区城建局机关党委", "第一党支部")


def test_who_waits_is_received_page_by_page(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("baodao.registration.views.desk.DESK_ROWS", 2)
    rows = [steps.submitted(world, person) for person in steps.members(world, 3)]
    worker = browser(world, "an")
    first, last = (text(worker.get(f"/desk/?page={page}")) for page in (1, 2))
    shown = [[str(row.pk) in page for row in rows] for page in (first, last)]
    assert shown == [[True, True, False], [False, False, True]]
    assert "第 1 页，共 2 页" in first
    assert all("3 人" in page and "按钮只接收本页勾选的人" in page for page in (first, last))


def test_today_says_what_waits_with_its_number(world: World) -> None:
    for person in steps.members(world, 3):
        steps.submitted(world, person)
    page = text(browser(world, "an").get("/today/"))
    assert "人待接收" in page
    assert "区城建局机关党委 3 人（统一报到）" in page
    assert "逐个核对或一并接收" in page


def test_the_worker_next_door_sees_none_of_it(world: World) -> None:
    registration = steps.submitted(world)
    neighbour = browser(world, "bao")
    for page in ("/today/", "/desk/", "/members/", "/desk/find/?number=1"):
        assert "陈晓宇" not in text(neighbour.get(page))
    for address in (
        f"/persons/{registration.person_id}/",
        f"/registrations/{registration.pk}/return/",
        f"/registrations/{registration.pk}/placement/",
        f"/registrations/{registration.pk}/introduction-letter.pdf",
    ):
        assert neighbour.get(address).status_code == 404
    sent = neighbour.post("/desk/accept/", {"client_id": uuid4(), "ids": [registration.pk]})
    assert sent.status_code == 404
    assert steps.fresh(registration).state == "submitted"


def test_five_are_received_in_two_taps(world: World) -> None:
    held = [steps.submitted(world, person) for person in steps.members(world, 5)]
    worker = browser(world, "an")
    desk = worker.get("/desk/")
    assert "5 人待接收" in text(desk)
    assert desk.content.decode().count('checked aria-label="党员') == 5
    body = {"client_id": client_id(desk), "ids": [row.pk for row in held]}
    page = text(worker.post("/desk/accept/", body, follow=True))
    assert "已接收 5 人" in page
    assert {steps.fresh(row).state for row in held} == {"accepted"}


def test_a_double_tap_receives_once(world: World) -> None:
    registration = steps.submitted(world)
    worker = browser(world, "an")
    body = {"client_id": uuid4(), "ids": [registration.pk]}
    first = worker.post("/desk/accept/", body)
    again = worker.post("/desk/accept/", body)
    assert (first.status_code, again.status_code) == (302, 302)
    assert steps.fresh(registration).receipt_number == 1


def test_one_is_returned_with_a_reason(world: World) -> None:
    registration = steps.submitted(world)
    worker = browser(world, "an")
    address = f"/registrations/{registration.pk}/return/"
    assert "退回陈晓宇的介绍信" in text(worker.get(address))
    empty = worker.post(address, {"client_id": uuid4(), "reason": ""})
    assert empty.status_code == 422
    worker.post(address, {"client_id": uuid4(), "reason": "不住在本社区"})
    held = steps.fresh(registration)
    assert (held.state, held.returned_reason) == ("returned", "不住在本社区")


def test_a_returned_one_in_the_same_list_is_named_and_the_others_are_received(
    world: World,
) -> None:
    returned = steps.returned(world)
    other = steps.submitted(world, steps.members(world, 1)[0])
    worker = browser(world, "an")
    body = {"client_id": uuid4(), "ids": [returned.pk, other.pk]}
    page = text(worker.post("/desk/accept/", body, follow=True))
    assert "已接收 1 人" in page
    assert "陈晓宇（第一党支部）：" in page


def test_a_letter_at_the_desk_is_found_by_number_and_by_name(world: World) -> None:
    registration = steps.issued(world)
    worker = browser(world, "an")
    target = f"/l/{registration.letter.token}/"
    assert worker.get("/desk/find/?number=1")["Location"] == target
    assert worker.get("/desk/find/", {"number": "陈晓宇"})["Location"] == target
    assert worker.get("/desk/find/", {"number": f"http://x{target}"})["Location"] == target
    assert "没有找到" in text(worker.get("/desk/find/", {"number": "999"}))


def test_the_ledger_filters_and_places(world: World) -> None:
    registration = steps.accepted(world)
    worker = browser(world, "an")
    assert "陈晓宇" in text(worker.get("/members/?placed=no"))
    body = {"client_id": uuid4(), "grid": world.grid.pk, "team": ""}
    worker.post(f"/registrations/{registration.pk}/placement/", body)
    assert steps.fresh(registration).grid == world.grid
    assert "陈晓宇" not in text(worker.get("/members/?placed=no"))
    assert "陈晓宇" in text(worker.get(f"/members/?grid={world.grid.pk}"))
    assert "陈晓宇" in text(worker.get(f"/members/?unit={world.bureau.pk}"))


def test_the_ledger_is_exported(world: World) -> None:
    steps.accepted(world)
    made = browser(world, "an").get("/members/?export=xlsx")
    assert "spreadsheetml" in made["Content-Type"]


def test_a_grid_is_added_renamed_and_closed(world: World) -> None:
    worker = browser(world, "an")
    worker.post("/places/add/", {"client_id": uuid4(), "name": "第九网格"})
    grid = Organisation.objects.get(name="第九网格")
    assert (grid.kind, grid.parent) == (Kind.GRID, world.willow)
    worker.post(f"/places/{grid.pk}/", {"client_id": uuid4(), "name": "第八网格"})
    assert "第八网格" in text(worker.get("/places/"))
    worker.post(f"/places/{grid.pk}/close/", {"client_id": uuid4()})
    assert "第八网格" not in text(worker.get("/places/")).split("main")[-1].split("已停用")[-1]
    assert browser(world, "bao").get(f"/places/{world.grid.pk}/").status_code == 404


def test_a_community_does_not_see_who_has_not_presented(world: World) -> None:
    registration = steps.issued(world)
    worker = browser(world, "an")
    assert worker.get(f"/persons/{registration.person_id}/").status_code == 404
    assert "陈晓宇" not in text(worker.get("/members/"))


def test_rows_do_not_add_queries(world: World) -> None:
    worker = browser(world, "an")
    for page in ("/today/", "/desk/", "/members/", "/places/"):
        steps.submitted(world, steps.members(world, 1)[0])
        worker.get(page)
        with CaptureQueriesContext(connection) as few:
            worker.get(page)
        held = [steps.submitted(world, person) for person in steps.members(world, 8)]
        arrivals.accept(world.actor("an"), registration_ids=[row.pk for row in held[:4]])
        with CaptureQueriesContext(connection) as many:
            worker.get(page)
        assert len(many) <= len(few) + (page == "/today/"), page


def test_nobody_ticked_is_said(world: World) -> None:
    steps.submitted(world)
    worker = browser(world, "an")
    page = text(worker.post("/desk/accept/", {"client_id": uuid4()}, follow=True))
    assert "请至少勾选一人" in page
    assert browser(world, "deng").post("/desk/accept/").status_code == 404
