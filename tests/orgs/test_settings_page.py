"""The page of settings: who reads it, who sets what in place, what is refused beside its field."""

import re
import uuid

import pytest
from django.test import Client

from baodao.notices.rules.policies import ANSWER_DAYS as COMPLAINT_DAYS
from baodao.orgs.models import Setting
from baodao.orgs.queries.policies import value_of
from baodao.registration.rules.policies import PARTNER, PLACE
from baodao.statements.rules.policies import ANSWER_DAYS
from tests.orgs.test_pages import post, signed_in
from tests.orgs.test_policies import decide
from tests.world import World


def address(world: World, place: str, key: str = "", above: bool = False) -> str:
    pk = world.places[place].pk
    return f"/organisations/{pk}/settings/" + (f"{key}/" if key else "") + above * "above/"


def test_a_secretary_decides_where_the_members_of_the_unit_report(
    client: Client, world: World
) -> None:
    signed_in(client, world, "deng")
    page = client.get("/settings/").content.decode()
    assert "区城建局机关党委" in page
    assert "居住地社区" in page
    told = post(client, address(world, "bureau", PLACE.key), value=PARTNER)
    assert "已保存" in told
    assert "区城建局机关党委规定" in told
    assert value_of(PLACE, world.first) == PARTNER
    told = post(client, address(world, "bureau", PLACE.key, above=True))
    assert "按上级规定执行" in told
    assert not Setting.objects.exists()


@pytest.mark.parametrize(
    ("name", "place", "status"),
    [
        ("sun", "city", 200),
        ("sun", "willow", 200),
        ("ji", "willow", 200),
        ("an", "willow", 200),
        ("dai", "bureau", 200),
        ("dai", "first", 200),
        ("qin", "first", 200),
        ("fan", "east", 200),
        ("fan", "willow", 200),
        ("bao", "willow", 404),
        ("deng", "commission", 404),
        ("deng", "city", 404),
        ("ji", "east", 404),
        ("fan", "west", 404),
        ("chen", "willow", 404),
        ("gu", "willow", 404),
    ],
)
def test_who_works_for_an_organisation_or_above_it_reads_what_holds(
    client: Client, world: World, name: str, place: str, status: int
) -> None:
    signed_in(client, world, name)
    assert client.get(address(world, place)).status_code == status


@pytest.mark.parametrize(
    ("name", "place"), [("an", "willow"), ("dai", "bureau"), ("fan", "east"), ("qin", "first")]
)
def test_who_only_reads_finds_no_form_and_sets_nothing(
    client: Client, world: World, name: str, place: str
) -> None:
    signed_in(client, world, name)
    assert "policy_" not in client.get(address(world, place)).content.decode()
    assert '<details class="policy"' not in client.get(address(world, place)).content.decode()
    for above in (False, True):
        url = address(world, place, ANSWER_DAYS.key, above=above)
        assert client.post(url, {"value": "3"}).status_code == 404
    assert not Setting.objects.exists()


def test_a_community_sees_who_decided_above_it_and_may_not_change_that(
    client: Client, world: World
) -> None:
    decide(world, "sun", "east", ANSWER_DAYS, 3)
    signed_in(client, world, "ji")
    page = client.get("/settings/").content.decode()
    row = page.split(f'id="{ANSWER_DAYS.key}"')[1].split("</strong>")[0]
    assert "东岸区规定" in row
    assert "孙系统" in row
    assert "默认：5 个工作日" in row
    assert "3 个工作日" in row
    assert f"settings/{ANSWER_DAYS.key}/" not in page


def test_a_value_out_of_bounds_is_refused_beside_its_field(client: Client, world: World) -> None:
    signed_in(client, world, "sun")
    url = address(world, "east", ANSWER_DAYS.key)
    page = client.post(url, {"client_id": str(uuid.uuid4()), "value": "40"})
    assert page.status_code == 422
    row = re.split(r"</details>", page.content.decode().split(f'id="{ANSWER_DAYS.key}"')[1])[0]
    assert row.startswith(" open")
    assert "请填写 1 到 15 之间的数" in row
    assert 'value="40"' in row
    assert page.content.decode().count("field-error") == 1
    for wrong in ("", "many", "3.5"):
        assert client.post(url, {"value": wrong}).status_code == 422
    assert not Setting.objects.exists()


def test_a_policy_that_is_unknown_or_has_its_own_page_is_not_set_here(
    client: Client, world: World
) -> None:
    signed_in(client, world, "sun")
    for key in ("lamp.most", "service.categories"):
        assert client.post(address(world, "city", key), {"value": "3"}).status_code == 404


def test_the_dictionary_of_kinds_is_reached_from_the_page(client: Client, world: World) -> None:
    signed_in(client, world, "ji")
    assert 'href="/settings/categories/"' in client.get("/settings/").content.decode()


@pytest.mark.parametrize("name", ["an", "ji", "dai", "deng", "qin", "fan", "sun"])
def test_the_menu_leads_to_it(client: Client, world: World, name: str) -> None:
    signed_in(client, world, name)
    page = client.get("/settings/").content.decode()
    assert '<a href="/settings/" aria-current="page">设置</a>' in page


def test_help_names_what_holds_for_its_reader(client: Client, world: World) -> None:
    decide(world, "sun", "city", COMPLAINT_DAYS, 7)
    decide(world, "sun", "east", COMPLAINT_DAYS, 3)
    told = {}
    for name in ("chen", "ji", "sun"):
        signed_in(client, world, name)
        told[name] = re.findall(r"(\d+) 个工作日内答复", client.get("/help/").content.decode())
    assert told == {"chen": ["3"], "ji": ["3"], "sun": ["7"]}
    assert "7 个工作日内答复" in Client().get("/help/").content.decode()
