"""What a unit's clerk and secretary see and do, and what the unit next door does not."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baodao.exemptions.models import Exemption
from baodao.kernel.authz import Role
from tests import factories
from tests.registration import steps
from tests.registration.browsing import browser, text
from tests.world import World

PAGES = ("/unit/", "/letters/", "/letters/issue/", "/receipts/", "/check-list/",
         "/exemptions/")  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_for_an_empty_unit_and_for_one_with_letters(
    world: World, page: str
) -> None:
    clerk = browser(world, "dai")
    assert clerk.get(page).status_code == 200
    steps.accepted(world)
    steps.members(world, 3)
    assert clerk.get(page).status_code == 200


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", ["an", "fan", "chen", "gu", "su"])
def test_no_page_of_a_unit_exists_for_others(world: World, page: str, who: str) -> None:
    assert browser(world, who).get(page).status_code == 404


def test_the_first_page_says_how_many_and_who_is_missing(world: World) -> None:
    steps.accepted(world)
    steps.members(world, 2, world.second)
    page = text(browser(world, "dai").get("/unit/"))
    assert "3 名在职党员，1 人已报到" in page
    assert "其中住在本市的 3 人" in page
    assert "给 2 人开介绍信" in page
    assert "党员甲" in page


def test_ticked_letters_are_printed_and_others_are_not(world: World) -> None:
    registration = steps.issued(world)
    clerk = browser(world, "dai")
    made = clerk.post("/letters/print/", {"ids": [registration.pk], "format": "docx"}, follow=True)
    assert made.redirect_chain == [(f"/letters/print/?format=docx&ids={registration.pk}", 302)]
    assert made.status_code == 200
    assert made["Content-Type"].startswith("application/vnd.openxml")
    empty = clerk.get("/letters/print/?state=returned")
    assert empty.status_code == 409


def test_the_group_report_presents_what_was_not_presented(world: World) -> None:
    registration = steps.issued(world)
    clerk = browser(world, "dai")
    sent = clerk.post("/letters/present/", {"client_id": uuid4()}, follow=True)
    assert "已统一报到 1 人" in text(sent)
    assert steps.fresh(registration).state == "submitted"


def test_an_exemption_is_requested_by_the_clerk_and_decided_by_the_secretary(
    world: World,
) -> None:
    clerk, secretary = browser(world, "dai"), browser(world, "deng")
    address = f"/exemptions/request/{world.people['chen'].pk}/"
    body = {
        "client_id": uuid4(),
        "reason": "long-illness",
        "effect": "full",
        "evidence": "区医院证明 3 号",
        "from_on": "2026-01-01",
    }
    assert clerk.post(address, body).status_code == 302
    held = Exemption.objects.get()
    decide = f"/exemptions/{held.pk}/decide/"
    assert clerk.get(decide).status_code == 404
    assert "区医院证明 3 号" in text(secretary.get(decide))
    secretary.post(decide, {"client_id": uuid4(), "approve": "yes", "note": ""})
    held.refresh_from_db()
    assert held.state == "approved"


def test_an_exemption_that_does_not_fit_is_refused_with_what_was_typed(world: World) -> None:
    clerk = browser(world, "dai")
    body = {
        "client_id": uuid4(),
        "reason": "seconded-away",
        "effect": "delay",
        "evidence": "借调函",
        "from_on": "2026-01-01",
    }
    sent = clerk.post(f"/exemptions/request/{world.people['chen'].pk}/", body)
    assert sent.status_code == 422
    assert "借调函" in text(sent)
    assert Exemption.objects.count() == 0


def test_rows_do_not_add_queries(world: World) -> None:
    clerk = browser(world, "dai")
    for page in ("/unit/", "/letters/", "/receipts/", "/check-list/", "/letters/issue/"):
        steps.members(world, 1)
        clerk.get(page)
        with CaptureQueriesContext(
            connection,
        ) as few:
            clerk.get(page)
        for person in steps.members(world, 6):
            steps.issued(world, person)
        steps.members(world, 6)
        with CaptureQueriesContext(connection) as many:
            clerk.get(page)
        assert len(many) <= len(few), page


def test_a_branch_secretary_sees_their_branch_and_reminds_but_issues_nothing(
    world: World,
) -> None:
    steps.members(world, 1, world.second)
    registration = steps.issued(world)
    world.accounts["bi"] = factories.account(
        "毕支书", Role.BRANCH_SECRETARY, world.first, username="bi"
    )
    secretary = browser(world, "bi")
    page = text(secretary.get("/unit/"))
    assert "1 名在职党员，0 人已报到" in page
    assert "党员甲" not in page
    assert secretary.get("/letters/issue/").status_code == 404
    assert secretary.get("/letters/print/").status_code == 404
    assert "打印 PDF" not in text(secretary.get("/letters/"))
    body = {"client_id": uuid4(), "ids": [registration.person_id]}
    assert "将提醒 1 人" in text(secretary.post("/check-list/remind/", body, follow=True))


def test_receipts_open_to_exactly_those_the_first_page_counts(world: World) -> None:
    steps.accepted(world)
    steps.submitted(world, steps.members(world, 1, world.second)[0])
    clerk = browser(world, "dai")
    assert clerk.get("/receipts/").context["listing"].count == 1
    assert clerk.get(f"/receipts/?branch={world.first.pk}").context["listing"].count == 1
    assert clerk.get(f"/receipts/?branch={world.second.pk}").context["listing"].count == 0


def test_receipts_and_cards_are_made_for_a_whole_list(world: World) -> None:
    steps.accepted(world)
    receipts = browser(world, "dai").get("/receipts/papers.docx")
    cards = browser(world, "an").get("/members/cards.docx")
    assert (receipts.status_code, cards.status_code) == (200, 200)
    assert browser(world, "bao").get("/members/cards.docx").status_code == 409


def test_a_letter_is_withdrawn_with_a_reason_and_another_can_be_issued(world: World) -> None:
    registration = steps.issued(world)
    clerk = browser(world, "dai")
    address = f"/registrations/{registration.pk}/withdraw/"
    assert clerk.post(address, {"client_id": uuid4(), "reason": ""}).status_code == 422
    clerk.post(address, {"client_id": uuid4(), "reason": "开错社区"})
    assert steps.fresh(registration).state == "withdrawn"
    assert "给 1 人开介绍信" in text(clerk.get("/unit/"))


def test_an_end_before_acceptance_is_refused_in_the_form(world: World) -> None:
    registration = steps.accepted(world)
    clerk = browser(world, "dai")
    body = {"client_id": uuid4(), "reason": "retired", "ended_on": "2001-01-01"}
    sent = clerk.post(f"/registrations/{registration.pk}/end/", body)
    assert sent.status_code == 422
    assert steps.fresh(registration).state == "accepted"
