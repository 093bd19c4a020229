"""Numbers without gaps, whoever asks at once; the negative control shows that the lock matters."""

from functools import partial
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from baodao.documents.commands import Paper, keep_papers, next_numbers
from baodao.documents.models import Series
from tests.concurrency import Meeting, at_once
from tests.world import World

FORM, YEAR = "introduction-letter", 2026


def numbers(world: World, count: int = 1, **key: object) -> list[int]:
    with transaction.atomic():
        given = {"organisation_id": world.bureau.pk, "form": FORM, "year": YEAR} | key
        return list(next_numbers(count=count, **given))  # type: ignore[arg-type]


def test_numbers_begin_at_one_and_go_on(world: World) -> None:
    assert numbers(world, 3) == [1, 2, 3]
    assert numbers(world, 2) == [4, 5]


def test_each_organisation_form_and_year_has_its_own_series(world: World) -> None:
    numbers(world, 3)
    assert numbers(world, organisation_id=world.commission.pk) == [1]
    assert numbers(world, form="receipt") == [1]
    assert numbers(world, year=2027) == [1]
    assert numbers(world) == [4]


def test_what_is_undone_gives_its_numbers_back(world: World) -> None:
    numbers(world)
    with transaction.atomic():
        numbers(world, 10)
        transaction.set_rollback(True)
    assert numbers(world) == [2]


@pytest.mark.django_db(transaction=True)
def test_numbers_outside_a_transaction_are_a_mistake_in_the_program() -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        next_numbers(organisation_id=1, form=FORM, year=YEAR, count=1)


def test_the_register_takes_a_number_once(world: World) -> None:
    paper = Paper(FORM, world.bureau.pk, world.bureau.name, YEAR, 1, uuid4())
    keep_papers([paper])
    again = Paper(FORM, world.bureau.pk, world.bureau.name, YEAR, 1, uuid4())
    with pytest.raises(IntegrityError), transaction.atomic():
        keep_papers([again])


def test_twelve_at_once_leave_no_gap_and_no_double(committed_world: World) -> None:
    asked = [partial(numbers, committed_world, 1 + index % 3) for index in range(12)]
    given = at_once(*asked)
    assert not [answer for answer in given if isinstance(answer, Exception)]
    flat = sorted(number for answer in given for number in answer)  # type: ignore[union-attr]
    assert flat == list(range(1, 25))


def test_without_the_lock_two_at_once_get_the_same_number(committed_world: World) -> None:
    """The negative control: the same steps without `select_for_update` fail as expected."""
    key = {"organisation_id": committed_world.bureau.pk, "form": FORM, "year": YEAR}
    Series.objects.create(**key)
    meeting = Meeting(2)

    def unlocked() -> int:
        with transaction.atomic():
            series = Series.objects.get(**key)
            meeting.wait()
            series.last += 1
            series.save(update_fields=["last"])
            return series.last

    assert at_once(unlocked, unlocked) == [1, 1]
