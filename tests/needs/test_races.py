"""Several people at one need, each with a connection of their own: one right outcome.

Every race has the same body as a negative control with an act that does not lock; there the harm
is seen.
"""

from collections.abc import Callable, Sequence

from django.db import transaction

from baodao.kernel.authz import NOBODY, Actor, Role
from baodao.kernel.errors import Refused
from baodao.kernel.models import JournalEntry
from baodao.needs.commands.needs import close_need, merge, screen
from baodao.needs.commands.residents import answer_as_asker, renew_page
from baodao.needs.models import Need, ResidentPage
from baodao.needs.rules.life import NEED, NeedState
from tests import factories
from tests.concurrency import Meeting, at_once
from tests.needs.steps import fresh, need
from tests.world import World

Act = Callable[[], object]


def outcomes(acts: Sequence[Act]) -> list[str]:
    """ "done", or the code of the refusal, of each; anything else fails the test."""
    told = []
    for answer in at_once(*acts):
        if isinstance(answer, Exception) and not isinstance(answer, Refused):
            raise answer
        told.append(answer.code if isinstance(answer, Refused) else "done")
    return sorted(told)


def workers(world: World) -> tuple[Actor, Actor]:
    """An and a second worker of An's community."""
    world.accounts["ai"] = factories.account("艾文", Role.COMMUNITY_WORKER, world.willow)
    return world.actor("an"), world.actor("ai")


def count(row: Need, verb: str) -> int:
    """How often the journal says so."""
    return JournalEntry.objects.filter(about=row.pk, verb=verb).count()


def test_two_workers_screen_once(committed_world: World) -> None:
    row = need(committed_world)
    told = outcomes(
        [
            lambda actor=actor: screen(
                actor, need_id=row.pk, category="convenience", urgency="soon"
            )
            for actor in workers(committed_world) * 3
        ]
    )
    assert told == ["done"] + ["need.screened"] * 5
    assert count(row, "need.screened") == 1


def test_without_the_lock_both_would_screen(committed_world: World) -> None:
    row, meeting = need(committed_world), Meeting(2)

    def screen_unlocked() -> None:
        with transaction.atomic():
            held = Need.objects.get(pk=row.pk)
            meeting.wait()
            held.state = NEED.move(held.state, NeedState.SCREENED)
            held.save()

    assert outcomes([screen_unlocked, screen_unlocked]) == ["done", "done"]


def test_merging_two_into_each_other_leaves_one_main_need(committed_world: World) -> None:
    one, other = need(committed_world), need(committed_world)
    an, ai = workers(committed_world)
    told = outcomes(
        [
            lambda: merge(an, need_id=one.pk, into_id=other.pk),
            lambda: merge(ai, need_id=other.pk, into_id=one.pk),
        ]
    )
    assert told == ["done", "need.merged"]
    assert sorted([fresh(one).state, fresh(other).state]) == ["collected", "merged"]


def test_without_the_lock_both_would_vanish_into_each_other(committed_world: World) -> None:
    one, other, meeting = need(committed_world), need(committed_world), Meeting(2)

    def merge_unlocked(row: Need, into: Need) -> None:
        with transaction.atomic():
            held, main = Need.objects.get(pk=row.pk), Need.objects.get(pk=into.pk)
            meeting.wait()
            NEED.move(main.state, NeedState.MERGED)
            held.state, held.merged_into = NEED.move(held.state, NeedState.MERGED), main
            held.save()

    told = outcomes([lambda: merge_unlocked(one, other), lambda: merge_unlocked(other, one)])
    assert told == ["done", "done"]
    assert [fresh(one).state, fresh(other).state] == ["merged", "merged"]


def test_merging_and_closing_at_once_end_in_one_of_the_two(committed_world: World) -> None:
    row, into = need(committed_world), need(committed_world)
    an, ai = workers(committed_world)
    told = outcomes(
        [
            lambda: merge(an, need_id=row.pk, into_id=into.pk),
            lambda: close_need(ai, need_id=row.pk, met=True),
        ]
    )
    assert told == sorted(["done", f"need.{fresh(row).state}"])


def test_ten_taps_answer_once(committed_world: World) -> None:
    row = need(committed_world, "met")
    told = outcomes([lambda: answer_as_asker(NOBODY, code=row.code, satisfied="yes")] * 10)
    assert told == ["done"] + ["need.answered"] * 9
    assert count(row, "need.answered") == 1


def test_two_workers_open_one_residents_page(committed_world: World) -> None:
    place = committed_world.willow
    told = outcomes(
        [
            lambda actor=actor: renew_page(actor, community_id=place.pk)
            for actor in workers(committed_world)
        ]
    )
    assert told == ["done", "done"]
    assert ResidentPage.objects.filter(community=place).count() == 1
