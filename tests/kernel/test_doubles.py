"""A row like another is told from every other refusal of the database."""

import pytest
from django.db import IntegrityError, transaction

from baodao.kernel.locks import is_double
from baodao.people.models import Person
from tests.world import World


def refusal_of(person: Person) -> IntegrityError:
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        person.save(force_insert=True)
    return refusal.value


def test_only_a_row_like_another_is_a_double(world: World) -> None:
    chen = world.people["chen"]
    like_chen = Person(number=chen.number, name="新人", born_on=chen.born_on)
    assert is_double(refusal_of(like_chen))
    without_birthday = Person(number="V99999999", name="新人")
    assert not is_double(refusal_of(without_birthday))
