"""What a community does with needs: who may, what becomes of them, what is refused."""

import pytest

from baodao.kernel.errors import Absent, Refused
from baodao.kernel.models import JournalEntry
from baodao.needs.commands.needs import close_need, edit, merge, reopen, screen
from baodao.needs.models import Need
from baodao.offers.models import Offer
from tests.needs.steps import fresh, need
from tests.world import World


def verbs(row: Need | Offer) -> list[str]:
    """What the journal tells of a need, or of an offer."""
    told = JournalEntry.objects.filter(about=row.pk).order_by("at", "id")
    return list(told.values_list("verb", flat=True))


def test_what_a_need_is_about_is_put_right_while_it_is_looked_after(world: World) -> None:
    row = need(world, "screened", category="convenience", place="2号楼")
    asked = {"need_id": row.pk, "category": "environment", "urgency": "urgent", "place": "3号楼"}
    for stranger in ("bao", "fan", "deng", "chen", "su"):
        with pytest.raises(Absent):
            edit(world.actor(stranger), **asked)
    for _ in range(2):
        edit(world.actor("an"), **asked)
    held = fresh(row)
    assert (held.state, held.category, held.urgency) == ("screened", "environment", "urgent")
    told = JournalEntry.objects.get(about=row.pk)
    was = {"category": "convenience", "urgency": "normal", "place": "2号楼"}
    assert (told.verb, told.facts) == ("need.corrected", was)
    for state in ("collected", "met", "unmet"):
        with pytest.raises(Refused) as refused:
            edit(world.actor("an"), **asked | {"need_id": need(world, state).pk})
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


@pytest.mark.parametrize("state", ["open", "met", "unmet"])
def test_what_is_helped_or_closed_is_not_screened_anew(world: World, state: str) -> None:
    row = need(world, state)
    with pytest.raises(Refused, match=f"need.{state}"):
        screen(
            world.actor("an"), need_id=row.pk, category="environment", urgency="urgent", place=""
        )
    assert fresh(row).state == state


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
