"""Whoever opens the form of an act on something that is over reads how things stand: no form."""

import pytest
from django.test import Client

from baodao.callups.commands.callups import stand_down
from baodao.committees.commands.meetings import end_committee
from baodao.kernel import clock
from baodao.kernel.ids import new_id
from baodao.needs.rules.life import NeedState
from baodao.offers.models import Offer
from baodao.offers.rules.lives import OfferState
from baodao.problems.models import ProblemTask
from baodao.residents.models import HouseholdFile, SupportMeasure
from baodao.resources.models import ListClaim, Project, Resource
from baodao.talents.commands.talents import remove_talent
from tests.agreements import steps as agreements
from tests.alliance import steps as alliance
from tests.callups import steps as callups
from tests.committees import steps as committees
from tests.needs.steps import need
from tests.offers.steps import published
from tests.orders.steps import partner
from tests.problems import steps as problems
from tests.registration.browsing import browser, text
from tests.registration.steps import accepted
from tests.residents import steps as residents
from tests.resources import steps as lists
from tests.talents import steps as talents
from tests.world import World


def forms(page: str) -> bool:
    """Whether something can be sent from a page (signing out and searching aside)."""
    main = page[page.index("<main") : page.index("</main>")]
    return 'method="post"' in main


def check_over(client: Client, address: str, words: str = "") -> None:
    answer = client.get(address)
    assert answer.status_code == 409, address
    assert words in text(answer), address
    assert not forms(text(answer)), address


def check_forms(client: Client, *addresses: str) -> None:
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert forms(text(answer)), address


@pytest.mark.parametrize("state", [OfferState.CLOSED, OfferState.CANCELLED])
@pytest.mark.parametrize("kind", ["activity", "post"])
def test_an_offer_that_is_over_shows_no_form(world: World, kind: str, state: OfferState) -> None:
    offer, an = published(world, kind), browser(world, "an")
    acts = [f"/offers/{offer.pk}/{act}/" for act in ("edit", "close", "cancel")]
    check_forms(an, *acts)
    Offer.objects.filter(pk=offer.pk).update(state=state, ended_at=clock.now())
    words = "已结束" if state == OfferState.CLOSED else "已取消"
    for act in (*acts, f"/offers/{offer.pk}/reschedule/"):
        check_over(an, act, words)
    assert an.post(acts[2], {"reason": "下雨"}).status_code == 422


@pytest.mark.parametrize("state", [NeedState.MET, NeedState.UNMET])
def test_a_closed_need_shows_no_form(world: World, state: NeedState) -> None:
    row, an = need(world, state), browser(world, "an")
    for act in ("screen", "correct", "close", "merge", "offer", "answer", "dispatch"):
        check_over(an, f"/needs/{row.pk}/{act}/", "需求")


def test_a_problem_that_is_solved_and_its_task_show_no_form(world: World) -> None:
    row, an, deng = (
        problems.problem(world, world.bureau),
        browser(world, "an"),
        browser(world, "deng"),
    )
    task = problems.task(world, row, world.bureau)
    page, done = f"/problems/{row.pk}/", f"/problems/tasks/{task.pk}/done/"
    check_over(an, f"{page}solved/", task.text)
    check_over(an, f"{page}reopen/")
    check_forms(deng, done)
    ProblemTask.objects.update(done_at=clock.now())
    check_over(deng, done, "已完成")
    check_forms(an, f"{page}solved/")
    type(row).objects.update(state="solved")
    for act in ("solved", "assign", "task", "whistle", "go-on"):
        check_over(an, f"{page}{act}/")


def test_an_agreement_that_is_signed_or_over_shows_no_form(world: World) -> None:
    partner(world)
    row, dai = agreements.drafted(world), browser(world, "dai")
    page = f"/agreements/{row.pk}/"
    check_forms(dai, f"{page}plan/3/")
    check_over(dai, f"{page}sign/")
    agreements.agreed(world, row)
    check_forms(dai, f"{page}sign/")
    agreements.sign_by(world, row, "deng")
    agreements.sign_by(world, row, "ji")
    check_over(dai, f"{page}sign/")
    check_over(dai, f"{page}plan/3/")
    type(row).objects.update(state="ended", ended_at=clock.now())
    for act in ("sign", "plan/3", "end"):
        check_over(dai, f"{page}{act}/")


def test_lists_of_units_show_no_form_of_what_is_over(world: World) -> None:
    agreements.lists_between(world)
    dai, hall, project = browser(world, "dai"), Resource.objects.get(), Project.objects.get()
    claim = ListClaim.objects.get()
    pages = [f"/resources/{hall.pk}/{act}/" for act in ("edit", "withdraw", "end")]
    claims = [f"/resources/claims/{claim.pk}/{act}/" for act in ("decline", "time", "withdraw")]
    Resource.objects.update(state="ended", ended_at=clock.now())
    for page in pages:
        check_over(dai, page, "不再")
    ListClaim.objects.update(state="declined", answered_at=clock.now())
    for page in claims:
        check_over(dai, page)
    Project.objects.update(state="done", ended_at=clock.now())
    an = browser(world, "an")
    for act in ("close", "withdraw", "activity"):
        check_over(an, f"/resources/projects/{project.pk}/{act}/")


def test_a_committee_that_ended_and_its_meeting_show_no_form(world: World) -> None:
    row = committees.committee(world, world.bureau)
    meeting = committees.meeting(world, row)
    an = browser(world, "an")
    end_committee(world.actor("an"), committee_id=row.pk, reason="换届")
    for act in ("members", "call", "enter", "end"):
        check_over(an, f"/committees/{row.pk}/{act}/")
    check_over(an, f"/committees/meetings/{meeting.pk}/cancel/", "取消")


def test_a_call_up_that_was_stood_down_shows_no_form(world: World) -> None:
    accepted(world)
    call, an = callups.sent(world), browser(world, "an")
    line = callups.supply(world, call, item="沙袋", amount=10)
    check_over(an, f"/callups/{call.pk}/edit/")
    check_forms(an, f"/callups/{call.pk}/stand-down/", f"/callups/{call.pk}/posts/new/")
    stand_down(world.actor("an"), call_id=call.pk, reason="水退了")
    for act in ("edit", "stand-down", "posts/new"):
        check_over(an, f"/callups/{call.pk}/{act}/", "解除")
    check_over(an, f"/callups/supplies/{line.pk}/counter/", "解除")


def test_a_measure_that_is_over_and_a_deleted_file_show_no_form(world: World) -> None:
    row = residents.full_file(residents.on(world))
    an, measure = browser(world, "an"), residents.measure(world, row)
    done = f"/households/measures/{measure.pk}/done/"
    check_forms(an, done)
    SupportMeasure.objects.filter(pk=measure.pk).update(ended_at=clock.now(), done_on=clock.today())
    check_over(an, done, "已完成")
    ended = {
        "ended_at": clock.now(),
        "ending": "wish",
        "grade": "",
        "categories": [],
        "grid": None,
    }
    HouseholdFile.objects.update(**ended)
    for act in ("write", "support", "basis", "move", "delete"):
        check_over(an, f"/households/{row.pk}/{act}/", "删除")


def test_talents_and_appointments_that_are_over_show_no_form(world: World) -> None:
    talent, an = talents.talent(world), browser(world, "an")
    remove_talent(world.actor("an"), talent_id=talent.pk, ending="removed")
    for act in ("edit", "remove", "serve"):
        check_over(an, f"/talents/{talent.pk}/{act}/")
    booking = alliance.booked(world, alliance.service(world))
    type(booking).objects.update(state="cancelled", ended_at=clock.now())
    check_over(an, f"/appointments/{booking.pk}/cancel/", "取消")
    check_over(Client(), f"/appointment/{booking.code}/move/", "取消")


def test_who_acts_on_what_is_here_no_longer_reads_so_and_where_to_look(world: World) -> None:
    row, an, page = lists.need(world), browser(world, "an"), "http://testserver/resources/needs/"
    act, tap = f"/resources/needs/{row.pk}/withdraw/", {"client_id": str(new_id())}
    first = an.post(act, tap, headers={"Referer": page})
    again = an.post(act, tap, headers={"Referer": page})
    assert {first.status_code, again.status_code} == {302}, "a double tap leads where one does"
    assert again["Location"] == first["Location"]
    late = an.post(act, {"reason": "已解决"}, headers={"Referer": page})
    assert late.status_code == 404
    assert "没有改动" in text(late)
    assert 'href="/resources/needs/">查看进展' in text(late)


def test_a_link_of_an_old_page_leads_to_the_page_above(world: World) -> None:
    an, gone = browser(world, "an"), f"/offers/{new_id()}/edit/"
    led = an.get(gone, headers={"Referer": f"http://testserver{gone}"})
    assert "没有改动" in text(led)
    assert f'href="{gone.removesuffix("edit/")}">查看进展' in text(led)
    typed = an.get(gone)
    assert (typed.status_code, "没有改动" in text(typed)) == (404, False)
    assert an.get("/nowhere/at/all/").content.count("查看进展".encode()) == 0


def test_a_registration_that_is_over_and_its_letter_show_no_form(world: World) -> None:
    row = accepted(world)
    an, deng = browser(world, "an"), browser(world, "deng")
    page = f"/registrations/{row.pk}/"
    check_over(an, f"{page}return/", "已经接收")
    check_over(deng, f"{page}withdraw/", "已经接收")
    check_forms(an, f"{page}end/", f"{page}placement/", f"{page}anew/")
    check_forms(deng, f"{page}transfer/")
    type(row).objects.filter(pk=row.pk).update(
        state="ended", ended_at=clock.now(), ended_on=clock.today(), ended_reason="moved"
    )
    for act in ("end", "placement", "anew"):
        check_over(an, f"{page}{act}/")
    check_over(deng, f"{page}transfer/", "已结束")
