"""A query built once: every run asks for its own id, and one that asks for none is refused."""

from uuid import uuid4

import pytest

from baodao.kernel.prepared import Prepared
from baodao.people.models import Person
from tests.world import World


def test_each_run_asks_for_its_own_id(world: World) -> None:
    names = Prepared(lambda pk: Person.objects.filter(pk__in=[pk]).values_list("name"))
    for name in ("chen", "hao"):
        person = world.people[name]
        assert names.rows(person.pk) == [(person.name,)]
    assert names.rows(uuid4()) == []


def test_a_query_that_ignores_the_id_is_refused(world: World) -> None:
    with pytest.raises(ValueError, match="does not ask"):
        Prepared(lambda _: Person.objects.values_list("name")).rows(uuid4())
