"""The drawn world is drawn once a module: each test works on it behind a savepoint of its own.

To draw it takes a tenth of most tests. It stands in a transaction around the module's tests that is
never committed; a test that wants an empty database, or real commits, ends it.
"""

import pickle
from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.world import World, draw


class Drawing:
    """A module's world: there while `begin` has been called after `end`."""

    def __init__(self, blocker: DjangoDbBlocker) -> None:
        self._blocker = blocker
        self._around: transaction.Atomic | None = None
        self._drawn = b""

    def begin(self) -> None:
        if self._around is not None:
            return
        with self._blocker.unblock():
            assert not transaction.get_connection().in_atomic_block, "a test asked for it too late"
            self._around = transaction.atomic()
            self._around._from_testcase = True  # type: ignore[attr-defined]
            self._around.__enter__()
            world = draw()
            self._drawn = pickle.dumps((world.places, world.people, world.accounts))

    def end(self) -> None:
        if self._around is None:
            return
        with self._blocker.unblock():
            transaction.set_rollback(True)
            self._around.__exit__(None, None, None)
        self._around = None

    def copy(self) -> World:
        """The world as it was drawn, whatever a test before did to its own."""
        return World(*pickle.loads(self._drawn))


_CURRENT: dict[str, Drawing] = {}


@pytest.fixture(scope="module")
def drawing(
    _empty_files: None, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Drawing]:
    """Begun before the first test's own transaction, because a module comes before its tests."""
    drawing = _CURRENT["module"] = Drawing(django_db_blocker)
    drawing.begin()
    yield drawing
    drawing.end()
    del _CURRENT["module"]


def prepare(item: pytest.Item) -> None:
    """Before each test: the world stands for whoever uses it, and for nobody else who asks the
    database anything."""
    drawing, names = _CURRENT.get("module"), getattr(item, "fixturenames", ())
    marker = item.get_closest_marker("django_db")
    commits = "transactional_db" in names or (marker and marker.kwargs.get("transaction"))
    if drawing is None or not (commits or marker or "db" in names):
        return
    if "world" in names and not commits:
        drawing.begin()
    else:
        drawing.end()
