"""In which branch somebody was on a day: pure rules, and read from memberships."""

from datetime import UTC, date, datetime

import pytest

from baodao.kernel import clock
from baodao.people.models import Membership
from baodao.people.queries.periods import branches_on
from baodao.people.rules.periods import Stay, able_from, branch_on
from tests import factories
from tests.world import World

FIRST, SECOND, THIRD = 1, 2, 3
MOVED = date(2026, 6, 10)


def stay(branch: int, begins: date, ends: date | None = None, recorded: int = 1) -> Stay:
    return Stay(branch, begins, ends, datetime(2026, 1, recorded, tzinfo=UTC))


LIFE = [
    stay(FIRST, date(2024, 1, 1), date(2025, 3, 31)),
    stay(SECOND, date(2025, 9, 1), MOVED, 2),
    stay(THIRD, MOVED, None, 3),
]


@pytest.mark.parametrize(
    ("day", "branch"),
    [
        (date(2024, 1, 1), FIRST),
        (date(2025, 3, 31), FIRST),
        (date(2025, 6, 1), FIRST),  # in none: the nearest before
        (date(2026, 5, 4), SECOND),
        (MOVED, THIRD),  # both hold the day: the one recorded last
        (date(2026, 12, 31), THIRD),
        (date(2023, 1, 1), FIRST),  # before anything is known: where they were met first
    ],
)
def test_the_branch_of_a_day(day: date, branch: int) -> None:
    assert branch_on(LIFE, day) == branch
    assert branch_on(reversed(LIFE), day) == branch


def test_a_first_membership_put_right_on_its_day_counts_as_it_was_put_right() -> None:
    wrong, right = stay(FIRST, MOVED, MOVED, 4), stay(SECOND, MOVED, None, 5)
    assert branch_on([wrong, right], date(2026, 1, 1)) == SECOND


def test_a_member_can_have_served_once_of_age_and_in_the_party() -> None:
    assert able_from(date(1990, 3, 4), None) == date(2008, 3, 4)
    assert able_from(date(1992, 2, 29), None) == date(2010, 2, 28)
    assert able_from(date(1990, 3, 4), date(2015, 7, 1)) == date(2015, 7, 1)
    assert able_from(date(1990, 3, 4), date(2001, 7, 1)) == date(2008, 3, 4)


def test_branches_are_read_for_many_and_past_members_too(world: World) -> None:
    chen, hao, never = world.people["chen"], world.people["hao"], factories.person("无名")
    Membership.objects.filter(person=hao).update(to_on=MOVED, closed_at=clock.now())
    people = [chen.pk, hao.pk, never.pk]
    assert branches_on(people, date(2026, 11, 1)) == {
        chen.pk: world.first.pk,
        hao.pk: world.office.pk,
    }
