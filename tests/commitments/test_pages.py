"""The pages of commitments: one form for the member, the board, the list and its papers."""

from datetime import timedelta

import pytest

from baodao.accounts.queries import operator
from baodao.commitments.models import Commitment
from baodao.kernel import clock
from baodao.orgs.commands.organisations import rename
from baodao.orgs.rules.handovers import Aim, Reform
from baodao.people.models import Person
from tests.commitments import steps
from tests.offers import steps as offered
from tests.orgs.test_reorganisations import done
from tests.registration.browsing import browser, text
from tests.series import steps as series_steps
from tests.world import World

EDIT, OWN = "/me/commitment/edit/", "/me/commitment/"


def test_one_form_is_filled_in_with_claims_skills_and_what_is_usual(world: World) -> None:
    Person.objects.filter(pk=world.people["chen"].pk).update(specialty="法律、剪纸")
    post = steps.post_of(world, offered.chen(world))
    chen = browser(world, "chen")
    page = text(chen.get(EDIT))
    assert f'value="{post.pk}" class="form-check-input" id="id_own_0" checked' in page
    assert 'name="times" value="6"' in page
    assert "剪纸" in page
    assert "agrees" not in page
    assert chen.post(EDIT, {"own": [post.pk], "times": "4"})["Location"] == OWN
    assert "法律咨询岗" in text(chen.get(OWN))
    assert chen.post(EDIT, {"times": ""}).status_code == 422
    assert Commitment.objects.count() == 1


def test_what_is_only_applied_for_is_ticked_and_not_called_taken_on(world: World) -> None:
    member = offered.chen(world)
    offered.claimed(post := offered.published(world, "post"), member)
    chen = browser(world, "chen")
    page = text(chen.get(EDIT))
    assert f'value="{post.pk}" class="form-check-input" id="id_others_0" checked' in page
    assert 'name="own"' not in page
    assert "，待审批）" in page
    chen.post(EDIT, {"others": [post.pk], "times": "4"})
    assert "承诺时尚未认领" in text(chen.get(OWN))


def test_what_was_is_not_promised_and_what_one_was_only_asked_for_neither(world: World) -> None:
    member = offered.chen(world)
    with clock.at(clock.now() - timedelta(days=9)):
        gone = offered.published(world)
        offered.claimed(gone, member)
    asked = offered.published(world, "post", title="导览岗")
    offered.kept(
        asked,
        world.people["chen"],
        world.first,
        state="invited",
        confirm_by=clock.now() + timedelta(days=2),
    )
    page = text(browser(world, "chen").get(EDIT))
    assert "checked" not in page.split('name="times"')[0]
    assert f'value="{gone.pk}"' in page


def test_a_series_reads_when_it_returns_and_not_how_it_is_chosen(world: World) -> None:
    with clock.at(series_steps.MONDAY):
        offered.chen(world)
        series_steps.published(world, rhythm="weekday")
        page = text(browser(world, "chen").get(EDIT))
    assert "固定服务日（系列活动，每月第1个星期六）" in page


def test_a_member_agrees_to_the_board_and_takes_it_back_with_one_tap(world: World) -> None:
    offered.chen(world)
    steps.posted(world)
    chen, an = browser(world, "chen"), browser(world, "an")
    chen.post(EDIT, {"times": "4", "agrees": "on"})
    assert "陈晓宇" in text(chen.get(f"{OWN}board/"))
    assert "陈晓宇" in text(an.get("/commitments.html"))
    row = Commitment.objects.get()
    assert an.get(f"{OWN}{row.pk}/withdraw/").status_code == 404
    chen.post(f"{OWN}{row.pk}/hide/")
    assert "陈晓宇" not in text(an.get("/commitments.html"))
    assert "陈晓宇" in text(an.get("/commitments/"))
    chen.post(f"{OWN}{row.pk}/withdraw/")
    assert "陈晓宇" not in text(an.get("/commitments/"))


def test_no_board_is_there_where_the_community_has_none(world: World) -> None:
    steps.committed(offered.chen(world))
    assert browser(world, "chen").get(f"{OWN}board/").status_code == 404
    assert browser(world, "an").get("/commitments.html").status_code == 404


@pytest.mark.parametrize("ending", ["pdf", "docx"])
def test_the_paper_of_a_version_is_printed_again_as_it_was(world: World, ending: str) -> None:
    chen = offered.chen(world)
    row = steps.committed(chen, steps.post_of(world, chen), words="随叫随到")
    steps.committed(chen, times=9)
    for place in (world.willow, world.bureau, world.first):
        rename(operator(), organisation_id=place.pk, name=f"新{place.name}")
    done(world, world.first, Aim(Reform.MOVED, parent_id=world.commission.pk))
    done(world, world.willow, Aim(Reform.MERGED, successor_id=world.bridge.pk))
    page = text(browser(world, "chen").get(f"/commitments/{row.pk}.html"))
    for place in (world.willow, world.bureau, world.first):
        assert place.name in page
        assert f"新{place.name}" not in page, "each is called what it was called that day"
    for words in ("党员公开承诺书", "法律咨询岗", "随叫随到", "不少于6次"):
        assert words in page
    assert browser(world, "chen").get(f"/commitments/{row.pk}.{ending}").status_code == 200
    assert browser(world, "deng").get(f"/commitments/{row.pk}.html").status_code == 404


@pytest.mark.parametrize(("reader", "count"), [("an", 1), ("deng", 1), ("bao", 0)])
def test_who_has_committed_is_listed_by_name_and_exported(
    world: World, reader: str, count: int
) -> None:
    steps.committed(offered.chen(world))
    client = browser(world, reader)
    assert ("陈晓宇" in text(client.get("/commitments/"))) == bool(count)
    assert client.get("/commitments/?export=xlsx").status_code == 200
    last = client.get("/commitments/", {"year": str(clock.today().year - 1)})
    assert "陈晓宇" not in text(last)
