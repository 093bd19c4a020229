"""活动类型 as a dictionary: each authority edits its own, no code is ever lost."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext, override

from baodao.agenda.commands.services import state_claim
from baodao.attendance.commands.rolls import Turnout, record_roll
from baodao.claims.models import Claim
from baodao.kernel import clock
from baodao.kernel.errors import Absent, Refused
from baodao.ledger.commands.corrections import correct
from baodao.ledger.models import ServiceRecord
from baodao.ledger.queries.categories import categories_of, category_words, dictionary_of
from baodao.ledger.rules.policies import KINDS_OF_SERVICE
from baodao.ledger.rules.records import CATEGORIES
from baodao.orgs.commands.policies import set_policy
from baodao.orgs.rules.dictionaries import Word
from baodao.statements.commands.statements import confirm_statements
from tests.ledger.steps import entry, recorded
from tests.offers import steps as offering
from tests.registration.browsing import browser, text
from tests.world import World

PAGE = "/settings/categories/"


@pytest.fixture
def ji(world: World) -> Client:
    """The secretary of An's community."""
    return browser(world, "ji")


def form(world: World, place: str = "willow", **changes: str) -> dict[str, object]:
    """The form as the page has it, with some fields changed; "" unticks."""
    fields: dict[str, object] = {"client_id": uuid4(), "fresh": ""}
    for word in dictionary_of(world.places[place]):
        with override("zh-hans"):
            fields |= {f"words-{word.code}": gettext(word.words)}
        if word.is_offered:
            fields[f"shown-{word.code}"] = "on"
    fields |= changes
    return {name: value for name, value in fields.items() if value or name == "fresh"}


def test_until_somebody_decides_the_kinds_of_the_scheme_are_offered(world: World) -> None:
    assert categories_of(world.willow) == CATEGORIES
    assert list(categories_of(world.willow)) == list(CATEGORIES)


def test_a_kind_is_added_renamed_and_hidden_and_the_order_stays(world: World, ji: Client) -> None:
    changed = form(
        world,
        **{"words-patrol": "平安值守", "shown-epidemic": "", "fresh": "防汛抢险"},
    )
    assert "已保存" in text(ji.post(PAGE, changed, follow=True))
    offered = categories_of(world.willow)
    assert offered["patrol"] == "平安值守"
    assert "epidemic" not in offered
    assert category_words(world.willow)["epidemic"] == CATEGORIES["epidemic"]
    assert list(offered.items())[-1] == (f"{world.willow.code}-1", "防汛抢险")
    assert [word.code for word in dictionary_of(world.willow)][:-1] == list(CATEGORIES)
    assert categories_of(world.bridge) == CATEGORIES


def test_a_name_left_alone_stays_the_word_that_is_translated(world: World, ji: Client) -> None:
    shown = text(ji.get(PAGE))
    assert 'value="政策宣传"' in shown
    ji.post(PAGE, form(world, **{"words-policy": "政策宣传", "words-patrol": "值守"}))
    assert categories_of(world.willow)["policy"] == CATEGORIES["policy"]
    assert categories_of(world.willow)["patrol"] == "值守"


def test_what_a_district_decides_holds_below_until_a_community_decides(
    world: World, ji: Client
) -> None:
    words = [*dictionary_of(world.east), Word("990102000000-1", "入户走访")]
    sun = world.actor("sun")
    set_policy(sun, organisation_id=world.east.pk, policy=KINDS_OF_SERVICE, value=words)
    assert "990102000000-1" in categories_of(world.willow)
    assert "990102000000-1" not in categories_of(world.cloud)
    ji.post(PAGE, form(world, **{"shown-990102000000-1": ""}))
    assert "990102000000-1" not in categories_of(world.willow)
    assert "990102000000-1" in categories_of(world.bridge)
    assert "恢复使用" in text(ji.post(f"{PAGE}above/", {"client_id": uuid4()}, follow=True))
    assert "990102000000-1" in categories_of(world.willow)


def test_a_hidden_kind_is_recorded_no_more_and_a_new_one_is(world: World, ji: Client) -> None:
    chen = world.people["chen"].pk
    ji.post(PAGE, form(world, **{"shown-culture": "", "fresh": "防汛抢险"}))
    [(_, refused)] = recorded(world, entry(chen, category="culture")).refused
    assert refused.code == "record.unknown-word"
    assert recorded(world, entry(chen, category=f"{world.willow.code}-1")).done


@pytest.fixture
def over(world: World, ji: Client) -> Claim:
    """Chen's place in an activity of yesterday, whose kind of service was hidden meanwhile."""
    chen = offering.chen(world)
    with clock.at(clock.now() - timedelta(days=3)):
        starts_at, ends_at = offering.hour(2), offering.hour(2, 11)
        offer = offering.published(world, starts_at=starts_at, ends_at=ends_at)
        [row] = offering.claimed(offer, chen)
    ji.post(PAGE, form(world, **{"shown-environment": ""}))
    return row


def test_the_list_of_an_activity_of_a_hidden_kind_is_recorded(world: World, over: Claim) -> None:
    turnout = Turnout([world.people["chen"].pk], 120)
    [row] = record_roll(world.actor("an"), offer_id=over.offer_id, turnout=turnout).done
    assert row.category == "environment"


def test_what_is_stated_of_it_is_confirmed_and_corrected(
    world: World, ji: Client, over: Claim
) -> None:
    stated = state_claim(world.actor("chen"), claim_id=over.pk)
    [row] = confirm_statements(world.actor("an"), statement_ids=[stated.pk]).done
    record = ServiceRecord.objects.get(person=world.people["chen"])
    assert row.pk == stated.pk
    path = reverse("statements:correct", args=[record.community_id, record.id])
    assert 'value="environment" selected' in text(ji.get(path))
    right = entry(record.person_id, served_on=record.served_on)
    which = {"community_id": record.community_id, "record_id": record.id}
    assert correct(world.actor("ji"), **which, entry=right, reason="时长录错").minutes == 60


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ([Word("policy", "政策")], "dictionary.codes"),
        (
            [Word(code, word, is_offered=False) for code, word in CATEGORIES.items()],
            "dictionary.empty",
        ),
        ([Word(code, "同") for code in CATEGORIES], "dictionary.twice"),
        ([Word(code, "") for code in CATEGORIES], "dictionary.blank"),
        ([Word(code, word) for code, word in CATEGORIES.items()] * 2, "dictionary.codes"),
        (
            [Word(code, code) for code in (*CATEGORIES, *map(str, range(30)))],
            "dictionary.long",
        ),
    ],
)
def test_a_dictionary_that_loses_or_confuses_is_refused(
    world: World, ji: Client, words: list[Word], code: str
) -> None:
    assert ji
    with pytest.raises(Refused) as refused:
        set_policy(
            world.actor("ji"),
            organisation_id=world.willow.pk,
            policy=KINDS_OF_SERVICE,
            value=words,
        )
    assert refused.value.code == code
    assert categories_of(world.willow) == CATEGORIES


def test_a_name_too_long_for_the_card_is_refused_beside_what_was_typed(
    world: World, ji: Client
) -> None:
    page = ji.post(PAGE, form(world, fresh="长" * 9))
    assert page.status_code == 422
    assert "长" * 9 in text(page)


def test_only_who_decides_settings_of_a_place_edits_its_kinds(world: World, ji: Client) -> None:
    assert ji.get(PAGE).status_code == 200
    assert browser(world, "sun").get(PAGE).status_code == 200
    for who in ("an", "bao", "deng", "dai", "fan", "chen", "gu", "shen", "su"):
        assert browser(world, who).get(PAGE).status_code == 404, who
    words = dictionary_of(world.bridge)
    with pytest.raises(Absent):
        set_policy(
            world.actor("ji"),
            organisation_id=world.bridge.pk,
            policy=KINDS_OF_SERVICE,
            value=words,
        )


def test_a_record_of_a_kind_that_is_hidden_now_keeps_its_words(world: World, ji: Client) -> None:
    recorded(world, entry(world.people["chen"].pk, category="culture"))
    ji.post(PAGE, form(world, **{"shown-culture": ""}))
    assert "culture" not in categories_of(world.willow)
    page = text(ji.get("/records/"))
    assert "文体活动" in page
    assert "culture" not in page.replace("/culture", "")
