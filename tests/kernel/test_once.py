"""A client's id: the same form acts once, whoever sends it again and however often."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest

from baodao.kernel import clock
from baodao.kernel.authz import NOBODY, Actor
from baodao.kernel.errors import Refused
from baodao.kernel.models import ClientRequest
from baodao.kernel.once import Answer, Reused, once
from baodao.kernel.tasks import forget_old_answers
from baodao.orgs.models import Setting
from tests.concurrency import at_once
from tests.world import World

BODY = {"name": ["first grid"]}


def _acting(world: World) -> Callable[[], Answer]:
    def act() -> Answer:
        made = Setting.objects.create(
            organisation=world.willow, key=f"test.{uuid.uuid4()}", value=1
        )
        return {"to": f"/{made.pk}/"}

    return act


def test_the_same_id_again_gives_the_same_answer_without_acting(world: World) -> None:
    client_id, act = uuid.uuid4(), _acting(world)
    first, repeated = once(NOBODY, client_id, BODY, act)
    again, repeated_again = once(NOBODY, client_id, BODY, act)
    assert (first, repeated, repeated_again) == (again, False, True)
    assert Setting.objects.count() == 1


def test_another_body_under_the_same_id_is_refused(world: World) -> None:
    client_id, act = uuid.uuid4(), _acting(world)
    once(NOBODY, client_id, BODY, act)
    with pytest.raises(Reused):
        once(NOBODY, client_id, {"name": ["second grid"]}, act)


def test_somebody_else_cannot_fetch_the_answer(world: World) -> None:
    client_id, act = uuid.uuid4(), _acting(world)
    once(NOBODY, client_id, BODY, act)
    with pytest.raises(Reused):
        once(Actor(uuid.uuid4(), None, "somebody else"), client_id, BODY, act)


def test_a_refusal_leaves_nothing_so_that_the_form_may_be_sent_again(world: World) -> None:
    client_id = uuid.uuid4()

    def refuse() -> Answer:
        raise Refused("test.refused", "No.")

    with pytest.raises(Refused):
        once(NOBODY, client_id, BODY, refuse)
    _, repeated = once(NOBODY, client_id, BODY, _acting(world))
    assert repeated is False


def test_fifty_copies_at_once_act_once(committed_world: World) -> None:
    client_id, act = uuid.uuid4(), _acting(committed_world)
    answers = at_once(*[lambda: once(NOBODY, client_id, BODY, act)[0]] * 50)
    assert Setting.objects.count() == 1
    assert len({str(answer) for answer in answers}) == 1


def test_without_the_id_fifty_copies_act_fifty_times(committed_world: World) -> None:
    """The negative control: the test above can see a second act."""
    act = _acting(committed_world)
    at_once(*[lambda: once(NOBODY, uuid.uuid4(), BODY, act)[0]] * 50)
    assert Setting.objects.count() == 50


def test_answers_are_forgotten_after_a_month_and_not_before(world: World) -> None:
    old, fresh = uuid.uuid4(), uuid.uuid4()
    with clock.at(clock.now() - timedelta(days=31)):
        once(NOBODY, old, BODY, _acting(world))
    once(NOBODY, fresh, BODY, _acting(world))
    forget_old_answers(timestamp=0)
    assert set(ClientRequest.objects.values_list("id", flat=True)) == {fresh}
