"""What is wrong in the forms of corrections and merges is said beside it, and changes nothing.

Each line: what is sent instead of what is right, at which field it is said ("" for the whole form),
and words of what is said.
"""

from datetime import date

import pytest
from django.http import HttpResponse

from baodao.identities.commands.corrections import propose_number
from baodao.identities.models import IdentityCorrection, PersonMerge
from tests import factories
from tests.registration.browsing import browser
from tests.world import World

Values = dict[str, str]


def said(world: World, path: str, values: Values, field: str) -> str:
    """What Dai reads at a field, or of the whole form, once both were compared."""
    client = browser(world, "dai")
    answer: HttpResponse = client.post(path, values)
    if answer.status_code == 422 and answer.context["form"].data.get("compared"):
        answer = client.post(path, answer.context["form"].data)
    assert answer.status_code == 422
    return "".join(answer.context["form"].errors.get(field or "__all__", []))


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"id_number": ""}, "id_number", "请填写此项"),
        ({"id_number": "12"}, "", "与证件核对"),
        ({"id_number": "身份证"}, "", "与证件核对"),
        ({"id_number": "4.2E+17"}, "", "与证件核对"),
        ({"id_number": "9" * 41}, "id_number", "40"),
        ({"id_number": "child"}, "", "十八"),
        ({"id_number": "kept"}, "", "与现有号码相同"),
        ({"reason": ""}, "reason", "请填写此项"),
        ({"reason": "字" * 201}, "reason", "200"),
        ({"evidence": ""}, "evidence", "请填写此项"),
        ({"evidence": "证"}, "", "依据"),
    ],
)
def test_a_number_that_is_proposed(world: World, wrong: Values, field: str, words: str) -> None:
    chen = world.people["chen"]
    number = {"child": factories.id_number(born_on=date(2020, 1, 1)), "kept": chen.id_number}
    right = {"id_number": factories.id_number(), "reason": "录入错误", "evidence": "身份证原件"}
    values = {key: number.get(value, value) for key, value in (right | wrong).items()}
    assert words in said(world, f"/people/{chen.pk}/identity/", values, field)
    assert not IdentityCorrection.objects.exists()


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ("", "id_number", "请填写此项"),
        ("12", "", "与证件核对"),
        ("other", "", "与提出的号码不一致"),
    ],
)
def test_a_number_that_is_confirmed(world: World, typed: str, field: str, words: str) -> None:
    correction = propose_number(
        world.actor("dai"),
        person_id=world.people["chen"].pk,
        id_number=factories.id_number(),
        reason="录入错误",
        evidence="身份证原件",
    )
    typed = factories.id_number() if typed == "other" else typed
    path = f"/people/corrections/{correction.pk}/confirm/"
    answer = browser(world, "deng").post(path, {"id_number": typed})
    assert answer.status_code == 422
    assert words in "".join(answer.context["form"].errors.get(field or "__all__", []))
    correction.refresh_from_db()
    assert correction.state == "proposed"


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"number": ""}, "number", "请填写此项"),
        ({"number": "V123"}, "", "没有此志愿服务编号"),
        ({"number": "own"}, "", "没有此志愿服务编号"),
        ({"number": "elsewhere"}, "", "没有此志愿服务编号"),
        ({"number": "V" * 21}, "number", "20"),
        ({"number": "different"}, "", "性别或出生日期不同"),
        ({"reason": ""}, "reason", "请填写此项"),
        ({"reason": "字" * 201}, "reason", "200"),
        ({"evidence": ""}, "evidence", "请填写此项"),
        ({"evidence": "证"}, "", "依据"),
    ],
)
def test_a_merge_that_is_proposed(world: World, wrong: Values, field: str, words: str) -> None:
    chen = world.people["chen"]
    persons = {
        "own": chen,
        "twice": factories.member(chen.name, world.second),
        "elsewhere": factories.member(chen.name, world.office),
        "different": factories.member(chen.name, world.second, born_on=date(1979, 1, 1)),
    }
    right = {"number": "twice", "reason": "登记了两次", "evidence": "核对两份复印件"}
    values = right | wrong
    if values["number"] in persons:
        values["number"] = persons[values["number"]].number
    assert words in said(world, f"/people/{chen.pk}/merge/", values, field)
    assert not PersonMerge.objects.exists()
