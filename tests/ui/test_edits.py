"""Two people put one thing right: whoever saves second sees what the first changed, and decides."""

import json
import re
from html import unescape

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from baodao.kernel import clock
from baodao.kernel.ids import new_id
from baodao.kernel.models import JournalEntry
from baodao.orgs.models import Organisation
from baodao.people.models import Membership, Person
from tests.concurrency import at_once
from tests.registration import steps as road
from tests.registration.browsing import browser
from tests.world import World

CARRIED = re.compile(r'name="before" value="([^"]*)"')
MEANWHILE = "其他人在此期间把这里改成了“%s”。"
ONESELF = "您自己在另一个窗口把这里改成了“%s”。"


def page_of(world: World) -> str:
    return reverse("people:edit", args=[world.people["chen"].pk])


def sent(client: Client, page: str) -> dict[str, object]:
    """What a browser sends of the form on `page` when nothing was touched."""
    return sent_of(client.get(page))


def sent_of(response: HttpResponse) -> dict[str, object]:
    found = CARRIED.search(response.content.decode())
    assert found is not None
    before = unescape(found[1])
    return {
        **{name: texts for name, texts in json.loads(before).items() if texts},
        "before": before,
    }


def chen(world: World) -> Person:
    return Person.objects.get(pk=world.people["chen"].pk)


def test_it_is_saved_when_nobody_else_changed_anything(world: World) -> None:
    deng, page = browser(world, "deng"), page_of(world)
    assert deng.post(page, sent(deng, page) | {"position": "科长"}).status_code == 302
    assert chen(world).position == "科长"


def test_whoever_saves_second_is_told_and_loses_nothing(world: World) -> None:
    deng, dai, page = browser(world, "deng"), browser(world, "dai"), page_of(world)
    first, second = sent(deng, page), sent(dai, page)
    assert deng.post(page, first | {"position": "科长", "education": "研究生"}).status_code == 302
    response = dai.post(page, second | {"position": "处长", "ethnicity": "回族"})
    assert response.status_code == 422
    body = response.content.decode()
    assert MEANWHILE % "科长" in body
    assert MEANWHILE % "研究生" in body
    assert (chen(world).position, chen(world).ethnicity) != ("处长", "回族")
    form = response.context["form"]
    assert (form["position"].value(), form["ethnicity"].value()) == ("处长", "回族")
    assert form["education"].value() == "研究生", "left alone, it shows what the first wrote"


def test_one_s_own_second_window_is_told_from_somebody_else_s(world: World) -> None:
    deng, dai, page = browser(world, "deng"), browser(world, "dai"), page_of(world)
    second, third = (sent(client, page) | {"client_id": str(new_id())} for client in (deng, dai))
    assert deng.post(page, sent(deng, page) | {"position": "科长"}).status_code == 302
    answer = deng.post(page, second | {"position": "处长"})
    body = answer.content.decode()
    assert (answer.status_code, ONESELF % "科长" in body) == (422, True)
    assert "其他人" not in body
    assert answer.context["form"]["position"].value() == "处长"
    assert MEANWHILE % "科长" in dai.post(page, third).content.decode()


def test_what_oneself_and_another_changed_is_laid_to_neither(world: World) -> None:
    deng, dai, page = browser(world, "deng"), browser(world, "dai"), page_of(world)
    stale = sent(deng, page) | {"client_id": str(new_id())}
    assert deng.post(page, sent(deng, page) | {"position": "科长"}).status_code == 302
    assert dai.post(page, sent(dai, page) | {"education": "研究生"}).status_code == 302
    body = deng.post(page, stale | {"position": "处长"}).content.decode()
    assert "这里在此期间改成了“科长”。" in body
    assert "其他人" not in body
    assert "您自己" not in body


def test_saving_again_is_the_decision(world: World) -> None:
    deng, dai, page = browser(world, "deng"), browser(world, "dai"), page_of(world)
    second = sent(dai, page)
    deng.post(page, sent(deng, page) | {"position": "科长", "education": "研究生"})
    again = dai.post(page, second | {"position": "处长"})
    values = {bound.name: bound.value() or "" for bound in again.context["form"]}
    before = unescape(CARRIED.search(again.content.decode())[1])  # type: ignore[index]
    assert dai.post(page, values | {"before": before}).status_code == 302
    assert (chen(world).position, chen(world).education) == ("处长", "研究生")


def test_of_two_at_the_same_moment_one_is_told(committed_world: World) -> None:
    world = committed_world
    deng, dai, page = browser(world, "deng"), browser(world, "dai"), page_of(world)
    forms = [
        (client, sent(client, page) | {"position": position})
        for client, position in ((deng, "科长"), (dai, "处长"))
    ]
    answers = at_once(*(lambda c=c, typed=typed: c.post(page, typed) for c, typed in forms))
    assert sorted(answer.status_code for answer in answers) == [302, 422]  # type: ignore[union-attr]


def test_a_branch_that_was_closed_stays_until_another_is_chosen(world: World) -> None:
    branch = Membership.objects.get(person=world.people["chen"], closed_at=None).branch
    Organisation.objects.filter(pk=branch.pk).update(closed_at=clock.now())
    deng, page = browser(world, "deng"), page_of(world)
    form = deng.get(page).context["form"]
    assert (str(branch.pk), f"{branch.name}（已关闭）") in form.fields["branch"].choices
    assert deng.post(page, sent(deng, page) | {"position": "科长"}).status_code == 302
    assert Membership.objects.get(person=world.people["chen"], closed_at=None).branch == branch
    assert JournalEntry.objects.get(verb="person.edited").facts["fields"] == ["position"]


def test_nobody_is_put_into_a_closed_branch(world: World) -> None:
    deng, page = browser(world, "deng"), page_of(world)
    typed = sent(deng, page)
    Organisation.objects.filter(pk=world.second.pk).update(closed_at=clock.now())
    answer = deng.post(page, typed | {"branch": world.second.pk})
    assert answer.status_code == 422
    assert (
        Membership.objects.get(person=world.people["chen"], closed_at=None).branch != world.second
    )


def test_a_home_community_that_was_closed_stays(world: World) -> None:
    chen(world)
    Person.objects.filter(pk=world.people["chen"].pk).update(home_community=world.willow)
    Organisation.objects.filter(pk=world.willow.pk).update(closed_at=clock.now())
    client, page = browser(world, "chen"), reverse("people:own_facts")
    assert "柳荫社区已关闭，在您另选之前保留。" in client.get(page).content.decode()
    assert client.post(page, sent(client, page) | {"interests": "书法"}).status_code == 302
    assert (chen(world).interests, chen(world).home_community_id) == ("书法", world.willow.pk)


def test_a_grid_that_was_closed_stays_until_another_is_chosen(world: World) -> None:
    registration = road.accepted(world)
    an, page = browser(world, "an"), reverse("registration:place", args=[registration.pk])
    an.post(page, {"grid": world.grid.pk, "team": ""})
    Organisation.objects.filter(pk=world.grid.pk).update(closed_at=clock.now())
    assert (world.grid.pk, "第一网格（已关闭）") in an.get(page).context["form"].fields[
        "grid"
    ].choices
    assert an.post(page, sent(an, page) | {"team": world.team.pk}).status_code == 302
    registration.refresh_from_db()
    assert (registration.grid, registration.team) == (world.grid, world.team)
    assert an.post(page, {"grid": "", "team": world.team.pk}).status_code == 302
    assert an.post(page, {"grid": world.grid.pk, "team": world.team.pk}).status_code == 422


def test_of_a_grid_s_name_the_second_is_told(world: World) -> None:
    page = reverse("teams:place_edit", args=[world.grid.pk])
    an, ji = browser(world, "an"), browser(world, "ji")
    first, second = sent(an, page), sent(ji, page)
    assert an.post(page, first | {"name": "第一网格（南）"}).status_code == 302
    response = ji.post(page, second | {"name": "南苑网格"})
    assert response.status_code == 422
    assert MEANWHILE % "第一网格（南）" in response.content.decode()
    world.grid.refresh_from_db()
    assert world.grid.name == "第一网格（南）"


def test_of_a_setting_and_a_contact_the_second_is_told(world: World) -> None:
    ji, page = browser(world, "ji"), reverse("orgs:own_settings")
    key = "claim.most_posts"
    address = reverse("orgs:policy", args=[world.willow.pk, key])
    body = ji.get(page).content.decode()
    before = unescape(CARRIED.findall(body)[0])
    form = {"value": "3", "before": '{"value": ["2"]}'}
    assert json.loads(before).keys() == {"value"}
    assert ji.post(address, form).status_code == 302
    answer = ji.post(address, {"value": "4", "before": '{"value": ["2"]}'})
    assert answer.status_code == 422
    assert ONESELF % "3" in answer.content.decode()
    deng, contact = browser(world, "deng"), reverse("orgs:own_contact")
    stale = sent(deng, contact)
    fresh = sent(deng, contact) | {"contact_name": "戴文", "contact_phone": "0990-5550100"}
    assert deng.post(contact, fresh).status_code == 302
    assert deng.post(contact, stale | {"contact_name": "秦川"}).status_code == 422
