"""The list on paper: printed with a code a row, typed in afterwards, ticked on the list."""

from datetime import timedelta

import pytest
from django.test import Client

from baodao.attendance.documents import attendance_item
from baodao.attendance.models import CheckIn
from baodao.attendance.queries.check_ins import presences
from baodao.attendance.queries.lines import code_of
from baodao.attendance.rules.row_codes import printed
from baodao.claims.commands import claims
from baodao.claims.models import Claim
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.ledger.models import ServiceRecord
from baodao.offers.commands import offers
from baodao.offers.models import Offer
from tests.offers import steps
from tests.offers.test_proposals import proposed
from tests.registration.browsing import browser, client_id, text
from tests.world import World


def code(claim: Claim) -> str:
    return printed(code_of(claim.offer, claim.seats.get()))


def entered(browser: Client, offer: Offer, rows: str, at: int = 12, days: int = 7) -> str:
    """The page after a sheet was typed in."""
    address = f"/offers/{offer.pk}/sheet/"
    with clock.at(steps.hour(days=days, at=at)):
        page = browser.get(address)
        sent = {"rows": rows, "client_id": str(client_id(page))}
        return text(browser.post(address, sent, follow=True))


@pytest.fixture
def three(world: World) -> tuple[Offer, list[Actor], list[Claim]]:
    offer = steps.published(world)
    members = steps.registered(world, 3)
    return offer, members, steps.claimed(offer, *members)


def test_the_sheet_has_names_units_codes_and_empty_lines_but_no_number(
    world: World, three: tuple[Offer, list[Actor], list[Claim]]
) -> None:
    offer, _members, held = three
    rows = attendance_item(offer)["rows"]
    assert isinstance(rows, list)
    assert [row.get("code") for row in rows[:3]] == [code(claim) for claim in held]
    assert rows[3:] == [{}] * 8
    an = browser(world, "an")
    page = text(an.get(f"/offers/{offer.pk}/sheet.html"))
    assert code(held[0]) in page
    for claim in held:
        assert claim.person is not None
        assert not {claim.person.number, claim.person.phone} & set(page.split())
    assert an.get(f"/offers/{offer.pk}/sheet.pdf")["Content-Type"] == "application/pdf"
    assert browser(world, "bao").get(f"/offers/{offer.pk}/sheet.pdf").status_code == 404


def test_codes_with_times_tick_the_list_and_say_how_long(
    world: World, three: tuple[Offer, list[Actor], list[Claim]]
) -> None:
    offer, members, held = three
    an = browser(world, "an")
    page = entered(an, offer, f"{code(held[0])} 9:10 10:00\n{code(held[1])}")
    assert "签到表上的 2 人已勾选" in page
    assert page.count("checked>") == 3  # two people, and that times count
    with clock.at(steps.hour(at=12)):
        came = [str(actor.person_id) for actor in members[:2]]
        sent = {"ids": came, "minutes": "120", "by_code": "on", "record": "1"}
        an.post(f"/offers/{offer.pk}/roll/", sent)
    rows = ServiceRecord.objects.order_by("minutes").values_list("person", "minutes", "origin")
    assert list(rows) == [
        (members[0].person_id, 50, "list"),
        (members[1].person_id, 120, "list"),
    ]


def test_each_wrong_code_is_named_with_its_place_and_nothing_is_written(
    world: World, three: tuple[Offer, list[Actor], list[Claim]]
) -> None:
    offer, members, held = three
    other = steps.published(world, starts_at=steps.hour(days=8), ends_at=steps.hour(days=8, at=11))
    elsewhere = code(steps.claimed(other, members[0])[0])
    good = code(held[0])
    mistyped = good[:-1] + ("A" if good[-1] != "A" else "B")
    typed = f"{good} 9:00\n{mistyped}\n{elsewhere} 9:00\n{good}\n{code(held[1])} 6:00"
    page = entered(browser(world, "an"), offer, typed)
    for fault in (
        f"第 2 行 {mistyped.replace('-', '')}：",
        f"第 3 行 {elsewhere.replace('-', '')}：这是其他活动",
        f"第 4 行 {good.replace('-', '')}：第 1 行已有",
        f"第 5 行 {code(held[1]).replace('-', '')}：",
    ):
        assert fault in page
    assert mistyped in page, "what was typed stands in its field"
    assert not CheckIn.objects.exists()


def test_a_sheet_is_entered_once_and_a_double_tap_changes_nothing(
    world: World, three: tuple[Offer, list[Actor], list[Claim]]
) -> None:
    offer, _members, held = three
    an, address = browser(world, "an"), f"/offers/{offer.pk}/sheet/"
    with clock.at(steps.hour(at=12)):
        sent = {"rows": code(held[0]), "client_id": str(client_id(an.get(address)))}
        for _tap in range(2):
            assert an.post(address, sent).status_code == 302
    assert CheckIn.objects.count() == 1
    assert "这个行码已经录入" in entered(an, offer, code(held[0]))


def test_a_sheet_is_taken_for_a_week_and_by_whoever_keeps_the_list(
    world: World, three: tuple[Offer, list[Actor], list[Claim]]
) -> None:
    offer, _members, held = three
    an = browser(world, "an")
    assert "没有在规定时间内" in entered(an, offer, code(held[0]), days=15)
    assert not CheckIn.objects.exists()
    assert browser(world, "bao").get(f"/offers/{offer.pk}/sheet/").status_code == 404
    ahead = an.get(f"/offers/{offer.pk}/sheet/").content.decode()
    assert ('name="rows"' in ahead, "/along/" in ahead) == (False, True), "it has not begun"
    with clock.at(steps.hour(at=12) + timedelta(days=1)):
        after = an.get(f"/offers/{offer.pk}/sheet/").content.decode()
    assert ('name="rows"' in after, "/along/" in after) == (True, False), "no phone keeps it then"


def test_who_gave_the_place_up_and_came_all_the_same_is_ticked_too(world: World) -> None:
    offer = steps.published(world)
    member, other = steps.registered(world, 2)
    held, _ = steps.claimed(offer, member, other)
    there = code(held)
    claims.withdraw_claim(member, claim_id=held.pk)
    entered(browser(world, "an"), offer, there)
    assert set(presences(offer)) == {member.person_id}


def test_the_unit_that_organises_prints_and_enters_its_sheet(world: World) -> None:
    offer = proposed(world)
    chen = steps.chen(world)
    offers.publish(world.actor("an"), offer_id=offer.pk)
    [held] = steps.claimed(offer, chen)
    assert "签到表上的 1 人已勾选" in entered(browser(world, "deng"), offer, code(held))
    assert timedelta(0) == presences(offer)[held.person_id].arrived_at - offer.starts_at


def test_the_page_alone_that_reads_photographs_may_run_the_reader(
    world: World, three: tuple[Offer, list[Actor], list[Claim]]
) -> None:
    offer, _members, held = three
    an, policy = browser(world, "an"), "Content-Security-Policy"
    with clock.at(steps.hour(at=12)):
        page = an.get(f"/offers/{offer.pk}/sheet/")
        beside = an.get(f"/offers/{offer.pk}/roll/")
    assert "'wasm-unsafe-eval'" in page[policy]
    assert "unsafe" not in beside[policy]
    for claim in held:
        assert f'value="{code(claim)}"' in page.content.decode()
    assert b'type="file" id="pictures"' in page.content, "it has no name and is never sent"
    paper = text(an.get(f"/offers/{offer.pk}/sheet.html"))
    assert paper.count('<span class="paper-coded"><svg') == len(held)
