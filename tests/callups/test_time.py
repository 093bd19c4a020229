"""What holds when it is sent decides who is called; what was stays as it was."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from baodao.accounts.commands.accounts import set_active
from baodao.callups import tasks
from baodao.callups.commands.callups import send_call, stand_down
from baodao.callups.commands.posts import seat_members
from baodao.callups.models import CallUp, Summons
from baodao.callups.queries.callups import numbers_of, one_call
from baodao.callups.rules.notices import STAND_DOWN
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.errors import Absent
from baodao.notices.models import Notice
from baodao.orgs.rules.handovers import Aim, Reform
from baodao.people.commands.departures import retire
from baodao.registration.commands.departures import transfer
from baodao.registration.models import Registration
from tests.callups import steps
from tests.offers import steps as offered
from tests.orgs.test_reorganisations import done, undone
from tests.world import World


def moved(world: World, member: Actor) -> None:
    """Their unit registers them next door; the old registration is over."""
    row = Registration.objects.get(person=member.person_id, state="accepted")
    transfer(
        world.actor("deng"), registration_id=row.pk, community_id=world.north.pk, reason="搬家"
    )


def retired(world: World, member: Actor) -> None:
    retire(world.actor("deng"), person_id=member.person_id, on=clock.today())  # type: ignore[arg-type]


@pytest.mark.parametrize("change", [moved, retired])
def test_who_left_before_it_is_sent_is_not_called(
    world: World, change: Callable[[World, Actor], None]
) -> None:
    going, staying = offered.registered(world, 2)
    call = steps.draft(world)
    send_call(world.actor("an"), call_id=call.pk)
    change(world, going)
    tasks.summon(str(call.pk))
    assert [row.person_id for row in Summons.objects.all()] == [staying.person_id]


def test_whose_account_was_stopped_before_it_is_sent_is_telephoned(world: World) -> None:
    [member] = offered.registered(world, 1)
    call = steps.draft(world)
    send_call(world.actor("an"), call_id=call.pk)
    assert member.account_id is not None
    set_active(world.actor("shen"), account_id=member.account_id, active=False, reason="手机丢失")
    tasks.summon(str(call.pk))
    assert not Summons.objects.get().reached
    assert not Notice.objects.filter(kind="callup").exists()


def test_who_moved_away_after_the_call_is_placed_no_more(world: World) -> None:
    going, staying = offered.registered(world, 2)
    call = steps.sent(world)
    steps.able(call, going, staying)
    post = steps.post(world, call)
    moved(world, going)
    an, rows = world.actor("an"), {row.person_id: row.pk for row in Summons.objects.all()}
    with pytest.raises(Absent):
        seat_members(an, post_id=post.pk, summons_ids=[rows[going.person_id]])
    assert seat_members(an, post_id=post.pk, summons_ids=[rows[staying.person_id]]).done
    assert numbers_of(an, call).able == 2


@pytest.mark.parametrize("reform", [Reform.MERGED, Reform.SPLIT])
def test_who_takes_a_community_over_leads_its_call_up_on(world: World, reform: Reform) -> None:
    [member] = offered.registered(world, 1)
    call = steps.draft(world, target_ids=[world.grid.pk] if reform is Reform.SPLIT else [])
    before = steps.sent(world)
    shares = {world.grid.pk: world.north.pk} if reform is Reform.SPLIT else {}
    act = done(world, world.willow, Aim(reform, successor_id=world.bridge.pk, shares=shares))
    bao = world.actor("bao")
    assert one_call(bao, call.pk).caller == world.bridge
    steps.able(before, member)
    assert numbers_of(bao, one_call(bao, before.pk)).able == 1
    stand_down(bao, call_id=before.pk, reason="险情解除")
    with pytest.raises(Absent):
        one_call(world.actor("an"), call.pk)
    assert act.pk


def test_a_call_up_that_nobody_leads_on_is_over_and_who_was_called_is_told_once(
    world: World,
) -> None:
    [member] = offered.registered(world, 1)
    call, past = steps.sent(world), steps.sent(world)
    stand_down(world.actor("an"), call_id=past.pk, reason="演练结束")
    moved(world, member)
    act = done(world, world.willow, Aim(Reform.DISSOLVED))
    told = Notice.objects.filter(kind=STAND_DOWN.name, person=member.person_id, about=call.pk)
    for _ in range(2):
        tasks.tell_over(str(call.pk))
        assert told.count() == 1
    call.refresh_from_db()
    past.refresh_from_db()
    assert (call.stage, past.ended_reason) == ("over", "演练结束")
    undone(world, act)
    stand_down(world.actor("an"), call_id=call.pk, reason="险情解除")
    tasks.tell_over(str(call.pk))
    assert told.count() == 2


def test_undone_it_is_the_communitys_own_again(world: World) -> None:
    offered.registered(world, 1)
    call = steps.sent(world)
    act = done(world, world.willow, Aim(Reform.MERGED, successor_id=world.bridge.pk))
    undone(world, act)
    assert one_call(world.actor("an"), call.pk).caller == world.willow


class Killed:
    """The connection breaks before the statement after so many; savepoints, which stand for the
    transaction here, are none of them."""

    def __init__(self, statements: int) -> None:
        self.left = statements

    def __call__(self, execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
        self.left -= not sql.startswith(("SAVEPOINT", "RELEASE"))
        if self.left < 0:
            self.left = 1_000
            raise ConnectionResetError
        return execute(sql, params, many, context)


def _written() -> tuple[int, int]:
    """How many summonses there are, and how many notices of them."""
    return Summons.objects.count(), Notice.objects.filter(kind="callup").count()


def _row_by_row(call: CallUp) -> None:
    """What sending would be without one transaction: a notice after the other."""
    for person_id in Registration.objects.filter(state="accepted").values_list("person", flat=True):
        with transaction.atomic():
            Notice.objects.create(kind="callup", person_id=person_id, about=call.pk)


def test_a_killed_worker_neither_loses_nor_doubles_a_summons(world: World) -> None:
    offered.registered(world, 5)
    call = steps.draft(world)
    send_call(world.actor("an"), call_id=call.pk)
    broken = 0
    for last in range(1, 30):
        with connection.execute_wrapper(Killed(last)):
            try:
                tasks.summon(str(call.pk))
            except ConnectionResetError:
                broken += 1
            else:
                break
        assert _written() == (0, 0)
    assert broken > 3
    tasks.summon(str(call.pk))
    assert _written() == (5, 5)


def test_row_by_row_a_killed_worker_would_double_notices(world: World) -> None:
    offered.registered(world, 5)
    call = steps.draft(world)
    with pytest.raises(ConnectionResetError), connection.execute_wrapper(Killed(4)):
        _row_by_row(call)
    _row_by_row(call)
    assert _written()[1] > 5
