"""What holds at an organisation: set, inherited down the tree, given back, and written down."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.template import Context, Template
from django.utils import translation

from baodao.accounts.rules import ONE_TIME
from baodao.kernel import clock, journal
from baodao.kernel.errors import Absent, Refused
from baodao.ledger.rules.policies import KINDS_OF_SERVICE
from baodao.notices.rules.policies import MOST_REMINDERS, QUIET_FROM
from baodao.orgs.commands.policies import clear_policy, set_policy
from baodao.orgs.models import Organisation, Setting
from baodao.orgs.queries.policies import (
    days_ago,
    line_of,
    lines_of,
    site_path,
    value_of,
    values_at,
    values_by_path,
    words_of,
)
from baodao.orgs.rules.policies import POLICIES, Policy
from baodao.orgs.rules.tree import about
from baodao.registration.rules.policies import HOME, PARTNER, PLACE
from baodao.statements.rules.policies import ANSWER_DAYS
from baodao.timesheets.rules.policies import UPLOAD_DAYS
from tests.environment import ROOT
from tests.world import World

NOON = datetime(2026, 7, 1, 12, tzinfo=clock.ZONE)


def decide(world: World, name: str, place: str, policy: Policy[Any], value: object) -> None:
    set_policy(
        world.actor(name), organisation_id=world.places[place].pk, policy=policy, value=value
    )


def test_a_value_holds_below_until_one_nearer_says_else(world: World) -> None:
    assert value_of(PLACE, world.first) == HOME
    decide(world, "sun", "city", PLACE, PARTNER)
    assert value_of(PLACE, world.first) == PARTNER
    decide(world, "deng", "bureau", PLACE, HOME)
    assert value_of(PLACE, world.first) == HOME
    assert value_of(PLACE, world.office) == PARTNER


def test_the_nearest_decides_whatever_was_set_first(world: World) -> None:
    decide(world, "sun", "willow_street", ANSWER_DAYS, 3)
    decide(world, "sun", "city", ANSWER_DAYS, 8)
    decide(world, "sun", "east", ANSWER_DAYS, 6)
    places = ["city", "east", "north", "willow", "grid", "cloud"]
    told = [value_of(ANSWER_DAYS, world.places[name]) for name in places]
    assert told == [8, 6, 6, 3, 3, 8]


def test_what_is_given_back_leaves_what_holds_above(world: World) -> None:
    decide(world, "sun", "city", ONE_TIME, 10)
    decide(world, "deng", "bureau", ONE_TIME, 20)
    line = line_of(ONE_TIME, world.bureau)
    assert (line.value, line.own, line.above) == (20, True, "10 天")
    clear_policy(world.actor("deng"), organisation_id=world.bureau.pk, policy=ONE_TIME)
    line = line_of(ONE_TIME, world.bureau)
    assert (line.value, line.own, line.above) == (10, False, "10 天")
    assert value_of(ONE_TIME, world.first) == 10


def test_only_who_edits_settings_there_may_and_only_of_its_level(world: World) -> None:
    for name, place in (("an", "willow"), ("fan", "east"), ("deng", "city"), ("ji", "bridge")):
        with pytest.raises(Absent):
            decide(world, name, place, ANSWER_DAYS, 3)
    with pytest.raises(Refused) as refused:
        decide(world, "ji", "willow", ANSWER_DAYS, 3)
    assert refused.value.code == "policy.level"
    with pytest.raises(Refused, match=r"policy\.bounds"):
        decide(world, "sun", "city", ANSWER_DAYS, 16)
    assert not Setting.objects.exists()


def test_the_journal_names_the_old_and_the_new_value(world: World) -> None:
    decide(world, "sun", "east", ANSWER_DAYS, 3)
    clear_policy(world.actor("sun"), organisation_id=world.east.pk, policy=ANSWER_DAYS)
    clear_policy(world.actor("sun"), organisation_id=world.east.pk, policy=ANSWER_DAYS)
    entries = journal.timeline(about(world.east.pk))
    told = [(entry.verb, entry.facts["before"], entry.facts["value"]) for entry in entries]
    assert told == [("setting.set", "5", "3"), ("setting.given-back", "3", "5")]
    assert {entry.facts["what"] for entry in entries} == {ANSWER_DAYS.question}


def test_a_line_says_who_decided_when_and_what_is_the_default(world: World) -> None:
    with clock.at(NOON):
        decide(world, "sun", "city", QUIET_FROM, QUIET_FROM.read("20:30"))
    line = line_of(QUIET_FROM, world.willow)
    assert (line.words, line.default, line.own, line.may_set) == ("20:30", "21:00", False, False)
    assert line.nearest is not None
    assert line.nearest.organisation == world.city
    assert (line.nearest.set_by, line.nearest.set_at) == ("孙系统", NOON)


def test_a_page_has_what_the_level_sets_and_what_holds_there(world: World) -> None:
    def keys(place: Organisation) -> set[str]:
        return {line.policy.key for lines in lines_of(place).values() for line in lines}

    assert {PLACE.key, ANSWER_DAYS.key, MOST_REMINDERS.key} <= keys(world.city)
    assert PLACE.key not in keys(world.willow)
    assert ANSWER_DAYS.key not in keys(world.bureau)
    assert MOST_REMINDERS.key in keys(world.bureau) & keys(world.willow)
    assert keys(world.first) <= keys(world.bureau)


def test_many_values_of_many_places_cost_one_query(
    world: World, django_assert_num_queries: Callable[[int], Any]
) -> None:
    decide(world, "sun", "east", ANSWER_DAYS, 3)
    decide(world, "sun", "city", UPLOAD_DAYS, 9)
    paths = [place.path for place in world.places.values()]
    with django_assert_num_queries(1):
        values = values_by_path(paths)
        told = {path: (one.of(ANSWER_DAYS), one.of(UPLOAD_DAYS)) for path, one in values.items()}
    assert told[world.willow.path] == (3, 9)
    assert told[world.cloud.path] == (5, 9)
    with django_assert_num_queries(1):
        held = values_at(world.willow.path)
        assert (held.of(ANSWER_DAYS), held.of(UPLOAD_DAYS), held.of(PLACE)) == (3, 9, HOME)


def test_rows_of_a_table_are_asked_by_the_days_that_hold_for_each(world: World) -> None:
    Organisation.objects.update(opened_at=NOON)
    decide(world, "sun", "city", UPLOAD_DAYS, 20)
    decide(world, "sun", "east", UPLOAD_DAYS, 5)

    def older(days: int) -> set[str]:
        with clock.at(NOON + timedelta(days=days)):
            rows = Organisation.objects.filter(opened_at__lt=days_ago(UPLOAD_DAYS, "path"))
            return set(rows.values_list("name", flat=True))

    assert older(5) == set()
    east = Organisation.objects.filter(path__startswith=world.east.path)
    assert older(6) == set(east.values_list("name", flat=True))
    assert older(21) == set(Organisation.objects.values_list("name", flat=True))


@pytest.mark.parametrize(
    ("policy", "value", "zh", "en"),
    [
        (ANSWER_DAYS, 1, "1 个工作日", "1 working day"),
        (ANSWER_DAYS, 5, "5 个工作日", "5 working days"),
        (QUIET_FROM, QUIET_FROM.default, "21:00", "21:00"),
        (PLACE, HOME, "居住地社区", "To the community where they live"),
        (KINDS_OF_SERVICE, KINDS_OF_SERVICE.default[:2], "政策宣传、文明倡导",
         "Explaining policies、Civil conduct"),
    ],
)  # fmt: skip
def test_a_value_is_told_in_the_language_of_its_reader(
    policy: Policy[Any], value: object, zh: str, en: str
) -> None:
    assert words_of(policy, value) == zh
    with translation.override("en"):
        assert words_of(policy, value) == en


def test_a_template_reads_words_by_the_key(world: World) -> None:
    decide(world, "sun", "east", ANSWER_DAYS, 3)
    template = Template("{{ policy.dispute.answer_days }}, {{ policy.reminder.quiet_from }}")
    told = template.render(Context({"policy": values_at(world.willow.path)}))
    assert told == "3 个工作日, 21:00"


def test_where_no_organisation_is_concerned_the_site_decides(world: World) -> None:
    assert site_path() == world.city.path
    Organisation.objects.update(closed_at=clock.now())
    assert site_path() == ""
    assert values_at("").of(ANSWER_DAYS) == 5


def test_every_policy_that_a_template_reads_is_registered() -> None:
    """A template would show nothing for a key that is not there."""
    keys = {
        key
        for template in (ROOT / "baodao").rglob("*.html")
        for key in re.findall(r"(?<![.\w])policy\.(\w+\.\w+)", template.read_text())
    }
    assert "complaint.answer_days" in keys
    assert keys - POLICIES.keys() == set()
