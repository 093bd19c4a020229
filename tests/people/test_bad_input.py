"""What people type into the forms about a person is read alike, or refused beside its field."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.test import Client

from baodao.people.facts import BY_NAME
from baodao.people.models import Person
from tests import factories
from tests.people import steps
from tests.registration.browsing import browser
from tests.world import World

PHONES = {
    "１９９ ００００ ８８８８": "19900008888",
    "+86 199-0000-8888": "19900008888",
    "0086 199 0000 8888": "19900008888",
    "١٩٩٠٠٠٠٨٨٨٨": "19900008888",
    "۱۹۹۰۰۰۰۸۸۸۸": "19900008888",
    "（0571）8765 4321": "057187654321",
    "199.0000.8888": "19900008888",
    "电话：19900008888": "19900008888",
    "\u202a19900008888\u202c": "19900008888",
}
NAMES = {
    "买买提．艾力": "买买提·艾力",
    "买买提•艾力": "买买提·艾力",
    "买买提・艾力": "买买提·艾力",
    "买买提‧艾力": "买买提·艾力",
    " 吕　重阳 ": "吕重阳",
    "盖长河\u200b": "盖长河",
    "䶮": "",
    "罗新😀": "",
    "罗新2": "",
    "孙某某": "",
    "李书记": "",
    "": "",
}
"""As typed, and as kept; "" is refused."""

READINGS = {
    "盖长河": ("gch", "gaichanghe", "gezhanghe"),
    "李重阳": ("lcy", "lichongyang", "lizhongyang"),
    "吕布": ("lb", "lvbu", "lubu", "lübu"),
    "单丽": ("sl", "shanli"),
}


def sent(values: dict[str, object]) -> dict[str, object]:
    """What a browser sends of the values of a unit's form."""
    branch = values.pop("branch")
    texts = {key: "" if value is None else value for key, value in values.items()}
    return {**texts, "branch": branch.pk, "client_id": uuid4()}  # type: ignore[attr-defined]


def doors(world: World, **typed: object) -> Iterator[tuple[str, Person | None, bytes]]:
    """The typed values through both forms in which a unit writes of a person: the door, who is kept
    with them, None where they were refused, and the page."""
    client: Client = browser(world, "dai")
    number = factories.id_number()
    new = sent(steps.facts(world.first, **typed))
    answer = client.post("/people/add/", new | {"id_number": number, "from_on": "2026-01-05"})
    person = Person.objects.filter(Person.id_number.equals(number)).first()
    yield "add", person, answer.content
    chen = world.people["chen"]
    known = sent(steps.facts(world.first, **{"name": chen.name, **typed}))
    answer = client.post(f"/people/{chen.pk}/edit/", known)
    chen.refresh_from_db()
    yield "edit", chen if answer.status_code == 302 else None, answer.content


@pytest.mark.parametrize("typed", PHONES)
def test_every_form_reads_a_telephone_however_it_is_written(world: World, typed: str) -> None:
    for door, person, _ in doors(world, phone=typed):
        assert person is not None, door
        assert person.phone == PHONES[typed], door


@pytest.mark.parametrize("typed", NAMES)
def test_every_form_reads_a_name_or_says_that_it_is_none(world: World, typed: str) -> None:
    for door, person, page in doors(world, name=typed):
        assert (person.name if person else "") == NAMES[typed], door
        if not NAMES[typed]:
            assert typed in page.decode(), door
            assert 'class="field-error"' in page.decode() or "alert" in page.decode(), door


@pytest.mark.parametrize("name", READINGS)
def test_a_name_of_two_readings_is_found_by_each(world: World, name: str) -> None:
    steps.added(world, name=name)
    client = browser(world, "dai")
    for words in READINGS[name]:
        assert name in client.get("/people/", {"q": words}).content.decode(), words


@pytest.mark.parametrize("name", [fact.name for fact in BY_NAME.values() if fact.length > 90])
def test_emoji_and_marks_of_direction_in_a_text_are_kept_or_left_out(
    world: World, name: str
) -> None:
    typed = "会修水管\u202e😀（自带\u200b工具）"
    if name in {"specialty", "interests", "address"}:
        for door, person, _ in doors(world, **{name: typed}):
            assert person is not None, door
            assert getattr(person, name) == "会修水管😀(自带工具)", door


@pytest.mark.parametrize(
    "typed", ["１２３", "34052419800101001", "340524 1980 0101 0011 9", "٣٤٠٥", "身份证"]
)
def test_what_is_no_identity_number_is_said_with_what_to_do(world: World, typed: str) -> None:
    client = browser(world, "dai")
    new = sent(steps.facts(world.first)) | {"id_number": typed, "from_on": "2026-01-05"}
    answer = client.post("/people/add/", new)
    assert answer.status_code == 422
    assert "与证件核对" in answer.content.decode()
    assert typed in answer.content.decode()


def test_a_number_is_read_in_every_form_of_it(world: World) -> None:
    number = factories.id_number()
    spaced = f" {number[:6]}　{number[6:14]}-{number[14:]} "
    wide = "".join(chr(ord(one) + 0xFEE0) for one in number)
    client = browser(world, "dai")
    new = sent(steps.facts(world.first)) | {"id_number": wide, "from_on": "２０２６．１．５"}
    assert client.post("/people/add/", new).status_code == 302
    new = sent(steps.facts(world.first)) | {"id_number": spaced, "from_on": "2026-01-05"}
    again = client.post("/people/add/", new)
    assert again.status_code == 422
    assert "已是本单位" in again.content.decode()


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ("2026年1月5日", 302),
        ("２０２６/１/５", 302),
        ("2026.1", 422),
        ("昨天", 422),
        ("2099-01-01", 422),
    ],
)
def test_a_day_of_leaving_is_read_or_asked_for_again(world: World, typed: str, status: int) -> None:
    chen = world.people["chen"]
    body = {"happening": "left", "on": typed, "client_id": uuid4()}
    answer = browser(world, "dai").post(f"/people/{chen.pk}/departure/", body)
    assert answer.status_code == status
    assert status == 302 or typed in answer.content.decode()
