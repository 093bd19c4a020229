"""What a community and its offers do with needs: who may, what becomes of them, what is refused."""

import pytest

from baodao.kernel.errors import Absent, Refused
from baodao.kernel.models import JournalEntry
from baodao.offers.commands.needs import (
    close_need,
    correct,
    meet_needs,
    merge,
    open_needs,
    release_needs,
    reopen,
    screen,
)
from baodao.offers.models import Need
from tests.offers.need_steps import fresh, need, offer
from tests.world import World


def verbs(row: Need) -> list[str]:
    """What the journal tells of a need."""
    told = JournalEntry.objects.filter(about=row.pk).order_by("at", "id")
    return list(told.values_list("verb", flat=True))


def test_a_published_offer_opens_the_needs_that_waited_for_it(world: World) -> None:
    held = offer(world)
    waiting, raw = need(world, "screened", offer=held), need(world, offer=held)
    closed, other = need(world, "unmet", offer=held), need(world, "screened")
    open_needs(world.actor("an"), offer=held)
    states = [fresh(row).state for row in (waiting, raw, closed, other)]
    assert states == ["open", "open", "unmet", "screened"]
    assert fresh(raw).screened_at is not None
    assert verbs(waiting) == ["need.opened"]


def test_a_cancelled_offer_gives_its_needs_back(world: World) -> None:
    held = offer(world, "cancelled")
    opened, met = need(world, "open", offer=held), need(world, "met", offer=held)
    drafted = need(world, "screened", offer=held)
    release_needs(world.actor("an"), offer=held)
    assert (fresh(opened).state, fresh(opened).offer) == ("screened", None)
    assert (fresh(drafted).state, fresh(drafted).offer) == ("screened", None)
    assert (fresh(met).state, fresh(met).offer) == ("met", held)
    assert (verbs(opened), verbs(drafted)) == (["need.released"], [])


def test_after_the_roll_the_others_stay_open_while_the_offer_is_published(world: World) -> None:
    held = offer(world)
    met, left = need(world, "open", offer=held), need(world, "open", offer=held)
    meet_needs(world.actor("an"), offer=held, met_ids=[met.pk])
    assert [fresh(row).state for row in (met, left)] == ["met", "open"]
    assert fresh(met).closed_at is not None
    held.state = "closed"
    meet_needs(world.actor("an"), offer=held, met_ids=[])
    assert (fresh(left).state, fresh(left).offer) == ("screened", None)


def test_a_need_of_another_offer_is_not_met_by_this_one(world: World) -> None:
    held, strange = offer(world), need(world, "open", offer=offer(world))
    with pytest.raises(Absent):
        meet_needs(world.actor("an"), offer=held, met_ids=[strange.pk])
    assert fresh(strange).state == "open"


def test_what_a_need_is_about_is_put_right_while_it_is_looked_after(world: World) -> None:
    row = need(world, "screened", category="convenience", place="2号楼")
    asked = {"need_id": row.pk, "category": "environment", "urgency": "urgent", "place": "3号楼"}
    for stranger in ("bao", "fan", "deng", "chen", "su"):
        with pytest.raises(Absent):
            correct(world.actor(stranger), **asked)
    for _ in range(2):
        correct(world.actor("an"), **asked)
    held = fresh(row)
    assert (held.state, held.category, held.urgency) == ("screened", "environment", "urgent")
    told = JournalEntry.objects.get(about=row.pk)
    was = {"category": "convenience", "urgency": "normal", "place": "2号楼"}
    assert (told.verb, told.facts) == ("need.corrected", was)
    for state in ("collected", "met", "unmet"):
        with pytest.raises(Refused) as refused:
            correct(world.actor("an"), **asked | {"need_id": need(world, state).pk})
        assert refused.value.code == f"need.{state}"


def test_screening_puts_right_what_was_asked_once(world: World) -> None:
    row = need(world)
    asked = {"need_id": row.pk, "category": "environment", "urgency": "urgent", "place": "3号楼"}
    for stranger in ("bao", "fan", "deng", "chen", "su"):
        with pytest.raises(Absent):
            screen(world.actor(stranger), **asked)
    screen(world.actor("an"), **asked)
    held = fresh(row)
    assert (held.state, held.category, held.urgency) == ("screened", "environment", "urgent")
    with pytest.raises(Refused) as again:
        screen(world.actor("an"), **asked)
    assert again.value.code == "need.screened"
    with pytest.raises(Refused) as unknown:
        screen(world.actor("an"), **asked | {"need_id": need(world).pk, "category": "gold"})
    assert unknown.value.code == "need.choice"


def test_closing_without_help_owes_a_reason(world: World) -> None:
    row = need(world, "screened")
    with pytest.raises(Refused) as silent:
        close_need(world.actor("an"), need_id=row.pk, met=False, reason=" ")
    assert silent.value.code == "need.reason"
    close_need(world.actor("an"), need_id=row.pk, met=False, reason="产权单位不同意")
    assert (fresh(row).state, fresh(row).reason) == ("unmet", "产权单位不同意")
    with pytest.raises(Refused) as closed:
        close_need(world.actor("an"), need_id=row.pk, met=True)
    assert closed.value.code == "need.unmet"
    with pytest.raises(Absent):
        reopen(world.actor("bao"), need_id=row.pk)
    reopen(world.actor("an"), need_id=row.pk)
    assert (fresh(row).state, fresh(row).reason, fresh(row).closed_at) == ("screened", "", None)
    with pytest.raises(Refused):
        reopen(world.actor("an"), need_id=row.pk)
    assert verbs(row) == ["need.unmet", "need.reopened"]


def test_a_merged_need_follows_the_other_with_all_that_followed_it(world: World) -> None:
    first, second, third = need(world), need(world, "screened"), need(world, "open")
    merge(world.actor("an"), need_id=first.pk, into_id=second.pk)
    merge(world.actor("an"), need_id=second.pk, into_id=third.pk)
    assert [fresh(row).state for row in (first, second, third)] == ["merged", "merged", "open"]
    assert fresh(first).merged_into == fresh(second).merged_into == third
    assert (verbs(second), verbs(third)) == (
        ["need.absorbed", "need.merged"],
        ["need.absorbed"],
    )


def test_a_draft_goes_along_with_the_merged_need(world: World) -> None:
    draft = offer(world, "draft")
    row, into = need(world, "screened", offer=draft), need(world)
    merge(world.actor("an"), need_id=row.pk, into_id=into.pk)
    assert (fresh(row).offer, fresh(into).offer) == (None, draft)


@pytest.mark.parametrize(
    ("state", "into_state", "code"),
    [
        ("collected", "met", "need.met"),
        ("collected", "unmet", "need.unmet"),
        ("open", "screened", "need.open"),
        ("met", "screened", "need.met"),
    ],
)
def test_what_is_closed_or_helped_already_is_not_merged(
    world: World, state: str, into_state: str, code: str
) -> None:
    row, into = need(world, state), need(world, into_state)
    with pytest.raises(Refused) as refused:
        merge(world.actor("an"), need_id=row.pk, into_id=into.pk)
    assert refused.value.code == code


def test_a_need_is_merged_neither_with_itself_nor_with_one_next_door(world: World) -> None:
    row, next_door = need(world), need(world, community=world.bridge)
    with pytest.raises(Refused):
        merge(world.actor("an"), need_id=row.pk, into_id=row.pk)
    with pytest.raises(Absent):
        merge(world.actor("an"), need_id=row.pk, into_id=next_door.pk)
    assert fresh(row).state == "collected"
