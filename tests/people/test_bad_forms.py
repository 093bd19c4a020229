"""What is wrong in a form of moving on or of own facts is said beside it, and changes nothing.

Each line: what is sent instead of what is right, at which field it is said ("" for the whole form),
and words of what is said.
"""

import pytest
from django.http import HttpResponse

from baodao.people.models import UnitTransfer
from tests.people import steps
from tests.registration.browsing import browser
from tests.world import World

Values = dict[str, str]


def said(answer: HttpResponse, field: str) -> str:
    """What a refused form says at a field, or of the whole."""
    assert answer.status_code == 422
    return "".join(answer.context["form"].errors.get(field or "__all__", []))


TRANSFER = {"unit": "市发展委", "on": "2026-01-05", "note": ""}


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"unit": ""}, "unit", "请填写此项"),
        ({"unit": "不存在的单位"}, "unit", "不存在的单位"),
        ({"on": ""}, "on", "请填写此项"),
        ({"on": "昨天"}, "on", "请填写日期，例如"),
        ({"on": "2026.1"}, "on", "请填写日期，例如"),
        ({"on": "2190-01-01"}, "", "今天"),
        ({"on": "1900-01-01"}, "", "当天或以后"),
        ({"note": "字" * 201}, "note", "200"),
    ],
)
def test_letting_a_member_go(world: World, wrong: Values, field: str, words: str) -> None:
    steps.clerk_elsewhere(world)
    client, path = browser(world, "dai"), f"/people/{world.people['chen'].pk}/transfer/"
    values = TRANSFER | {"unit": world.commission.name} | wrong
    assert words in said(client.post(path, values), field)
    assert not UnitTransfer.objects.exists()


@pytest.mark.parametrize(
    ("address", "values", "field", "words"),
    [
        ("accept", {"branch": ""}, "branch", "请填写此项"),
        ("accept", {"branch": "999999"}, "branch", "999999"),
        ("accept", {"branch": "第一党支部"}, "branch", "第一党支部"),
        ("decline", {"reason": ""}, "reason", "请填写此项"),
        ("decline", {"reason": "字" * 201}, "reason", "200"),
        ("decline", {"reason": " "}, "reason", "请填写此项"),
    ],
)
def test_taking_a_member_in(
    world: World, address: str, values: Values, field: str, words: str
) -> None:
    transfer = steps.proposed(world)
    answer = browser(world, "lin").post(f"/people/transfers/{transfer.pk}/{address}/", values)
    assert words in said(answer, field)
    transfer.refresh_from_db()
    assert transfer.state == "proposed"


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"interests": "字" * 201}, "interests", "200"),
        ({"wishes": "字" * 201}, "wishes", "200"),
        ({"address": "字" * 201}, "address", "200"),
        ({"home_community": "没有这个社区"}, "home_community", "没有这个社区"),
        ({"specialty": "字" * 201}, "specialty", "200"),
        ({"free_times": "字" * 101}, "free_times", "100"),
    ],
)
def test_own_facts(world: World, wrong: Values, field: str, words: str) -> None:
    chen = world.people["chen"]
    before = (chen.phone, chen.address, chen.specialty, chen.free_times)
    answer = browser(world, "chen").post("/me/facts/", wrong)
    assert words in said(answer, field)
    chen.refresh_from_db()
    assert (chen.phone, chen.address, chen.specialty, chen.free_times) == before
