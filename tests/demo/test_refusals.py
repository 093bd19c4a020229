"""Where no demo may be."""

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client

from baodao.demo.commands import build
from baodao.demo.models import DemoWorld
from baodao.kernel.errors import Refused
from tests.world import World


def test_a_database_with_places_in_it_never_becomes_a_demo(world: World) -> None:
    with pytest.raises(Refused, match=r"demo\.not-empty"):
        build()
    assert not DemoWorld.objects.exists()


def test_an_unknown_size_is_refused(db: None) -> None:
    with pytest.raises(Refused, match=r"demo\.size"):
        build(size="huge")


def test_outside_a_demo_its_pages_are_not_there(world: World, client: Client) -> None:
    assert client.get("/demo/").status_code == 404
    assert client.post("/demo/enter/", {"seat": "anjing"}).status_code == 404
    assert "_auth_user_id" not in client.session


def test_the_application_cannot_mark_a_database_in_which_something_was_done(world: World) -> None:
    statement = "INSERT INTO demo_demoworld VALUES (1, 1, 'small', now())"
    with (
        pytest.raises(ProgrammingError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    with connection.cursor() as cursor:
        cursor.execute("SELECT demo_mark(1, 'small', now())")
        assert cursor.fetchone() == (False,)
    assert not DemoWorld.objects.exists()


def test_the_mark_of_a_demo_cannot_be_changed_or_taken_away(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT demo_mark(1, 'small', now())")
    assert DemoWorld.objects.exists()
    for statement in ("UPDATE demo_demoworld SET seed = 2", "DELETE FROM demo_demoworld"):
        with (
            pytest.raises(ProgrammingError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
