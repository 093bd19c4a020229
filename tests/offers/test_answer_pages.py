"""From the page of a need to an offer that answers it; what a residents' page tells of offers."""

from datetime import timedelta
from uuid import uuid4

from django.test import Client
from django.urls import reverse

from baodao.kernel import clock
from baodao.needs.commands.needs import close_need
from baodao.offers.commands.answers import draft_offer
from baodao.offers.commands.offers import publish
from baodao.offers.models import Answer, Offer
from baodao.offers.queries.answers import announced
from tests.needs.steps import need
from tests.needs.test_resident_pages import opened
from tests.offers.answers import offer, offer_of
from tests.offers.steps import published
from tests.registration.browsing import browser, text
from tests.world import World


def test_a_published_offer_is_chosen_to_answer(world: World) -> None:
    row, held = need(world), offer(world, title="义务修灯")
    offer(world, "draft", title="还是草稿")
    worker = browser(world, "an")
    address = f"/needs/{row.pk}/answer/"
    page = text(worker.get(address))
    assert "义务修灯" in page
    assert "还是草稿" not in page
    worker.post(address, {"offer_id": held.pk, "client_id": uuid4()})
    assert offer_of(row) == held


def test_a_kind_that_does_not_exist_drafts_nothing(world: World) -> None:
    row, worker = need(world), browser(world, "an")
    assert "认领岗位" in text(worker.get(f"/needs/{row.pk}/offer/"))
    answer = worker.post(f"/needs/{row.pk}/offer/", {"kind": "parade", "client_id": uuid4()})
    assert answer.status_code == 422
    assert Offer.objects.count() == 0


def test_one_tap_drafts_an_offer_and_leads_to_its_editor(world: World) -> None:
    row, worker = need(world), browser(world, "an")
    sent = worker.post(f"/needs/{row.pk}/offer/", {"kind": "post", "client_id": uuid4()})
    assert sent["Location"] == reverse("offers:edit", args=[Offer.objects.get().pk])


def test_a_residents_page_tells_what_is_offered_this_month_and_no_more(world: World) -> None:
    now = clock.now()
    soon = {"starts_at": now + timedelta(minutes=1)}
    offer(world, title="今天的活动", place="广场", **soon)
    offer(world, title="过两个月的活动", starts_at=now + timedelta(days=62))
    offer(world, title="已结束的活动", starts_at=now - timedelta(days=2))
    offer(world, "draft", title="草稿", **soon)
    offer(world, title="隔壁的活动", community=world.bridge, **soon)
    assert [row.title for row in announced(world.willow)] == ["今天的活动"]
    page = text(Client().get(opened(world)))
    assert "今天的活动" in page
    assert "广场" in page
    assert "草稿" not in page


def test_a_residents_page_leaves_out_nothing_of_a_busy_month(world: World) -> None:
    soon = {"starts_at": clock.now() + timedelta(minutes=1)}
    for number in range(31):
        offer(world, title=f"活动{number}", **soon)
    published(world, "post", title="长者食堂")
    titles = {row.title for row in announced(world.willow)}
    assert len(titles) == 32
    assert "长者食堂" in titles


def test_a_draft_whose_need_was_closed_says_so_and_answers_it_no_more_once_published(
    world: World,
) -> None:
    worker, an, waits = browser(world, "an"), world.actor("an"), "没有需求在等它"
    held, row = offer(world, "draft"), need(world)
    Answer.objects.create(offer=held, need=row, since=clock.now())
    page = reverse("offers:offer", args=[held.pk])
    need_page = reverse("needs:need", args=[row.pk])
    assert need_page in text(worker.get(page)), "one leads to the other, and back"
    assert page in text(worker.get(need_page))
    assert waits not in text(worker.get(page))
    close_need(an, need_id=row.pk, met=False, reason="老人已搬走")
    shown = text(worker.get(page))
    assert waits in shown
    assert "老人已搬走" in shown
    publish(an, offer_id=held.pk)
    assert offer_of(row) is None
    assert waits not in text(worker.get(page))


def test_a_draft_for_one_who_waits_no_more_is_cancelled_and_not_published(world: World) -> None:
    worker, row = browser(world, "an"), need(world)
    held = draft_offer(world.actor("an"), need_id=row.pk, kind="wish")
    close_need(world.actor("an"), need_id=row.pk, met=False, reason="老人已搬走")
    shown = text(worker.get(reverse("offers:offer", args=[held.pk])))
    assert "没有需求在等它" in shown
    assert reverse("offers:publish", args=[held.pk]) not in shown
    assert f'btn-primary" href="{reverse("offers:cancel", args=[held.pk])}"' in shown
