"""Specialty, interests, wishes and free times: chosen from lists, with room for others."""

from uuid import uuid4

import pytest

from baodao.orgs.commands.policies import set_policy
from baodao.people.facts import BY_NAME
from baodao.people.models import Person
from baodao.people.rules.choices import FREE_TIMES, INTERESTS, SPECIALTIES, WISHES
from baodao.people.rules.policies import MORE_SPECIALTIES
from baodao.rosters.queries.roster import examine
from tests.registration.browsing import browser
from tests.rosters import sheets
from tests.world import World

LISTS = (SPECIALTIES, INTERESTS, WISHES, FREE_TIMES)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("法律、医疗/摄影", "法律、医疗、摄影"),
        ("摄影 法律", "法律、摄影"),
        ("会摄影；法律咨询", "法律、摄影"),
        ("持有律师证，会摄影、养猫", "摄影、持有律师证、养猫"),
        ("摄影、摄影、养猫、养猫", "摄影、养猫"),
        ("乐器（钢琴、二胡）、主持人", "主持、乐器(钢琴、二胡)"),
        ("Ｃ 语言", "C 语言"),
        ("有事请打电话。", "有事请打电话。"),
        (" 无 ", ""),
        ("", ""),
    ],
)
def test_a_text_is_kept_with_the_words_of_the_list_first_and_nothing_lost(
    typed: str, kept: str
) -> None:
    assert BY_NAME["specialty"].text(typed) == kept
    assert BY_NAME["specialty"].text(kept) == kept


def test_free_times_are_six_halves_and_what_else_was_written() -> None:
    assert FREE_TIMES.tidy("周末、下班后") == "工作日晚上、周末上午、周末下午、周末晚上"
    assert FREE_TIMES.tidy("周六上午、平时晚上") == "工作日晚上、周六上午"


@pytest.mark.parametrize("words", LISTS, ids=["specialty", "interests", "wishes", "free times"])
def test_every_word_and_name_of_a_list_is_read_as_itself(words: object) -> None:
    assert words in LISTS
    for word, names in words.names.items():  # type: ignore[attr-defined]
        assert words.read(word).words == (word,)  # type: ignore[attr-defined]
        for name in names:
            assert word in words.read(name).words  # type: ignore[attr-defined]
            assert word in words.within(f"想做{name}")  # type: ignore[attr-defined]


def test_all_words_of_a_list_fit_into_their_fact() -> None:
    for name in ("specialty", "interests", "wishes", "free_times"):
        fact = BY_NAME[name]
        assert fact.choice_list is not None
        assert len("、".join(fact.choice_list.words)) <= fact.length


def test_a_member_ticks_and_adds_on_one_page(world: World) -> None:
    chen = world.people["chen"]
    Person.objects.filter(pk=chen.pk).update(specialty="律师、写诗")
    client = browser(world, "chen")
    page = client.get("/me/facts/")
    assert page.context["form"]["specialty"].field.widget.format_value("律师、写诗") == [
        "律师、写诗"
    ]
    body = {
        "specialty": ["法律", "摄影", "写诗"],
        "interests": [
            "",
        ],
        "wishes": ["政策宣传", "陪老人下棋"],
        "free_times": ["工作日晚上", "周末上午", ""],
        "client_id": uuid4(),
    }
    assert client.post("/me/facts/", body).status_code == 302
    chen.refresh_from_db()
    assert (chen.specialty, chen.wishes) == ("法律、摄影、写诗", "政策宣传、陪老人下棋")
    assert chen.free_times == "工作日晚上、周末上午"
    shown = client.get("/me/facts/").content.decode()
    assert 'value="法律" checked' in shown
    assert 'value="写诗"' in shown
    assert "法律、摄影、写诗" in client.get("/me/").content.decode()


def test_too_much_is_refused_beside_its_field_and_stays_typed(world: World) -> None:
    long = "、".join(f"会做第{number}件事情" for number in range(30))
    page = browser(world, "chen").post(
        "/me/facts/", {"specialty": ["法律", long], "client_id": uuid4()}
    )
    assert page.status_code == 422
    assert page.context["form"].errors["specialty"]
    body = page.content.decode()
    assert 'value="法律" checked' in body
    assert "会做第29件事情" in body


def test_a_city_adds_words_and_one_taken_away_stays_where_it_was_chosen(world: World) -> None:
    sun, city = world.actor("sun"), world.places["city"]
    set_policy(sun, organisation_id=city.pk, policy=MORE_SPECIALTIES, value=("宠物护理",))
    client = browser(world, "chen")
    assert 'value="宠物护理"' in client.get("/me/facts/").content.decode()
    client.post("/me/facts/", {"specialty": ["摄影", "宠物护理", ""], "client_id": uuid4()})
    chen = Person.objects.get(pk=world.people["chen"].pk)
    assert chen.specialty == "摄影、宠物护理"
    assert 'value="宠物护理" checked' in client.get("/me/facts/").content.decode()
    set_policy(sun, organisation_id=city.pk, policy=MORE_SPECIALTIES, value=())
    page = client.get("/me/facts/").content.decode()
    assert 'value="宠物护理" checked' not in page
    assert 'value="宠物护理"' in page


def test_the_settings_take_words_on_one_line(world: World) -> None:
    client = browser(world, "sun")
    address = f"/organisations/{world.places['city'].pk}/settings/person.more_specialties/"
    page = client.get(f"/organisations/{world.places['city'].pk}/settings/")
    assert page.status_code == 200
    client.post(address, {"value": "宠物护理，无人机 、 ", "client_id": uuid4()})
    page = client.get(f"/organisations/{world.places['city'].pk}/settings/").content.decode()
    assert "宠物护理、无人机" in page
    refused = client.post(address, {"value": "一个非常非常非常长的词", "client_id": uuid4()})
    assert "一个非常非常非常长的词" in refused.content.decode()


def test_a_roster_is_read_by_the_same_lists_and_agrees_with_what_it_wrote(world: World) -> None:
    chen = world.people["chen"]
    row = {"姓名": chen.name, "身份证号": chen.id_number, "特长": "摄影/法律咨询 、养猫"}
    row |= {"所在党支部": "第一党支部"}
    content = sheets.roster(list(row.values()), header=list(row))
    assert [one.facts for one in examine(world.bureau, content).differences.changed] == [
        ("specialty",)
    ]
    Person.objects.filter(pk=chen.pk).update(specialty="法律、摄影、养猫")
    assert not examine(world.bureau, content).differences.changed
